/**
 * Blocks of a list that stand side by side in a file, read together: a few large reads beat many small ones. Of these the
 * bytes are at hand until others are read; or for good, where somebody keeps them (kept-lists.ts).
 */
import type { UnitFile } from './unit.ts'

/** Blocks fetched at a time: few at first (a skip may follow), more while the list is read through. */
const FIRST_FETCH = 8
const LARGEST_FETCH = 64

const NOTHING = new Uint8Array(0)

export class UnitRun {
  /** Told of the bytes that are read, where they are kept; else the memory is used again. */
  readonly #onKept: ((bytes: number) => void) | undefined
  /** What is kept: payloads by number of block. */
  readonly #opened: (Uint8Array | undefined)[] = []
  #from = 0
  #to = 0
  #bytes: Uint8Array = NOTHING
  #memory: Uint8Array = NOTHING
  #size = FIRST_FETCH

  constructor(onKept?: (bytes: number) => void) {
    this.#onKept = onKept
  }

  /** Has the bytes of the first block at hand. */
  take(bytes: Uint8Array): void {
    this.#from = 0
    this.#to = 1
    this.#bytes = bytes
  }

  /** The payload of the unit of block `number`; `starts` says where each begins, and behind the last where it ends. */
  load(file: UnitFile, starts: Float64Array, number: number): Uint8Array | Promise<Uint8Array> {
    const opened = this.#opened[number]
    if (opened) return opened
    if (number >= this.#from && number < this.#to) return this.#open(file, starts, number)
    this.#size = number > 0 && number === this.#to ? Math.min(this.#size * 2, LARGEST_FETCH) : FIRST_FETCH
    const to = Math.min(number + this.#size, starts.length - 1)
    const first = starts[number]!
    const length = starts[to]! - first
    const read = file.readRaw(first, length, this.#room(length))
    const take = (bytes: Uint8Array): Uint8Array => {
      this.#from = number
      this.#to = to
      this.#bytes = bytes
      return this.#open(file, starts, number)
    }
    return read instanceof Promise ? read.then(take) : take(read)
  }

  /** Memory for bytes that are to be read. */
  #room(length: number): Uint8Array | undefined {
    if (this.#onKept) {
      this.#onKept(length)
      return undefined
    }
    // The same memory again: what is allocated outside the heap for every run would call the collector every time.
    if (this.#memory.length < length) this.#memory = new Uint8Array(length * 2)
    return this.#memory
  }

  #open(file: UnitFile, starts: Float64Array, number: number): Uint8Array {
    const first = starts[this.#from]!
    const offset = starts[number]!
    const payload = file.openAt(this.#bytes.subarray(offset - first, starts[number + 1]! - first), offset)
    if (this.#onKept) this.#opened[number] = payload
    return payload
  }
}
