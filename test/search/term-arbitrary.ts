/** Random terms that are near one another: few characters, of one to four bytes, some with their first bytes in common. */
import fc from 'fast-check'

/** The last but one comes before the last in the order of strings, though its code point is the greater. */
export const CHARACTERS = ['a', 'b', 'e', 'n', '1', 'é', 'è', 'ß', '漢', '字', 'ガ', '𠮷', '\uf8ff'] as const

export const term = fc.string({ unit: fc.constantFrom(...CHARACTERS), minLength: 1, maxLength: 6 })

/** The terms of up to three dictionaries. */
export const contents = fc.array(fc.uniqueArray(term, { maxLength: 60 }), { minLength: 1, maxLength: 3 })
