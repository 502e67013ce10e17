/** Random terms that are near one another: few characters, of one to four bytes, some with their first bytes in common. */
import fc from 'fast-check'

/**
 * Of each length in bytes there is one that needs all bits of its first byte. The two of four bytes come before
 * U+F8FF in the order of strings, which is by UTF-16 unit, and after it by code point.
 */
export const CHARACTERS = [
  ...['a', 'b', 'e', 'n', '1', 'é', 'è', 'ß', 'д', '漢', '字', 'ガ', '\uf8ff', '𠮷', '\u{f0001}'],
] as const

export const term = fc.string({ unit: fc.constantFrom(...CHARACTERS), minLength: 1, maxLength: 6 })

/** The terms of up to three dictionaries. */
export const contents = fc.array(fc.uniqueArray(term, { maxLength: 60 }), { minLength: 1, maxLength: 3 })
