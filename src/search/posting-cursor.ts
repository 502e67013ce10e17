/** Walks one list of postings, forwards, posting by posting over its blocks. */
import { END } from '../segment/posting-list.ts'
import type { Postings } from './postings.ts'

/** A place in a list, and what an occurrence in the list counts. */
export class PostingCursor {
  readonly postings: Postings
  readonly weight: number
  /** The chunk it stands at; -1 before the first, END after the last. */
  chunk = -1
  /** Place of that posting in the block. */
  at = 0

  constructor(postings: Postings, weight: number) {
    this.postings = postings
    this.weight = weight
  }

  /** Whether all postings of the block have been passed. */
  get usedUp(): boolean {
    return this.at >= this.postings.block.size
  }

  /** Stays in the block, at the posting `at`; past its end, `nextBlock` must follow. */
  stopAt(at: number): void {
    this.at = at
    if (at < this.postings.block.size) this.chunk = this.postings.block.chunks[at]!
  }

  /** Moves to the first posting that is not before `from`. */
  seek(from: number): void | Promise<void> {
    const { block } = this.postings
    if (this.chunk >= 0 && block.chunks[block.size - 1]! >= from) return this.#land(true, from, this.at)
    const found = this.postings.seek(from)
    return found instanceof Promise
      ? found.then(there => this.#land(there, from, 0))
      : this.#land(found, from, 0)
  }

  /** Moves to the first posting of the next block. */
  nextBlock(): void | Promise<void> {
    const found = this.postings.next()
    return found instanceof Promise ? found.then(there => this.#land(there, 0, 0)) : this.#land(found, 0, 0)
  }

  rewind(): void {
    this.postings.rewind()
    this.chunk = -1
    this.at = 0
  }

  #land(there: boolean, from: number, start: number): void {
    const { chunks, size } = this.postings.block
    this.at = start
    while (there && this.at < size && chunks[this.at]! < from) this.at++
    this.chunk = there && this.at < size ? chunks[this.at]! : END
  }
}
