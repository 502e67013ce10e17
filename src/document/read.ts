/**
 * Text to document, where the text stands as it is: picks the reader by the file's name, takes metadata off the head,
 * finds the outline and the title. In come a path and the decoded text, out comes a {@link Document}. Any text is a
 * document: nothing is refused.
 */
import type { Document } from './document.ts'
import { extractedDocument } from './extracted.ts'
import { isExtracted, readerNamed, readerOf } from './formats.ts'
import { readHead } from './head.ts'
import type { Mark } from './marks.ts'
import { plain } from './plain.ts'
import type { DocumentReader } from './reader.ts'
import { findTitle } from './title.ts'

/**
 * Reads a document. `path` decides the format by its ending; `text` is the decoded file without byte-order mark, kept
 * as it stands. Takes linear time on any text and throws nothing.
 */
export function readDocument(path: string, text: string): Document {
  const reader = readerOf(path)
  if (!(reader.accepts?.(text) ?? true)) return readWith(plain, text)
  return readWith(reader, reader.decoded?.(text) ?? text)
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
  const { metadata, bodyStart } = reader.head?.(text) ?? readHead(text)
  const outline = reader.outline(text, bodyStart)
  const title = findTitle(reader, text, bodyStart, metadata, outline.headings)
  return { text, format: reader.format, ...title, metadata, bodyStart, ...outline, marks: [] }
}
