/**
 * Characters as the analyzer sees them: the class of each code point. It comes from a generated table of one Unicode
 * version, never from the engine that runs this, so that every engine cuts a text alike. Knows nothing of words.
 */
import { RUNS } from './unicode-classes.ts'

/** Separators, punctuation, symbols, and whatever has no character in the table's Unicode version. */
export const NONE = 0
export const LETTER = 1
/** Decimal digits, of any script. */
export const DIGIT = 2
/** Characters of scripts written without spaces: each is a token by itself. */
export const SOLO = 3
/** Signs shown as pictures by default: each is a token by itself. */
export const EMOJI = 4
/** What is no letter or digit but stands for other characters, by normalisation: ™ ½ ² ㍿ and full-width punctuation. */
export const SIGN = 5
/** From here on, what continues a cluster. A mark continues a token and never begins one. */
export const MARK = 6
/** Vowel signs and tone marks of the SOLO scripts: a token by itself, of the cluster's extent. */
export const SOLO_MARK = 7
/** Soft hyphen, joiners, variation selectors: neither end a token nor enter its term. */
export const IGNORE = 8
export type CharacterClass =
  | typeof NONE
  | typeof LETTER
  | typeof DIGIT
  | typeof SOLO
  | typeof EMOJI
  | typeof SIGN
  | typeof MARK
  | typeof SOLO_MARK
  | typeof IGNORE

/** Where alphabets and common signs end, the signs of the first plane, and all: so far the table may be decoded. */
const ENDS = [0x3000, 0x10000, 0x110000]

let classes = new Uint8Array(0)

/** The table as far as `end`, decoded when the first character beyond what is decoded is met: under a millisecond. */
function decodeClasses(end: number): Uint8Array<ArrayBuffer> {
  const table = new Uint8Array(end)
  let point = 0
  let length = 0
  let value = 0
  for (let i = 0; i <= RUNS.length && point < end; i++) {
    const unit = i < RUNS.length ? RUNS.charCodeAt(i) : 65
    if (unit >= 65 && unit <= 73) {
      if (value !== NONE) table.fill(value, point, point + length)
      point += length
      length = 0
      value = unit - 65
    } else {
      length = length * 36 + (unit < 58 ? unit - 48 : unit - 87)
    }
  }
  return table
}

/** The class of a code point (or of a lone surrogate, which is NONE). */
export function classOf(point: number): CharacterClass {
  if (point >= classes.length) classes = decodeClasses(ENDS.find(end => point < end)!)
  return classes[point] as CharacterClass
}

/** The code point at `at`, reading no further than `limit`: half a surrogate pair is itself. */
export function pointAt(text: string, at: number, limit: number): number {
  const unit = text.charCodeAt(at)
  if (unit < 0xd800 || unit > 0xdbff || at + 1 >= limit) return unit
  const low = text.charCodeAt(at + 1)
  return low < 0xdc00 || low > 0xdfff ? unit : ((unit - 0xd800) << 10) + low - 0xdc00 + 0x10000
}

/** The typewriter's apostrophe, the typographer's, the letter and the full-width one. */
export function isApostrophe(unit: number): boolean {
  return unit === 0x27 || unit === 0x2019 || unit === 0x2bc || unit === 0xff07
}

/** The full stop, ASCII and full-width: what joins the parts of 1.10. A comma does not: lists are written with it. */
export function isPoint(unit: number): boolean {
  return unit === 0x2e || unit === 0xff0e
}

/** The full-width forms of ASCII. */
export function isWide(unit: number): boolean {
  return unit >= 0xff00 && unit < 0xff5f
}
