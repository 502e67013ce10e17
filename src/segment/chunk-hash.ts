/**
 * A 64-bit hash of a chunk's text, for citations, for finding a passage again after its file has changed, and for
 * telling repeated passages. Runs of white space count as one space and those at the ends not at all, so that
 * re-wrapping a paragraph does not change it; everything else does. It is not stored: whoever needs it has the text.
 *
 * Two lanes of MurmurHash3 (Austin Appleby, public domain: the block step of x86_32 with the constants of x86_128,
 * each lane fed from the other at the end). Not a cryptographic hash.
 */
/** The hash of a text as sixteen hexadecimal digits. */
export function chunkHash(text: string): string {
  const [high, low] = lanes(text)
  return hex(high) + hex(low)
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0')
}

function lanes(text: string): [high: number, low: number] {
  let one = 0
  let two = 0
  let units = 0
  let pair = 0
  let space = false
  const feed = (unit: number): void => {
    if ((units++ & 1) === 0) {
      pair = unit
      return
    }
    const block = pair | (unit << 16)
    one ^= Math.imul(rotate(Math.imul(block, 0x239b961b), 15), 0xab0e9789)
    one = (Math.imul(rotate(one, 19), 5) + 0x561ccd1b) | 0
    two ^= Math.imul(rotate(Math.imul(block, 0x38b34ae5), 17), 0xa1e38b93)
    two = (Math.imul(rotate(two, 13), 5) + 0x0bcaa747) | 0
  }
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 32 || (unit >= 9 && unit <= 13) || unit === 0xa0) {
      space = units > 0
    } else {
      if (space) feed(32)
      space = false
      feed(unit)
    }
  }
  const length = units
  if (units & 1) feed(0)
  one ^= length
  two ^= length
  one = (one + two) | 0
  two = (two + one) | 0
  one = finish(one)
  two = finish(two)
  one = (one + two) | 0
  return [one >>> 0, (two + one) >>> 0]
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}

/** The final mix of MurmurHash3 x86_32. */
function finish(word: number): number {
  let mixed = word ^ (word >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
