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
import { higher, lower, SIGN } from './short-term.ts'
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
  /** A token of ASCII: its term is what stands there in lower case, `high` and `low` its key if it is short (short-term.ts). */
  ascii(start: number, end: number, high: number, low: number, hasCapital: boolean): void
  /** Any other token, as {@link TokenVisitor} has it. */
  other(term: string, start: number, end: number): void
}

/**
 * Visits the tokens of `text` between `start` and `end` (UTF-16 units) in order, as though the rest of the text were
 * not there, and returns how many they are. Extents of two tokens are apart or equal, never partly the same (a sign
 * that stands for several words gives several tokens of its extent). Takes linear time on any string, throws on none.
 */
export function forEachToken(text: string, start: number, end: number, visit: TokenVisitor): number {
  return scan(text, start, end, new VisitorSink(text, visit), ALL)
}

/** As {@link forEachToken}, for who sees the same few terms again and again. */
export function feedTokens(text: string, start: number, end: number, sink: TokenSink): number {
  return scan(text, start, end, sink, ALL)
}

/** The number of tokens between `start` and `end` (UTF-16 units), counting no further than `limit`. */
export function countTokens(text: string, start: number, end: number, limit: number): number {
  return Math.min(limit, scan(text, start, end, NOWHERE, limit))
}

/** More tokens than any text has. */
const ALL = 0x7fffffff

const NOWHERE: TokenSink = { ascii() {}, other() {} }

/** Makes a string of each token. */
class VisitorSink implements TokenSink {
  readonly #text: string
  readonly other: TokenVisitor

  constructor(text: string, visit: TokenVisitor) {
    this.#text = text
    this.other = visit
  }

  ascii(start: number, end: number, _high: number, _low: number, hasCapital: boolean): void {
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

// What a unit of ASCII is to a word: below PARTS its letter or digit (by its sign in short-term.ts), with a bit more if it
// is a capital.
const CAPITAL = 64
const PARTS = 128
/** A point or an apostrophe: parts words, but where it stands inside one. */
const INNER = 256
const SIGN_BITS = 63
const ASCII = Uint16Array.from({ length: 128 }, (_, unit) => {
  if (isPoint(unit) || isApostrophe(unit)) return SIGN[unit]! | INNER
  if (SIGN[unit] === 0) return PARTS
  return unit >= 65 && unit <= 90 ? SIGN[unit]! | CAPITAL : SIGN[unit]!
})

/** Stops after the token that reaches `limit`. */
function scan(text: string, start: number, end: number, sink: TokenSink, limit: number): number {
  let clusters: ClusterScan | undefined
  let count = 0
  let at = start
  while (at < end && count < limit) {
    const unit = text.charCodeAt(at)
    if (unit < 128) {
      let kind = ASCII[unit]!
      if (kind >= PARTS) {
        at++
        continue
      }
      let kinds = kind
      let high = 0
      let low = kind & SIGN_BITS
      const bound = Math.min(at + TERM_LIMIT, end)
      let stop = at + 1
      let goesOn: number
      do {
        for (; stop < bound; stop++) {
          const next = text.charCodeAt(stop)
          kind = next < 128 ? ASCII[next]! : INNER
          if (kind >= PARTS) break
          kinds |= kind
          high = higher(high, low)
          low = lower(low, kind & SIGN_BITS)
        }
        goesOn = kind === PARTS || stop === end ? ENDS : wayOn(text, stop, bound, end)
        for (; stop < goesOn; stop++) {
          kinds |= kind = ASCII[text.charCodeAt(stop)]!
          high = higher(high, low)
          low = lower(low, kind & SIGN_BITS)
        }
      } while (goesOn > ENDS)
      if (goesOn === ENDS) {
        sink.ascii(at, stop, high, low, (kinds & CAPITAL) !== 0)
        count++
        at = stop
        continue
      }
    }
    clusters ??= clustersOf(text, end, sink)
    clusters.count = 0
    at = clusters.read(at, limit - count)
    count += clusters.count
  }
  return count
}

/** Not written where the hot loop is: a variable that a function within closes over is no register there. */
function clustersOf(text: string, end: number, sink: TokenSink): ClusterScan {
  return new ClusterScan(text, end, (term, from, to) => sink.other(term, from, to))
}

// What may become of an ASCII word, but to go on behind a point or an apostrophe.
const ENDS = 0
const BEYOND = -1

/**
 * Where the ASCII word goes on to that was read up to `stop`, if a point or an apostrophe stands there which is inside it;
 * ENDS where it is not, BEYOND where the word may be part of a token that holds characters beyond ASCII. With what goes on
 * a word stays below `bound`.
 */
function wayOn(text: string, stop: number, bound: number, end: number): number {
  const unit = text.charCodeAt(stop)
  const afterDigit = isDigit(text.charCodeAt(stop - 1))
  if (unit >= 128) return isPartBeyond(text, stop, end, afterDigit) ? BEYOND : ENDS
  if (isPoint(unit)) {
    if (!afterDigit || stop + 1 >= end) return ENDS
    const next = text.charCodeAt(stop + 1)
    if (next >= 128) return BEYOND
    return isDigit(next) && stop + 2 <= bound ? stop + 2 : ENDS
  }
  if (afterDigit || !isApostrophe(unit)) return ENDS
  let to = stop + 1
  while (to < end && to < stop + 4 && isOfWord(text.charCodeAt(to))) to++
  const isWhole = to <= bound && !(to < end && text.charCodeAt(to) >= 128)
  if (isWhole && SUFFIXES.has(text.slice(stop + 1, to).toLowerCase())) return to
  return anyBeyondAscii(text, stop + 1, Math.min(stop + 4, end)) ? BEYOND : ENDS
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57
}

/** Whether a unit is a letter or digit of ASCII. */
function isOfWord(unit: number): boolean {
  return unit < 128 && ASCII[unit]! < PARTS
}

/** Whether the character beyond ASCII at `stop` may be part of the token that the ASCII word before it begins. */
function isPartBeyond(text: string, stop: number, end: number, afterDigit: boolean): boolean {
  const unit = text.charCodeAt(stop)
  if (isPoint(unit)) return afterDigit && anyBeyondAscii(text, stop + 1, Math.min(stop + 2, end))
  if (isApostrophe(unit)) {
    if (afterDigit || stop + 1 >= end) return false
    const next = text.charCodeAt(stop + 1)
    return next >= 128 || isOfWord(next)
  }
  const value = classOf(pointAt(text, stop, end))
  return value === IS_LETTER || value === IS_DIGIT || value >= MARK
}

function anyBeyondAscii(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (text.charCodeAt(i) >= 128) return true
  return false
}
