/**
 * The numbers of the short terms that were met last, at a fixed number of places: most words of a text are found here, by
 * what was made of them while they were read (text/short-term.ts), in one look at memory that is near.
 */

/** Places, a power of two: of memory for a quarter of a megabyte. */
const PLACES = 1 << 14

/**
 * Numbers at each place: the two of the key, the term's number + 1, and one to spare, so that none lies across two lines
 * of a cache.
 */
const STRIDE = 4

export class ShortTerms {
  readonly #places = new Int32Array(PLACES * STRIDE)

  /** The number of a term, below 0 where it is not known here. */
  numberOf(high: number, low: number): number {
    const places = this.#places
    const at = placeOf(high, low)
    return places[at + 1] === low && places[at] === high ? places[at + 2]! - 1 : -1
  }

  /** Remembers a term's number, instead of whatever stood in its place. */
  set(high: number, low: number, number: number): void {
    const at = placeOf(high, low)
    this.#places[at] = high
    this.#places[at + 1] = low
    this.#places[at + 2] = number + 1
  }

  /** Forgets all. */
  clear(): void {
    this.#places.fill(0)
  }
}

/** Multiplied by odd numbers, the sum's highest bits are of all characters. */
function placeOf(high: number, low: number): number {
  const mixed = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)
  return ((mixed ^ (mixed >>> 15)) & (PLACES - 1)) * STRIDE
}
