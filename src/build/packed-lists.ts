/** Encoded lists of postings in a form that goes from one thread to another without a copy. */
import { ByteWriter } from '../segment/bytes.ts'
import type { EncodedList } from '../segment/posting-encoder.ts'
import { GrowingInts } from './growing.ts'

/** The lists of consecutive terms. */
export interface PackedLists {
  /** For each list: document frequency, collection frequency, bytes, units (-1: it stands in the dictionary). */
  readonly heads: Int32Array
  /** The bytes of each unit. */
  readonly units: Int32Array
  readonly bytes: Uint8Array
}

const COLUMNS = 4

/** Takes lists in order. */
export class ListPacker {
  readonly #heads = new GrowingInts()
  readonly #units = new GrowingInts()
  readonly #bytes = new ByteWriter(1 << 20)

  readonly add = ({ documentFrequency, collectionFrequency, inline, bytes, units }: EncodedList): void => {
    for (const number of [documentFrequency, collectionFrequency, bytes.length, inline ? -1 : units.length])
      this.#heads.push(number)
    for (const unit of units) this.#units.push(unit)
    this.#bytes.raw(bytes)
  }

  finish(): PackedLists {
    return { heads: this.#heads.taken(), units: this.#units.taken(), bytes: this.#bytes.copy() }
  }
}

/** The lists, in order. */
export function* unpackLists({ heads, units, bytes }: PackedLists): Generator<EncodedList> {
  let unit = 0
  let at = 0
  for (let head = 0; head < heads.length; head += COLUMNS) {
    const length = heads[head + 2]!
    const count = heads[head + 3]!
    yield {
      documentFrequency: heads[head]!,
      collectionFrequency: heads[head + 1]!,
      inline: count < 0,
      bytes: bytes.subarray(at, at + length),
      units: count < 0 ? [] : Array.from(units.subarray(unit, unit + count)),
    }
    at += length
    unit += Math.max(0, count)
  }
}
