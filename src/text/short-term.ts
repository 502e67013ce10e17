/**
 * Terms of up to ten ASCII characters as two numbers, which are equal just where the terms are: six bits for each
 * character, of which there are 38. Made while a word is read, so that nothing has to be hashed or compared to know a
 * word that was seen before. Never stored.
 */

/** Characters that fit. */
export const SHORT = 10

/** Bits of a character; of half a key, that is five characters. */
const BITS = 6
const HALF_BITS = 30
const HALF = 2 ** HALF_BITS - 1

/** For each unit of ASCII that can stand in a term, from 1 to 38, whichever its case; 0 for any other. */
export const SIGN = signs()

/** The key's higher half once another character was read, of both halves as they were before. */
export function higher(high: number, low: number): number {
  return ((high << BITS) | (low >>> (HALF_BITS - BITS))) & HALF
}

/** The key's lower half once a character was read, of its {@link SIGN}. */
export function lower(low: number, sign: number): number {
  return ((low << BITS) & HALF) | sign
}

function signs(): Uint8Array {
  const signs = new Uint8Array(128)
  for (const [place, character] of [..."abcdefghijklmnopqrstuvwxyz0123456789.'"].entries()) {
    signs[character.charCodeAt(0)] = place + 1
    signs[character.toUpperCase().charCodeAt(0)] = place + 1
  }
  return signs
}
