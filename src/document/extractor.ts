/**
 * What a format is whose files are not their own text: a name, the endings of its files, and a function that takes the
 * text out. A new format is one file that exports an extractor, and one line in `formats.ts`; one that needs a parser of
 * others is listed there by its endings only, and loaded by `extraction-worker.ts`.
 *
 * An extractor runs nothing it finds, fetches nothing, and throws {@link Refusal} for a file it can make nothing of.
 */
import type { Extracted } from './extracted.ts'

interface Format {
  /** Stored with each document. */
  readonly format: string
  /** File name endings, lower-case, with the point. */
  readonly extensions: readonly string[]
}

/** A format that is written as text. Undefined says that a text is not of this format: it is then read as plain text. */
export interface TextExtractor extends Format {
  readonly takes: 'text'
  extract(text: string): Extracted | undefined
}

/** A format that is no text. Undefined says that bytes are not of this format: they are then read as text, if they are. */
export interface BytesExtractor extends Format {
  readonly takes: 'bytes'
  extract(bytes: Uint8Array): Extracted | undefined | Promise<Extracted | undefined>
}

/** A format of a caller's own, or of ours. */
export type Extractor = TextExtractor | BytesExtractor

/** A format whose extractor is loaded only where its files are taken apart: in a thread of its own, with limits. */
export interface ApartFormat extends Format {
  readonly takes: 'text' | 'bytes'
  readonly apart: true
}

export { Refusal } from '../crawl/refusal.ts'

export type AnyFormat = Extractor | ApartFormat
