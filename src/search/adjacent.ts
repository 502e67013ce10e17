/**
 * The postings of words side by side, each given by one list: what phrase.ts finds too, by the shortest way. Most
 * phrases are such, and their words may be in half of all chunks.
 *
 * The two rarest lists are walked together, block against block; what chunks these have in common is asked of the others,
 * and only where all have it are positions decoded.
 */
import { POSTINGS_PER_BLOCK, type PositionBlock } from '../segment/posting.ts'
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
  /** In the order of the phrase. */
  readonly #words: readonly WordCursor[]
  /** Rarest first. */
  readonly #rarest: readonly WordCursor[]
  readonly #most: number
  /** The chunks that the blocks of the two rarest have in common: where they stand in each, how many, and the next to try. */
  readonly #common = [new Int32Array(POSTINGS_PER_BLOCK), new Int32Array(POSTINGS_PER_BLOCK)] as const
  #commonCount = 0
  #next = 0
  /** Where those blocks have been compared as far as to: the first chunk beyond; END when there are no more. */
  #from = 0
  /** For each word the positions in its block, those in the chunk at hand decoded. */
  readonly #positions: PositionBlock[] = []
  readonly #frequencies = [0, 0, 0]

  constructor(lists: readonly PostingList[], most: number) {
    this.#words = lists.map(list => new WordCursor(list))
    this.#rarest = this.#words.toSorted((a, b) => a.list.documentFrequency - b.list.documentFrequency)
    this.#most = most
  }

  /** Goes on until the end, or until something has to be waited for; then again from where it was. */
  run(): Promise<unknown> | undefined {
    while (this.postings.documentFrequency < this.#most) {
      const isTrying = this.#next < this.#commonCount
      if (!isTrying && this.#from === END) return undefined
      const waiting = isTrying ? this.#try() : this.#compare()
      if (waiting) return waiting
    }
    return undefined
  }

  /** Finds the chunks that the next blocks of the two rarest have in common. */
  #compare(): Promise<unknown> | undefined {
    const [one, other] = this.#rarest as [WordCursor, WordCursor]
    const waiting = one.seek(this.#from) ?? other.seek(one.chunk)
    if (waiting) return waiting
    this.#next = 0
    if (other.chunk === END) {
      this.#from = END
      this.#commonCount = 0
      return undefined
    }
    this.#commonCount = common(one, other, this.#common)
    // Where the one's block lies before all of the other's, what lies between is passed over. And it goes on in any case.
    const beyond = Math.min(one.lastOfBlock, other.lastOfBlock) + 1
    this.#from = Math.max(beyond, other.chunk, this.#from + 1)
    return undefined
  }

  /** Looks for the phrase in the next chunk that the two rarest have in common. */
  #try(): Promise<unknown> | undefined {
    const rarest = this.#rarest
    for (let number = 0; number < 2; number++) rarest[number]!.at = this.#common[number]![this.#next]!
    const chunk = rarest[0]!.list.block.chunks[rarest[0]!.at]!
    for (let number = 2; number < rarest.length; number++) {
      const waiting = rarest[number]!.seek(chunk)
      if (waiting) return waiting
      if (rarest[number]!.chunk === chunk) continue
      this.#next++
      return undefined
    }
    const words = this.#words
    for (let number = 0; number < words.length; number++) {
      const positions = words[number]!.list.positionsOf(words[number]!.at)
      // Once they are there, the same call answers at once.
      if (positions instanceof Promise) return positions
      this.#positions[number] = positions
    }
    this.#take(chunk)
    this.#next++
    return undefined
  }

  /** Counts the occurrences in a chunk that all words have. */
  #take(chunk: number): void {
    const frequencies = this.#frequencies
    frequencies.fill(0)
    let any = false
    const { list, at } = this.#words[0]!
    const { positions, starts } = this.#positions[0]!
    let place = starts[at]!
    for (let field = 0; field < frequencies.length; field++) {
      for (const end = place + list.block.frequencies[field]![at]!; place < end; place++) {
        if (!this.#followed(positions[place]!)) continue
        frequencies[field]!++
        any = true
      }
    }
    if (any) this.postings.push(chunk, list.block.lengths[at]!, frequencies)
  }

  /** Whether the other words stand behind a place, one after the other. */
  #followed(place: number): boolean {
    for (let number = 1; number < this.#words.length; number++) {
      const { at } = this.#words[number]!
      const { positions, starts } = this.#positions[number]!
      let there = false
      for (let other = starts[at]!; other < starts[at + 1]! && !there; other++)
        there = positions[other] === place + number
      if (!there) return false
    }
    return true
  }
}

/** Walks the list of a word. */
class WordCursor {
  readonly list: PostingList
  /** Its place in the block, and the chunk it came to by {@link seek}; -1 before the first, END behind the last. */
  at = 0
  chunk = -1

  constructor(list: PostingList) {
    this.list = list
  }

  get lastOfBlock(): number {
    const { chunks, size } = this.list.block
    return chunks[size - 1]!
  }

  /** Moves to the first chunk that is not before `target`, or gives what has to be waited for before it is asked again. */
  seek(target: number): Promise<unknown> | undefined {
    if (this.chunk >= target) return undefined
    const { block } = this.list
    if (this.chunk < 0 || this.lastOfBlock < target) {
      const found = target === END ? false : this.list.seek(target)
      if (found instanceof Promise) {
        // Once the block is there, the same call answers at once: the place was in the block before.
        this.chunk = -1
        return found
      }
      this.at = 0
      if (!found) {
        this.chunk = END
        return undefined
      }
    }
    const { chunks, size } = block
    let { at } = this
    while (at < size && chunks[at]! < target) at++
    this.at = at
    this.chunk = at < size ? chunks[at]! : END
    return undefined
  }
}

/**
 * The chunks that two blocks have in common, from where their cursors stand on: notes where they stand in each, and returns
 * how many there are. Steps are counted by arithmetic, for a processor would guess wrong at every other.
 */
function common(
  one: WordCursor,
  other: WordCursor,
  [ofOne, ofOther]: readonly [Int32Array, Int32Array],
): number {
  const { chunks, size } = one.list.block
  const { chunks: others, size: otherSize } = other.list.block
  let count = 0
  for (let at = one.at, otherAt = other.at; at < size && otherAt < otherSize; ) {
    const ahead = chunks[at]! - others[otherAt]!
    ofOne[count] = at
    ofOther[count] = otherAt
    // 1 where both are the same, where the one is not ahead, and where the other is not.
    const isNotAhead = (ahead - 1) >>> 31
    const isNotBehind = (-1 - ahead) >>> 31
    count += isNotAhead & isNotBehind
    at += isNotAhead
    otherAt += isNotBehind
  }
  return count
}
