/** What the server has its workers do, and what comes back: both are passed between threads. */
import type { ErrorCode } from '../errors.ts'
import type { SearchOptions } from '../search/options.ts'

export type Job =
  | {
      readonly call: 'search'
      readonly query: string
      readonly options: SearchOptions
      /** Tokens the hits may have together, as whole passages; undefined where excerpts are wanted. */
      readonly budget?: number | undefined
    }
  | { readonly call: 'show'; readonly reference: string }
  | { readonly call: 'suggest'; readonly query: string; readonly limit: number }
  | { readonly call: 'stats' }
  | { readonly call: 'paths'; readonly limit: number }

/** The answer as JSON, or why there is none; `code` is undefined for what is our mistake. */
export type Outcome =
  | {
      readonly json: string
      /** Tells the index that was asked from any other; undefined where it cannot be told. */
      readonly mark?: string | undefined
      /** The files that were compared and are as they are indexed. */
      readonly files?: readonly SeenFile[] | undefined
      /** Whether the answer hangs on other files too. */
      readonly hangsOnOthers?: boolean | undefined
    }
  | { readonly code: ErrorCode | undefined; readonly message: string }

/** An outcome that is an answer. */
export type Answer = Extract<Outcome, { readonly json: string }>

/** A file as it was seen. */
export interface SeenFile {
  /** Absolute. */
  readonly path: string
  /** In bytes. */
  readonly size: number
  /** When its content was changed, as the file says (ISO 8601): whoever changes it may set that back. */
  readonly modified: string
  /** When anything of it was changed, as the system says (milliseconds since 1970). */
  readonly changed: number
}
