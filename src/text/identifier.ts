/**
 * The parts of an identifier that the analyzer takes for one word: `parseHtmlTree` is made of parse, html and tree, and
 * `1.0.21` begins with 1.0. Signs like `_` and `-` part words already. In source code and data the parts are indexed where
 * the whole stands, so that it is found by each of them.
 */

/** UTF-16 units of an identifier that has parts; what is longer is data. */
const LENGTH_LIMIT = 64

const HUMP = /[a-z0-9][A-Z]|[A-Z]{2}[a-z]/
/** The plural of an abbreviation is one piece: URLs. */
const PIECE = /[A-Z]{2,}s(?![a-z])|[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z0-9]+|[A-Z]/g
const BEYOND_ASCII = /[\u0080-\uffff]/
const VERSION = /^\d+(?:\.\d+){2,}$/u

/** What nearly every word is: it has no parts, and that is seen without looking for their signs. */
const PLAIN = /^[A-Z]?[a-z]*$/

const NO_PARTS: readonly string[] = []

/**
 * The parts of a token as it is written, lower-cased, each once, in order; none where it is one piece. A letter alone is no
 * part, for it is found everywhere.
 */
export function identifierParts(written: string): readonly string[] {
  if (PLAIN.test(written) || written.length > LENGTH_LIMIT) return NO_PARTS
  if (VERSION.test(written)) return versionParts(written)
  const cut = BEYOND_ASCII.test(written) ? piecesOfAnyLetters(written) : piecesOf(written)
  const pieces = cut.map(piece => piece.normalize('NFKC').toLowerCase())
  return pieces.length < 2 ? NO_PARTS : [...new Set(pieces.filter(piece => piece.length > 1))]
}

function piecesOf(written: string): readonly string[] {
  return HUMP.test(written) ? (written.match(PIECE) ?? []) : NO_PARTS
}

/** The same with the letters of all scripts: patterns that a process makes when it meets such a word, for they cost. */
function piecesOfAnyLetters(written: string): readonly string[] {
  if (!/[\p{Ll}\p{N}]\p{Lu}|\p{Lu}\p{Lu}\p{Ll}/u.test(written)) return NO_PARTS
  return (
    written.match(/\p{Lu}{2,}s(?!\p{Ll})|\p{Lu}+(?!\p{Ll})[\p{N}]*|\p{Lu}?[\p{Ll}\p{N}\p{M}]+|\p{Lu}/gu) ??
    NO_PARTS
  )
}

/** What a version of three numbers or more begins with: two numbers, three, and so on. */
function versionParts(version: string): readonly string[] {
  const numbers = version.split('.')
  return numbers.slice(2).map((_, number) => numbers.slice(0, number + 2).join('.'))
}
