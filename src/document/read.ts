/**
 * Text to document: picks the reader by the file's name, takes metadata off the head, finds the outline and the title.
 * In come a path and the decoded text, out comes a {@link Document}. Any text is a document: nothing is refused.
 */
import type { Document, Metadata } from './document.ts'
import { readFactBox } from './fact-box.ts'
import { readFrontMatter } from './front-matter.ts'
import { markdown } from './markdown.ts'
import { plain } from './plain.ts'
import type { DocumentReader } from './reader.ts'
import { restructuredText } from './restructuredtext.ts'
import { findTitle } from './title.ts'

/** A format more is a line more here; what none of them claims is plain. */
const READERS: readonly DocumentReader[] = [markdown, restructuredText]

/** The format's name of a path: `markdown`, `restructuredtext` or `plain`. */
export function documentFormat(path: string): string {
  return readerOf(path).format
}

/**
 * Reads a document. `path` decides the format by its ending; `text` is the decoded file without byte-order mark, kept
 * as it stands. Takes linear time on any text and throws nothing.
 */
export function readDocument(path: string, text: string): Document {
  const reader = readerOf(path)
  const { metadata, bodyStart } = readPreamble(text)
  const { headings, fences } = reader.outline(text, bodyStart)
  const title = findTitle(reader, text, bodyStart, metadata, headings)
  return { text, format: reader.format, ...title, metadata, bodyStart, headings, fences }
}

/** Published sources carry a second ending: `page.rst.txt` is what `page.rst` was. */
function readerOf(path: string): DocumentReader {
  const name = path.toLowerCase().replace(/(?<=\.[a-z]{2,8})\.txt$/u, '')
  return READERS.find(reader => reader.extensions.some(ending => name.endsWith(ending))) ?? plain
}

function readPreamble(text: string): { metadata: Metadata; bodyStart: number } {
  const front = readFrontMatter(text)
  const box = readFactBox(text, front?.end ?? 0)
  return { metadata: { ...front?.metadata, ...box?.metadata }, bodyStart: box?.end ?? front?.end ?? 0 }
}
