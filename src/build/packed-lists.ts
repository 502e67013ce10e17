/** Encoded lists of postings in a form that goes from one thread to another without a copy. */
import { ByteWriter } from '../segment/bytes.ts'
import type { EncodedList } from '../segment/encoded-list.ts'
import { GrowingInts } from './growing.ts'

/** The lists of consecutive terms. */
export interface PackedLists {
  /**
   * For each list: document frequency, collection frequency, units (-1: it stands in the dictionary), and its bytes, or, less
   * than 0, how many pieces are its own.
   */
  readonly heads: Int32Array
  /** The bytes of each unit. */
  readonly units: Int32Array
  /** The bytes of all lists. One that is long has pieces of its own. */
  readonly pieces: readonly Uint8Array[]
}

const COLUMNS = 4

/** Takes lists in order. */
export class ListPacker {
  readonly #heads = new GrowingInts()
  readonly #units = new GrowingInts()
  /** Lists that share the next piece, and the pieces before it. */
  readonly #bytes = new ByteWriter(1 << 16)
  #pieces: Uint8Array[] = []

  add({ documentFrequency, collectionFrequency, inline, pieces, units }: EncodedList): void {
    const heads = this.#heads
    heads.push(documentFrequency)
    heads.push(collectionFrequency)
    heads.push(inline ? -1 : units.length)
    heads.push(pieces.length === 1 ? pieces[0]!.length : -pieces.length)
    for (const unit of units) this.#units.push(unit)
    if (pieces.length === 1) this.#bytes.raw(pieces[0]!)
    else {
      this.#closePiece()
      this.#pieces.push(...pieces)
    }
  }

  /** The lists since it was last asked. */
  take(): PackedLists {
    this.#closePiece()
    const lists = { heads: this.#heads.taken(), units: this.#units.taken(), pieces: this.#pieces }
    this.#heads.length = this.#units.length = 0
    this.#pieces = []
    return lists
  }

  #closePiece(): void {
    if (this.#bytes.length > 0) this.#pieces.push(this.#bytes.copy())
    this.#bytes.clear()
  }
}

/** The lists, in order. */
export function* unpackLists({ heads, units, pieces }: PackedLists): Generator<EncodedList> {
  let unit = 0
  let piece = 0
  let at = 0
  for (let head = 0; head < heads.length; head += COLUMNS) {
    const count = heads[head + 2]!
    const bytes = heads[head + 3]!
    if (at === pieces[piece]!.length) {
      piece++
      at = 0
    }
    const own = bytes < 0 ? pieces.slice(piece, piece - bytes) : [pieces[piece]!.subarray(at, at + bytes)]
    yield {
      documentFrequency: heads[head]!,
      collectionFrequency: heads[head + 1]!,
      inline: count < 0,
      pieces: own,
      units: count < 0 ? [] : Array.from(units.subarray(unit, unit + count)),
    }
    unit += Math.max(0, count)
    if (bytes < 0) piece -= bytes
    else at += bytes
  }
}
