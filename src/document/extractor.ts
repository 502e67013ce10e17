/**
 * What a format is whose files are not their own text: a name, the endings of its files, and a function that takes the
 * text out. A new format is one file that exports an {@link Extractor}, and one line in `formats.ts`.
 *
 * An extractor runs nothing it finds, fetches nothing, and throws {@link Refusal} for a file it can make nothing of.
 */
import type { LeftOutReason } from '../crawl/file.ts'
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

export type Extractor = TextExtractor

/** Why a file cannot be read: thrown by an extractor, shown in the report. */
export class Refusal extends Error {
  readonly reason: LeftOutReason

  /** `detail` is one line for a person: what is wrong, and what may help. */
  constructor(reason: LeftOutReason, detail: string) {
    super(detail)
    this.reason = reason
  }
}
