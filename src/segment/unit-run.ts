/**
 * Blocks of a list that stand side by side in a file, read together: a few large reads beat many small ones. Of these the
 * bytes are at hand until others are read.
 */
import type { UnitAt, UnitFile } from './unit.ts'

/** Blocks fetched at a time: few at first (a skip may follow), more while the list is read through. */
const FIRST_FETCH = 8
const LARGEST_FETCH = 64

/** Where a block's postings and positions stand, and its last chunk: what is passed over need not be read. */
export interface Skip {
  readonly lastChunk: number
  readonly postings: UnitAt
  readonly positions: UnitAt
}

const NOTHING = new Uint8Array(0)

export class UnitRun {
  readonly #kind: 'postings' | 'positions'
  #from = 0
  #to = 0
  #bytes: Uint8Array = NOTHING
  #memory: Uint8Array = NOTHING
  #size = FIRST_FETCH

  constructor(kind: 'postings' | 'positions') {
    this.#kind = kind
  }

  /** Has the bytes of the first block at hand. */
  take(bytes: Uint8Array): void {
    this.#from = 0
    this.#to = 1
    this.#bytes = bytes
  }

  /** The payload of the unit of one block. */
  load(file: UnitFile, skips: readonly Skip[], number: number): Uint8Array | Promise<Uint8Array> {
    if (number >= this.#from && number < this.#to) return this.#open(file, skips, number)
    this.#size = number > 0 && number === this.#to ? Math.min(this.#size * 2, LARGEST_FETCH) : FIRST_FETCH
    const to = Math.min(number + this.#size, skips.length)
    const first = skips[number]![this.#kind]
    const last = skips[to - 1]![this.#kind]
    const length = last.offset + last.length - first.offset
    // The same memory again: what is allocated outside the heap for every run would call the collector every time.
    if (this.#memory.length < length) this.#memory = new Uint8Array(length * 2)
    const read = file.readRaw(first.offset, length, this.#memory)
    const keep = (bytes: Uint8Array): Uint8Array => {
      this.#from = number
      this.#to = to
      this.#bytes = bytes
      return this.#open(file, skips, number)
    }
    return read instanceof Promise ? read.then(keep) : keep(read)
  }

  #open(file: UnitFile, skips: readonly Skip[], number: number): Uint8Array {
    const { offset, length } = skips[number]![this.#kind]
    const start = offset - skips[this.#from]![this.#kind].offset
    return file.openAt(this.#bytes.subarray(start, start + length), offset)
  }
}
