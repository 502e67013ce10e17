/**
 * The analyzer: text to tokens, the same for indexing, querying and highlighting, on every engine. In comes a text (or
 * a range of one), out come terms with their extents in it; a token's ordinal is its position. Terms are lower-cased
 * NFKC with their marks; nothing is folded or stemmed here, nothing dropped for being common.
 *
 * A token is a run of letters, digits and marks. Everything else parts tokens, hyphens and underscores too, but for
 * - `.` between digits: 3.14, 1.0.21, v2.0.1;
 * - an apostrophe between letters where s, t, d, m, ll, re or ve ends the word: don't, dog's; but l + homme.
 * Of scripts without spaces each character is a token, and so is each emoji. A sign that stands for letters or digits
 * (the trade mark, a superscript, a fraction, a squared abbreviation) makes tokens of its own, beside its neighbours'.
 *
 * Two readers of one rule: runs of ASCII are scanned here unit by unit, the hot loop of indexing; a token that holds
 * anything else is read by {@link ClusterScan}. Tests hold the two equal.
 */
import {
  classOf,
  DIGIT as IS_DIGIT,
  LETTER as IS_LETTER,
  isApostrophe,
  isPoint,
  MARK,
  pointAt,
} from './character.ts'
import { ClusterScan, SUFFIXES, TERM_LIMIT, type TokenVisitor } from './cluster-scan.ts'
import { EMPTY_HASH, hashedOn } from './term-hash.ts'
import { UNICODE } from './unicode-classes.ts'

export { TERM_LIMIT, type TokenVisitor }

/** Names the rule above inside an index. `version` rises with any change that can make another token. */
export const ANALYZER = { id: 'gleaner', version: 1, unicode: UNICODE } as const

/** A token and its extent `[start, end)`, in UTF-16 units of the text. */
export interface Token {
  readonly term: string
  readonly start: number
  readonly end: number
}

/** Takes the tokens of a text without having a string made of each. */
export interface TokenSink {
  /** A token of ASCII: its term is what stands there in lower case, `hash` that term's (term-hash.ts). */
  ascii(start: number, end: number, hash: number, hasCapital: boolean): void
  /** Any other token, as {@link TokenVisitor} has it. */
  other(term: string, start: number, end: number): void
}

/**
 * Visits the tokens of `text` between `start` and `end` (UTF-16 units) in order, as though the rest of the text were
 * not there, and returns how many they are. Extents of two tokens are apart or equal, never partly the same (a sign
 * that stands for several words gives several tokens of its extent). Takes linear time on any string, throws on none.
 */
export function forEachToken(text: string, start: number, end: number, visit: TokenVisitor): number {
  return scan(text, start, end, new VisitorSink(text, visit), Number.POSITIVE_INFINITY)
}

/** As {@link forEachToken}, for who sees the same few terms again and again. */
export function feedTokens(text: string, start: number, end: number, sink: TokenSink): number {
  return scan(text, start, end, sink, Number.POSITIVE_INFINITY)
}

/** The number of tokens between `start` and `end` (UTF-16 units), counting no further than `limit`. */
export function countTokens(text: string, start: number, end: number, limit: number): number {
  return Math.min(limit, scan(text, start, end, NOWHERE, limit))
}

const NOWHERE: TokenSink = { ascii() {}, other() {} }

/** Makes a string of each token. */
class VisitorSink implements TokenSink {
  readonly #text: string
  readonly other: TokenVisitor

  constructor(text: string, visit: TokenVisitor) {
    this.#text = text
    this.other = visit
  }

  ascii(start: number, end: number, _hash: number, hasCapital: boolean): void {
    const word = this.#text.slice(start, end)
    this.other(hasCapital ? word.toLowerCase() : word, start, end)
  }
}

/** All tokens of a text, in order. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  forEachToken(text, 0, text.length, (term, start, end) => tokens.push({ term, start, end }))
  return tokens
}

// Kinds of ASCII characters; the first three are parts of words.
const LOWER = 0
const DIGIT = 1
const UPPER = 2
const SEPARATOR = 3
const POINT = 4
const APOSTROPHE = 5
const ASCII = Uint8Array.from({ length: 128 }, (_, unit) => {
  const sign = String.fromCharCode(unit)
  if (/[a-z]/.test(sign)) return LOWER
  if (/[A-Z]/.test(sign)) return UPPER
  if (/[0-9]/.test(sign)) return DIGIT
  if (isPoint(unit)) return POINT
  return isApostrophe(unit) ? APOSTROPHE : SEPARATOR
})

/** A unit of ASCII in lower case. */
const LOWER_CASE = Uint8Array.from({ length: 128 }, (_, unit) => (ASCII[unit] === UPPER ? unit | 32 : unit))

/** Stops after the token that reaches `limit`. */
function scan(text: string, start: number, end: number, sink: TokenSink, limit: number): number {
  let clusters: ClusterScan | undefined
  let count = 0
  let at = start
  while (at < end && count < limit) {
    const unit = text.charCodeAt(at)
    if (unit < 128) {
      const kind = ASCII[unit]!
      if (kind > UPPER) {
        at++
        continue
      }
      let capital = kind === UPPER
      let hash = hashedOn(EMPTY_HASH, LOWER_CASE[unit]!)
      const bound = Math.min(at + TERM_LIMIT, end)
      let stop = at + 1
      while (stop < bound) {
        const next = text.charCodeAt(stop)
        if (next >= 128) break
        const nextKind = ASCII[next]!
        if (nextKind <= UPPER) {
          if (nextKind === UPPER) capital = true
          hash = hashedOn(hash, LOWER_CASE[next]!)
          stop++
        } else {
          if (nextKind === SEPARATOR) break
          const joined = joinedEnd(text, stop, bound, end)
          if (joined === 0) break
          capital ||= nextKind === APOSTROPHE // the suffix was not looked at for capitals
          for (; stop < joined; stop++) hash = hashedOn(hash, LOWER_CASE[text.charCodeAt(stop)]!)
        }
      }
      if (stop >= end || !goesBeyondAscii(text, stop, end)) {
        sink.ascii(at, stop, hash, capital)
        count++
        at = stop
        continue
      }
    }
    clusters ??= new ClusterScan(text, end, (term, from, to) => sink.other(term, from, to))
    clusters.count = 0
    at = clusters.read(at, limit - count)
    count += clusters.count
  }
  return count
}

/**
 * Where the ASCII word goes on to when the point or apostrophe at `stop` is inside it; 0 where it is not, or where that
 * hangs on characters beyond ASCII.
 */
function joinedEnd(text: string, stop: number, bound: number, end: number): number {
  const before = ASCII[text.charCodeAt(stop - 1)]!
  if (ASCII[text.charCodeAt(stop)] === POINT) {
    return before === DIGIT && stop + 2 <= bound && ASCII[text.charCodeAt(stop + 1)] === DIGIT ? stop + 2 : 0
  }
  if (before === DIGIT) return 0
  let to = stop + 1
  while (to < end && to < stop + 4 && ASCII[text.charCodeAt(to)]! <= UPPER) to++
  if (to > bound || (to < end && text.charCodeAt(to) >= 128)) return 0
  return SUFFIXES.has(text.slice(stop + 1, to).toLowerCase()) ? to : 0
}

/** Whether the ASCII word that stopped before `stop` may be part of a token that holds other characters. */
function goesBeyondAscii(text: string, stop: number, end: number): boolean {
  const unit = text.charCodeAt(stop)
  const isDigit = ASCII[text.charCodeAt(stop - 1)] === DIGIT
  if (isPoint(unit)) return isDigit && anyBeyondAscii(text, stop + 1, Math.min(stop + 2, end))
  if (unit < 128)
    return isApostrophe(unit) && !isDigit && anyBeyondAscii(text, stop + 1, Math.min(stop + 4, end))
  if (isApostrophe(unit)) return !isDigit && stop + 1 < end && !(ASCII[text.charCodeAt(stop + 1)]! > UPPER)
  const value = classOf(pointAt(text, stop, end))
  return value === IS_LETTER || value === IS_DIGIT || value >= MARK
}

function anyBeyondAscii(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (text.charCodeAt(i) >= 128) return true
  return false
}
