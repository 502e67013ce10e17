/** What a caller may say of a search. */
import { GleanError } from '../errors.ts'
import type { PoolOrder } from './match.ts'
import type { RankPart } from './rank.ts'

/** Options of a search. */
export interface SearchOptions {
  /** Hits at the most; 10 where left out. */
  readonly limit?: number | undefined
  /** Hits to pass over first; 0 where left out. */
  readonly offset?: number | undefined
  /** Every word must be there; any where left out. */
  readonly all?: boolean | undefined
  /** Words match only as they are written, but for case. */
  readonly exact?: boolean | undefined
  /** Words also match others that differ from them by a letter or two. */
  readonly fuzzy?: boolean | undefined
  /** The language whose word forms count, an ISO 639-1 code; those of the index where left out. */
  readonly language?: string | undefined
  /** Globs over paths; only documents that match one of them. */
  readonly paths?: readonly string[] | undefined
  /** An expression over metadata, as in `level < 14 and author = "Cai Meng"`. */
  readonly where?: string | undefined
  /** Best first, or in the order of paths and lines. */
  readonly sort?: PoolOrder | undefined
  /** `plain`: by BM25 alone, every word as it was typed, nothing collapsed; `full` where left out. */
  readonly rank?: 'full' | 'plain' | undefined
  /** Parts of the full ranking to leave out, to see what each is worth. */
  readonly without?: readonly (RankPart | 'query words')[] | undefined
  /** One hit for each document, its best, with the number of further ones. */
  readonly group?: 'document' | undefined
  /** Tell how the query was understood, and what each leaf adds to a hit's score. */
  readonly explain?: boolean | undefined
  /** Look for a better spelling of words that are nowhere; true where left out. Reads all words of the index. */
  readonly suggest?: boolean | undefined
  /**
   * What is compared with the files, where they are here: `none`; `hits`, those shown; or `tree` (also where left out),
   * those and, where fewer are found than were asked for, everything that was or would be indexed.
   */
  readonly freshness?: 'none' | 'hits' | 'tree' | undefined
  /** UTF-16 units of an excerpt at the most. */
  readonly excerptLength?: number | undefined
}

/** A count that an option gives, or its default. Throws `usage` where it is no whole number from 0 on. */
export function wholeNumber(option: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value
  throw new GleanError('usage', `${option} must be a whole number from 0 on, got ${value}`)
}
