/**
 * A hash of a term that can be made while its characters are read one by one: 32-bit FNV-1a (Fowler, Noll and Vo) over
 * UTF-16 units. It places terms in a table while an index is built, and is never stored.
 */

export const EMPTY_HASH = 0x811c9dc5 | 0

/** The hash of what was hashed so far and one more unit. */
export function hashedOn(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193)
}

/** The hash of a whole term. */
export function termHash(term: string): number {
  let hash = EMPTY_HASH
  for (let at = 0; at < term.length; at++) hash = hashedOn(hash, term.charCodeAt(at))
  return hash
}

/** The hash of the term whose units stand in an array from `start` to `end`. */
export function unitsHash(units: Uint16Array, start: number, end: number): number {
  let hash = EMPTY_HASH
  for (let at = start; at < end; at++) hash = hashedOn(hash, units[at]!)
  return hash
}
