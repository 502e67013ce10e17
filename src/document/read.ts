/**
 * Text to document, where the text stands as it is: picks the reader by the file's name, takes metadata off the head,
 * finds the outline and the title. In come a path and the decoded text, out comes a {@link Document}. Any text is a
 * document: nothing is refused.
 */
import type { Document, Metadata } from './document.ts'
import { extractedDocument } from './extracted.ts'
import { readFactBox } from './fact-box.ts'
import { isExtracted, readerNamed, readerOf } from './formats.ts'
import { readFrontMatter } from './front-matter.ts'
import type { Mark } from './marks.ts'
import type { DocumentReader } from './reader.ts'
import { findTitle } from './title.ts'

/** The format's name of a path: `markdown`, `restructuredtext` or `plain`. */
export function documentFormat(path: string): string {
  return readerOf(path).format
}

/**
 * Reads a document. `path` decides the format by its ending; `text` is the decoded file without byte-order mark, kept
 * as it stands. Takes linear time on any text and throws nothing.
 */
export function readDocument(path: string, text: string): Document {
  return readWith(readerOf(path), text)
}

/** The document an index has, from what it has of it. */
export function indexedDocument(
  { format, title, metadata }: Pick<Document, 'format' | 'title' | 'metadata'>,
  marks: readonly Mark[],
  text: string,
): Document {
  if (isExtracted(format)) return extractedDocument(format, { text, title, metadata, marks })
  return readWith(readerNamed(format), text)
}

function readWith(reader: DocumentReader, text: string): Document {
  const { metadata, bodyStart } = readPreamble(text)
  const { headings, fences } = reader.outline(text, bodyStart)
  const title = findTitle(reader, text, bodyStart, metadata, headings)
  return { text, format: reader.format, ...title, metadata, bodyStart, headings, fences, marks: [] }
}

function readPreamble(text: string): { metadata: Metadata; bodyStart: number } {
  const front = readFrontMatter(text)
  const box = readFactBox(text, front?.end ?? 0)
  return { metadata: { ...front?.metadata, ...box?.metadata }, bodyStart: box?.end ?? front?.end ?? 0 }
}
