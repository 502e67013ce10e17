/**
 * A document: one file's text with what is known about it. Readers for each format fill this in; everything after
 * them (chunker, builder) sees only this. All offsets are half-open and in UTF-16 units of the whole decoded text.
 */

import type { Mark } from './marks.ts'

/** A half-open range `[start, end)` of UTF-16 units. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A value of a document's metadata. Dates stay ISO strings; nested structures stay as they were written. */
export type MetadataValue =
  | string
  | number
  | boolean
  | null
  | MetadataValue[]
  | { [key: string]: MetadataValue }

/** Metadata by lower-cased key. */
export type Metadata = Record<string, MetadataValue>

/** A heading of the body. */
export interface Heading extends Span {
  /** 1 for the outermost level. */
  readonly level: number
  /** The heading's words without its markup, on one line. */
  readonly text: string
}

/** One decoded file. `start`/`end` of a heading cover its lines whole, underline and overline included. */
export interface Document {
  /**
   * The whole decoded text of the file, as it stands (a byte-order mark taken off, line ends kept); of a file that is no
   * plain text, the text taken out of it.
   */
  readonly text: string
  /** Name of the format: `markdown`, `restructuredtext`, `plain` ... */
  readonly format: string
  /** From front matter, else the first heading, else the first line of text; '' where there is none of these. */
  readonly title: string
  /** Where the title stands in the body; absent where it comes from metadata and stands nowhere in the body. */
  readonly titleSpan?: Span
  readonly metadata: Metadata
  /** Where the body begins: after front matter or a Fact Box. */
  readonly bodyStart: number
  /** In the order of the text, within the body. */
  readonly headings: readonly Heading[]
  /** Ranges whose blank lines do not part paragraphs (fenced code), in order, whole lines. */
  readonly fences: readonly Span[]
  /**
   * Where each is a passage by itself, however short: the records of a table, in order, together all of the body but
   * headings and white space. None where the body is paragraphs.
   */
  readonly records?: readonly Span[]
  /** Pages, slides, times: by line, ascending. None in a text that is its own lines. */
  readonly marks: readonly Mark[]
}
