/**
 * What is put into statements: text as literals, and terms as keywords of the engine. The engine's tokenizer is told to
 * take letters, digits and everything beyond ASCII as they are, and to be told a term in nothing else: so its keywords
 * are our terms, one for one, and no text can be an operator, a quote or another statement.
 */
import { hash } from 'node:crypto'

/** For the engine's `charset_table`: of ASCII the letters and digits, apart by case; beyond it everything. */
export const CHARSET = '0..9, a..z, A..Z, U+80..U+1FFFF'

/** Characters of a keyword beyond which the engine cuts. */
const LONGEST = 42

/** A term that is its own keyword. */
const PLAIN = /^[a-z0-9]*$/

/** Code points from here on the engine does not know. */
const BEYOND = 0x20000

/**
 * The keyword that stands for a term: small letters, digits and what is beyond ASCII as they are, any other character as
 * the half bytes of its code point, written A to P. Terms have no capital letters, so that no two terms meet. A long one
 * is a hash, Z before it. `prefix`, capital letters, tells keywords of one kind from another.
 */
export function keyword(term: string, prefix = ''): string {
  if (PLAIN.test(term) && term.length + prefix.length <= LONGEST) return prefix + term
  let word = prefix
  let length = prefix.length
  for (const character of term) {
    const point = character.codePointAt(0)!
    const isPlain = point < 0x80 ? /[a-z0-9]/.test(character) : point < BEYOND && !isSurrogate(point)
    const written = isPlain ? character : letters(point)
    word += written
    length += isPlain ? 1 : written.length
  }
  return length <= LONGEST ? word : `Z${hash('sha256', `${prefix} ${term}`, 'hex').slice(0, 40)}`
}

function isSurrogate(point: number): boolean {
  return point >= 0xd800 && point < 0xe000
}

/** The half bytes of a code point as letters, an even number of them. */
function letters(point: number): string {
  const digits = point.toString(16)
  const even = digits.length % 2 === 0 ? digits : `0${digits}`
  return even.replace(/[0-9a-f]/g, digit => String.fromCharCode(65 + Number.parseInt(digit, 16)))
}

/** A text as a literal. NUL cannot be in one: who may have it keeps it elsewhere (see row.ts). */
export function literal(text: string): string {
  if (!/[\0\\']/.test(text)) return `'${text}'`
  return `'${text.replaceAll('\0', '').replace(/[\\']/g, '\\$&')}'`
}

/** A number as a literal. Throws for what is none. */
export function integer(value: number | bigint): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new TypeError(`no integer: ${value}`)
  return value.toString()
}
