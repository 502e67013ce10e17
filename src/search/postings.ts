/**
 * What stage 1 reads: postings in blocks, in order of chunk, wherever they come from. A list on disk
 * (segment/posting-list.ts) is one; what a phrase matches, kept in memory, is another.
 */
import { POSTINGS_PER_BLOCK, PostingBlock } from '../segment/posting.ts'

export interface Postings {
  readonly documentFrequency: number
  /** The current block; meaningful after `next` or `seek` said true. Its frequencies may still have to be decoded. */
  readonly block: PostingBlock
  /** Moves to the next block; false at the end. */
  next(): boolean | Promise<boolean>
  /** Moves to the first block, from the current one on, that may hold `chunk` or a later one; false if none does. */
  seek(chunk: number): boolean | Promise<boolean>
  /** Goes back to before the first block. */
  rewind(): void
}

/** Postings held in memory: seventeen bytes each. */
export class MemoryPostings implements Postings {
  readonly block = new PostingBlock()
  documentFrequency = 0
  #chunks = new Int32Array(POSTINGS_PER_BLOCK)
  #lengths = new Uint8Array(POSTINGS_PER_BLOCK)
  readonly #frequencies = this.block.frequencies.map(() => new Int32Array(POSTINGS_PER_BLOCK))
  #number = -1

  /** Adds a posting; chunks ascend. `length` is the chunk's length code. */
  push(chunk: number, length: number, frequencies: readonly number[]): void {
    const at = this.documentFrequency++
    if (at === this.#chunks.length) this.#grow()
    this.#chunks[at] = chunk
    this.#lengths[at] = length
    const columns = this.#frequencies
    for (let field = 0; field < columns.length; field++) columns[field]![at] = frequencies[field]!
  }

  next(): boolean {
    return this.#moveTo(this.#number + 1)
  }

  seek(chunk: number): boolean {
    let number = Math.max(this.#number, 0)
    while (number * POSTINGS_PER_BLOCK < this.documentFrequency && this.#lastOf(number) < chunk) number++
    return number === this.#number || this.#moveTo(number)
  }

  rewind(): void {
    this.#number = -1
  }

  #lastOf(number: number): number {
    return this.#chunks[Math.min((number + 1) * POSTINGS_PER_BLOCK, this.documentFrequency) - 1]!
  }

  #moveTo(number: number): boolean {
    const start = number * POSTINGS_PER_BLOCK
    const end = Math.min(start + POSTINGS_PER_BLOCK, this.documentFrequency)
    if (end <= start) return false
    this.block.size = end - start
    this.block.chunks.set(this.#chunks.subarray(start, end))
    this.block.lengths.set(this.#lengths.subarray(start, end))
    for (const [field, column] of this.#frequencies.entries()) {
      this.block.frequencies[field]!.set(column.subarray(start, end))
    }
    this.#number = number
    return true
  }

  #grow(): void {
    const capacity = this.#chunks.length * 2
    this.#chunks = grown(this.#chunks, new Int32Array(capacity))
    this.#lengths = grown(this.#lengths, new Uint8Array(capacity))
    for (const [field, column] of this.#frequencies.entries()) {
      this.#frequencies[field] = grown(column, new Int32Array(capacity))
    }
  }
}

function grown<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}
