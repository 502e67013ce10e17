/**
 * The postings of words side by side, each given by one list: what phrase.ts finds too, by the shortest way. Most
 * phrases are such, and their words may be in half of all chunks.
 */
import type { PositionBlock } from '../segment/posting.ts'
import { END, type PostingList } from '../segment/posting-list.ts'
import { MemoryPostings } from './postings.ts'

/** Postings of the phrase whose n-th word is that of `lists[n]`; no more than `most` chunks are looked for. */
export async function adjacentPostings(lists: readonly PostingList[], most: number): Promise<MemoryPostings> {
  const walk = new AdjacentWalk(lists, most)
  for (let pending = walk.run(); pending; pending = walk.run()) await pending
  return walk.postings
}

class AdjacentWalk {
  readonly postings = new MemoryPostings()
  readonly #lists: readonly PostingList[]
  readonly #most: number
  /** Lists by frequency, rarest first. */
  readonly #order: readonly number[]
  /** For each list the place in its block, and the chunk there; -1 before the first. */
  readonly #at: Int32Array
  readonly #chunk: Int32Array
  /** For each list the positions in its block, those in the target chunk decoded. */
  readonly #positions: PositionBlock[] = []
  readonly #frequencies = [0, 0, 0]
  #target = 0

  constructor(lists: readonly PostingList[], most: number) {
    this.#lists = lists
    this.#most = most
    this.#order = [...lists.keys()].sort((a, b) => lists[a]!.documentFrequency - lists[b]!.documentFrequency)
    this.#at = new Int32Array(lists.length)
    this.#chunk = new Int32Array(lists.length).fill(-1)
  }

  /** Goes on until the end, or until something has to be waited for; then again from where it was. */
  run(): Promise<unknown> | undefined {
    while (this.postings.documentFrequency < this.#most) {
      const seeking = this.#align()
      if (seeking) return seeking
      if (this.#target === END) return undefined
      for (let number = 0; number < this.#lists.length; number++) {
        const positions = this.#lists[number]!.positionsOf(this.#at[number]!)
        // Once they are there, the same call answers at once.
        if (positions instanceof Promise) return positions
        this.#positions[number] = positions
      }
      this.#take()
      this.#target++
    }
    return undefined
  }

  /** Moves `#target` to the next chunk that all lists have, and all lists there. */
  #align(): Promise<unknown> | undefined {
    for (let number = 0; number < this.#order.length; ) {
      const list = this.#order[number]!
      if (this.#chunk[list]! < this.#target) {
        const seeking = this.#seek(list)
        if (seeking) return seeking
      }
      if (this.#chunk[list] === this.#target) number++
      else {
        this.#target = this.#chunk[list]!
        if (this.#target === END) return undefined
        number = 0
      }
    }
    return undefined
  }

  /** Moves a list to its first chunk that is not before the target. */
  #seek(number: number): Promise<unknown> | undefined {
    const list = this.#lists[number]!
    const { block } = list
    const target = this.#target
    let at = this.#at[number]!
    if (this.#chunk[number]! < 0 || block.chunks[block.size - 1]! < target) {
      const found = list.seek(target)
      if (found instanceof Promise) {
        // Once the block is there, the same call answers at once: the place was in the block before.
        this.#chunk[number] = -1
        return found
      }
      at = 0
      if (!found) {
        this.#chunk[number] = END
        return undefined
      }
    }
    while (at < block.size && block.chunks[at]! < target) at++
    this.#at[number] = at
    this.#chunk[number] = at < block.size ? block.chunks[at]! : END
    return undefined
  }

  /** Counts the occurrences in the target chunk. */
  #take(): void {
    const frequencies = this.#frequencies
    frequencies.fill(0)
    let any = false
    const first = this.#lists[0]!
    const at = this.#at[0]!
    const { positions, starts } = this.#positions[0]!
    let place = starts[at]!
    for (let field = 0; field < frequencies.length; field++) {
      for (const end = place + first.block.frequencies[field]![at]!; place < end; place++) {
        if (!this.#followed(positions[place]!)) continue
        frequencies[field]!++
        any = true
      }
    }
    if (any) this.postings.push(this.#target, first.block.lengths[at]!, frequencies)
  }

  /** Whether the other words stand behind a place, one after the other. */
  #followed(place: number): boolean {
    for (let number = 1; number < this.#lists.length; number++) {
      const at = this.#at[number]!
      const { positions, starts } = this.#positions[number]!
      let there = false
      for (let other = starts[at]!; other < starts[at + 1]! && !there; other++)
        there = positions[other] === place + number
      if (!there) return false
    }
    return true
  }
}
