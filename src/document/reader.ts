/**
 * What a format must tell about a body for it to become a document. A new format is one file that exports a
 * {@link DocumentReader}, and one line in `formats.ts`. Title, and metadata where a format has none of its own, are found
 * the same way for all formats.
 */
import type { Heading, Metadata, Span } from './document.ts'

/** UTF-16 units of a heading's line at most. What is longer is text: nobody writes it, and trails are stored often. */
export const HEADING_LIMIT = 500

/** The structure of a body. */
export interface Outline {
  /** In order; spans cover their lines whole, the last line break left out. */
  readonly headings: readonly Heading[]
  /** Code whose blank lines do not part paragraphs, in order; whole lines, the last line break left out. */
  readonly fences: readonly Span[]
  /** Where the body is records and not paragraphs: each a passage by itself. */
  readonly records?: readonly Span[]
}

/** Metadata at the head of a text, and where the body starts, in UTF-16 units. */
export interface Head {
  readonly metadata: Metadata
  readonly bodyStart: number
}

/** One format. */
export interface DocumentReader {
  /** Stored with each document. */
  readonly format: string
  /** File name endings it reads, lower-case, with the point. */
  readonly extensions: readonly string[]
  /** Whether a text is of this format; left out, the name of the file is enough. What is not is plain. */
  accepts?(text: string): boolean
  /**
   * The text with what the format writes by escapes read: `\u00e9` as é. Line for line as it was, so that lines are those
   * of the file. The index has this text; it is never read twice.
   */
  decoded?(text: string): string
  /** Metadata of the head, where that is not front matter and Fact Box. */
  head?(text: string): Head
  /** False where only metadata can name a title: the first line of a program or a table is none. */
  readonly isTitled?: false
  /** Whether its words are names of a program, which are found by their parts too. */
  readonly hasIdentifiers?: true
  /** Finds headings and fences from `bodyStart` on, in linear time. */
  outline(text: string, bodyStart: number): Outline
  /** A short piece of text without inline markup, on one line. */
  plainText(markup: string): string
  /** Whether a line that is not blank is no text but markup: a comment, a directive. Such a line is no title. */
  isMarkup(line: string): boolean
}

/** On one line: white space of any kind and length becomes one space, and none is left at the ends. */
export function onOneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}
