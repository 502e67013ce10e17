/** One term's postings as bytes, on their way from posting-encoder.ts to posting-writer.ts. */
import { POSTINGS_PER_BLOCK, type PostingBlock } from './posting.ts'

export interface EncodedList {
  readonly documentFrequency: number
  /** Occurrences in all chunks and fields. */
  readonly collectionFrequency: number
  /** Whether the list stands in the dictionary: then its bytes are a block of postings and its positions. */
  readonly inline: boolean
  /**
   * The bytes, no unit in two pieces: those of a list that stands outside are its units one after the other, skip table,
   * blocks of postings, of positions. A single piece is valid until the next list is asked for; several are the taker's own.
   */
  readonly pieces: readonly Uint8Array[]
  /** Bytes of each unit; that of the skip table is 0 where there is none, for a single block needs none. */
  readonly units: readonly number[]
}

/** The units of a list that stands outside. */
export function* unitsOf({ pieces, units }: EncodedList): Generator<Uint8Array, undefined> {
  let piece = 0
  let at = 0
  for (const bytes of units) {
    if (at + bytes > pieces[piece]!.length) {
      piece++
      at = 0
    }
    yield pieces[piece]!.subarray(at, at + bytes)
    at += bytes
  }
}

/** The chunks of a list, ascending, block by block: decoded into `block`, and valid until the next. */
export function* chunksOf(list: EncodedList, block: PostingBlock): Generator<Int32Array> {
  const { documentFrequency, inline, pieces } = list
  const units = inline ? [pieces[0]!].values() : unitsOf(list)
  if (!inline) units.next()
  let before = -1
  for (let left = documentFrequency; left > 0; left -= block.size) {
    block.decode(units.next().value!, 0, Math.min(left, POSTINGS_PER_BLOCK), before)
    const chunks = block.chunks.subarray(0, block.size)
    before = chunks.at(-1)!
    yield chunks
  }
}
