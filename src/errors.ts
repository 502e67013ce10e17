/**
 * The errors gleaner throws on purpose. Each says what was expected, what came, where, and what to do about it, and
 * carries a stable code. Anything else that is thrown is a bug. Only the command line prints them.
 */

/** Stable names for the ways a call can fail; a caller may switch on them, so they never change meaning. */
export type ErrorCode =
  | 'usage' // a flag, argument or option that cannot be taken
  | 'not-found' // a source, document or passage that is not there
  | 'no-index' // no index where one was asked for
  | 'not-an-index' // a folder or file that is no gleaner index
  | 'format-too-new' // an index written by a later gleaner
  | 'format-too-old' // an index of a version this gleaner no longer reads
  | 'unknown-analyzer' // an index whose words were made by an analyzer this gleaner does not have
  | 'damaged' // a checksum or a length that does not hold
  | 'locked' // another process is writing the index
  | 'io' // the operating system, or a search engine, refused a read or a write
  | 'unreachable' // a server that does not answer

/**
 * A failure with a name. `message` is one line, ready to be shown: fault first, then where, then the remedy.
 */
export class GleanError extends Error {
  override readonly name = 'GleanError'
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}

/** The message of anything that was thrown, for wrapping the operating system's errors. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
