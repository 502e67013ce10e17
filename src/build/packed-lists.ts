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
  /** The chunks that have each of the terms. */
  readonly chunks: Int32Array
}

/** A list, and the chunks that have its term. */
export interface UnpackedList {
  readonly list: EncodedList
  readonly chunks: Int32Array
}

const COLUMNS = 4

/** Takes lists in order. */
export class ListPacker {
  readonly #heads = new GrowingInts()
  readonly #units = new GrowingInts()
  readonly #bytes = new ByteWriter(1 << 20)
  readonly #chunks = new GrowingInts()

  /** Adds a list, and the chunks that have its term. */
  add(
    { documentFrequency, collectionFrequency, inline, bytes, units }: EncodedList,
    chunks: GrowingInts,
  ): void {
    const heads = this.#heads
    heads.push(documentFrequency)
    heads.push(collectionFrequency)
    heads.push(bytes.length)
    heads.push(inline ? -1 : units.length)
    for (const unit of units) this.#units.push(unit)
    this.#bytes.raw(bytes)
    this.#chunks.append(chunks)
  }

  /** The lists since it was last asked. */
  take(): PackedLists {
    const lists = {
      heads: this.#heads.taken(),
      units: this.#units.taken(),
      bytes: this.#bytes.copy(),
      chunks: this.#chunks.taken(),
    }
    this.#heads.length = this.#units.length = this.#chunks.length = 0
    this.#bytes.clear()
    return lists
  }
}

/** The lists, in order. */
export function* unpackLists({ heads, units, bytes, chunks }: PackedLists): Generator<UnpackedList> {
  let unit = 0
  let at = 0
  let chunk = 0
  for (let head = 0; head < heads.length; head += COLUMNS) {
    const length = heads[head + 2]!
    const count = heads[head + 3]!
    yield {
      list: {
        documentFrequency: heads[head]!,
        collectionFrequency: heads[head + 1]!,
        inline: count < 0,
        bytes: bytes.subarray(at, at + length),
        units: count < 0 ? [] : Array.from(units.subarray(unit, unit + count)),
      },
      chunks: chunks.subarray(chunk, chunk + heads[head]!),
    }
    at += length
    unit += Math.max(0, count)
    chunk += heads[head]!
  }
}
