/**
 * Makes the dictionary that the blocks of a segment's text are compressed with: stretches that many blocks share, so
 * that a block need not spell out what others have said. Blocks can then be small, and a hit costs few bytes.
 *
 * The text is cut into as many parts as the dictionary has stretches, and of each part the stretch is taken whose
 * sequences of six bytes stand in most blocks; what a stretch has brought counts for nothing afterwards. So Liao,
 * Petri, Moffat and Wirth choose dictionaries for archives ("Effective Construction of Relative Lempel-Ziv
 * Dictionaries", WWW 2016). The best stretches come last, where DEFLATE's references to them are shortest.
 */

/** Bytes of a dictionary. More make text hardly smaller, and each block take longer to compress. */
const DICTIONARY_BYTES = 12288

/** Bytes of a stretch, and of the sequences it is judged by. */
const STRETCH = 32
const SEQUENCE = 6

/** Bytes of blocks from which on a dictionary is worth its room. */
const LEAST_TEXT = 1 << 19

/** A power of two: places of the table that counts sequences. */
const PLACES = 1 << 20

/** The dictionary for blocks like these; undefined where they are too few. The same blocks give the same dictionary. */
export function trainDictionary(blocks: readonly Uint8Array[]): Uint8Array | undefined {
  const size = blocks.reduce((sum, { length }) => sum + length, 0)
  if (size < LEAST_TEXT) return undefined
  const text = joined(blocks, size)
  const counts = blockCounts(blocks, text)
  const parts = DICTIONARY_BYTES / STRETCH
  const stretches = Array.from({ length: parts }, (_, part) => {
    const start = Math.floor((part * size) / parts)
    const end = Math.floor(((part + 1) * size) / parts)
    return bestStretch(text, counts, start, end)
  })
  stretches.sort((a, b) => a.worth - b.worth || a.start - b.start)
  return joined(
    stretches.map(({ start }) => text.subarray(start, start + STRETCH)),
    DICTIONARY_BYTES,
  )
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}

/** The place in the table of the sequence that begins with a byte of the text; the last few bytes have none but 0. */
function placeAt(text: Uint8Array, at: number): number {
  if (at + SEQUENCE > text.length) return 0
  const four = text[at]! | (text[at + 1]! << 8) | (text[at + 2]! << 16) | (text[at + 3]! << 24)
  const two = text[at + 4]! | (text[at + 5]! << 8)
  const hash = Math.imul(four ^ Math.imul(two, 0x85ebca6b), 0x9e3779b1)
  return (hash ^ (hash >>> 15)) & (PLACES - 1)
}

/** For each place of the table, how many blocks have one of its sequences: there are some hundred blocks. */
function blockCounts(blocks: readonly Uint8Array[], text: Uint8Array): Uint16Array {
  const counts = new Uint16Array(PLACES)
  const lastIn = new Uint16Array(PLACES)
  let at = 0
  for (const [number, { length }] of blocks.entries()) {
    for (const end = at + length; at < end; at++) {
      const place = placeAt(text, at)
      if (lastIn[place] === number + 1) continue
      lastIn[place] = number + 1
      counts[place]!++
    }
  }
  return counts
}

/** Sequences in a stretch. */
const WITHIN = STRETCH - SEQUENCE + 1

/** The stretch that begins in `[start, end)` and is worth most; what it brings is struck from the counts. */
function bestStretch(text: Uint8Array, counts: Uint16Array, start: number, end: number) {
  let first = 0
  for (let at = start; at < start + WITHIN; at++) first += counts[placeAt(text, at)]!
  const best = mostWorth(text, counts, { start, worth: first }, Math.min(end, text.length - STRETCH))
  for (let at = best.start; at < best.start + WITHIN; at++) counts[placeAt(text, at)] = 0
  return best
}

/** Of a stretch and those that begin behind it, before `end`, the one that is worth most. */
function mostWorth(
  text: Uint8Array,
  counts: Uint16Array,
  first: { start: number; worth: number },
  end: number,
) {
  let { start, worth } = first
  let best = first.worth
  for (let at = first.start + 1; at < end; at++) {
    worth += counts[placeAt(text, at + WITHIN - 1)]! - counts[placeAt(text, at - 1)]!
    if (worth > best) [start, best] = [at, worth]
  }
  return { start, worth: best }
}
