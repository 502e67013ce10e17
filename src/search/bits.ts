/**
 * One bit for each chunk of a window: bit `n` is the chunk `n` after the window's first. Thirty-two to a word.
 */

/** A chunk's number shifted right by so many bits is that of its window. */
export const WINDOW_BITS = 12
/** Chunks of a window. */
export const WINDOW = 1 << WINDOW_BITS
/** Words that hold its bits. */
export const WORDS = WINDOW / 32

/** Sets the bits `[from, to)`. */
export function setBits(bits: Uint32Array, from: number, to: number): void {
  for (let place = from; place < to; ) {
    if ((place & 31) === 0 && to - place >= 32) {
      bits[place >> 5] = 0xffffffff
      place += 32
    } else {
      bits[place >> 5]! |= 1 << (place & 31)
      place++
    }
  }
}

/** The highest bit that is set; -1 where none is. */
export function lastBit(bits: Uint32Array): number {
  for (let word = WORDS - 1; word >= 0; word--) {
    if (bits[word] !== 0) return word * 32 + 31 - Math.clz32(bits[word]!)
  }
  return -1
}

/** Bits set in all. */
export function countBits(bits: Uint32Array): number {
  let count = 0
  for (let word = 0; word < bits.length; word++) {
    let rest = bits[word]!
    rest -= (rest >>> 1) & 0x55555555
    rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333)
    count += Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
  }
  return count
}
