/**
 * Finds the terms of several dictionaries that something with a memory of where it is matches: a wildcard, a regular
 * expression, an edit distance. Terms come as code points; what a term has in common with the one before is not read
 * again, and where a beginning can lead to no match, all terms that begin so are passed over.
 */
import type { Dictionary } from '../segment/dictionary.ts'
import { NO_DEAD_END, type ScannedKey } from '../segment/key-cursor.ts'

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

/** The terms {@link scanTerms} visits, each once, in the order of a dictionary. Whoever asks for them looks them up next. */
export async function matchingTerms(
  dictionaries: readonly Dictionary[],
  prefix: string,
  matcher: TermMatcher,
): Promise<string[]> {
  const terms: string[] = []
  for (const dictionary of dictionaries) {
    const found = new Map<string, Uint8Array>()
    await scanTerms([dictionary], prefix, matcher, key => {
      const term = key.key()
      terms.push(term)
      found.set(term, key.information())
    })
    dictionary.expect(found)
  }
  if (dictionaries.length <= 1) return terms
  // One ascending run for each dictionary: the sort merges them in linear time.
  return terms.sort().filter((term, place) => term !== terms[place - 1])
}

/**
 * Bytes of a UTF-8 character by the upper half of its first byte, and that byte's share of it. Tables, not branches:
 * code that was compiled before the first character beyond ASCII came along stays as it is.
 */
const SIZES = Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 4)
const LEAD_BITS = Uint8Array.of(0, 0x7f, 0x1f, 0x0f, 0x07)

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
    const matcher = this.#matcher
    if (length > this.#ends.length) this.#grow(length)
    const ends = this.#ends
    let depth = this.#depth
    // Two characters may share their first bytes.
    while (depth > 0 && ends[depth - 1]! > shared) depth--
    let at = depth > 0 ? ends[depth - 1]! : 0
    while (at < length) {
      const lead = bytes[at]!
      const size = SIZES[lead >> 4]!
      let point = lead & LEAD_BITS[size]!
      for (const end = at++ + size; at < end; at++) point = (point << 6) | (bytes[at]! & 0x3f)
      if (!matcher.enter(depth, point)) {
        this.#depth = depth
        return at
      }
      ends[depth++] = at
    }
    this.#depth = depth
    if (matcher.accepts(depth)) this.#visit(key, depth)
    return NO_DEAD_END
  }

  #grow(length: number): void {
    const grown = new Int32Array(length * 2)
    grown.set(this.#ends)
    this.#ends = grown
  }
}
