/**
 * Finds the terms of several dictionaries that something with a memory of where it is matches: a wildcard, a regular
 * expression, an edit distance. Terms come as code points; what a term has in common with the one before is not read
 * again, and where a beginning can lead to no match, all terms that begin so are passed over.
 */
import { type Dictionary, NO_DEAD_END, type ScannedKey } from '../segment/dictionary.ts'

/** Reads terms character by character. It keeps what it knows for each depth, for it is often set back to one. */
export interface TermMatcher {
  /**
   * Reads a code point that has `depth` others before it, which it was given before. False where no term that begins
   * with these can match.
   */
  enter(depth: number, point: number): boolean
  /** Whether the `length` code points it was given last are a match as they stand. */
  accepts(length: number): boolean
}

/** A term a matcher accepts, valid until the next. */
export type MatchVisitor = (key: ScannedKey, length: number) => void

/**
 * Visits the terms that begin with `prefix` and that `matcher` accepts: one dictionary after the other, each in its
 * order. The matcher reads the prefix too.
 */
export async function scanTerms(
  dictionaries: readonly Dictionary[],
  prefix: string,
  matcher: TermMatcher,
  visit: MatchVisitor,
): Promise<void> {
  for (const dictionary of dictionaries) {
    const walk = new CharacterWalk(matcher, visit)
    await dictionary.scan(prefix, key => walk.next(key))
  }
}

/** The terms {@link scanTerms} visits, each once, in the order of a dictionary. */
export async function matchingTerms(
  dictionaries: readonly Dictionary[],
  prefix: string,
  matcher: TermMatcher,
): Promise<string[]> {
  const terms: string[] = []
  await scanTerms(dictionaries, prefix, matcher, key => terms.push(key.key()))
  if (dictionaries.length <= 1) return terms
  // One ascending run for each dictionary: the sort merges them in linear time.
  return terms.sort().filter((term, place) => term !== terms[place - 1])
}

/** Feeds a matcher with the characters of one key after the other, of each only what is new. */
class CharacterWalk {
  readonly #matcher: TermMatcher
  readonly #visit: MatchVisitor
  /** Where each character of the current key ends, in bytes. */
  #ends = new Int32Array(64)
  #depth = 0

  constructor(matcher: TermMatcher, visit: MatchVisitor) {
    this.#matcher = matcher
    this.#visit = visit
  }

  /** A visitor of keys: see {@link Dictionary.scan}. */
  next(key: ScannedKey): number {
    const { bytes, length, shared } = key
    let depth = this.#depth
    // Two characters may share their first bytes.
    while (depth > 0 && this.#ends[depth - 1]! > shared) depth--
    let at = depth > 0 ? this.#ends[depth - 1]! : 0
    if (length > this.#ends.length) this.#grow(length)
    while (at < length) {
      const lead = bytes[at]!
      const end = lead < 0x80 ? at + 1 : lead < 0xe0 ? at + 2 : lead < 0xf0 ? at + 3 : at + 4
      if (!this.#matcher.enter(depth, lead < 0x80 ? lead : pointOf(bytes, at, end))) {
        this.#depth = depth
        return end
      }
      this.#ends[depth++] = end
      at = end
    }
    this.#depth = depth
    if (this.#matcher.accepts(depth)) this.#visit(key, depth)
    return NO_DEAD_END
  }

  #grow(length: number): void {
    const grown = new Int32Array(length * 2)
    grown.set(this.#ends)
    this.#ends = grown
  }
}

/** The code point that stands in bytes `[at, end)`, two to four of them. */
function pointOf(bytes: Uint8Array, at: number, end: number): number {
  let point = bytes[at]! & (0x7f >> (end - at))
  for (let next = at + 1; next < end; next++) point = (point << 6) | (bytes[next]! & 0x3f)
  return point
}
