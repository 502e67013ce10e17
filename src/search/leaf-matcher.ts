/** The matcher of a leaf: reads postings, weighs frequencies, scores. Everything else in the tree only combines. */
import type { Ranges } from '../segment/document-order.ts'
import { END } from '../segment/posting-list.ts'
import { countBits, WINDOW, WORDS } from './bits.ts'
import type { Leaf } from './leaf.ts'
import { Matcher } from './matcher.ts'
import type { Pool } from './pool.ts'
import { PostingCursor } from './posting-cursor.ts'
import type { Postings } from './postings.ts'
import { K } from './score.ts'

/** A list of postings, and what an occurrence in it counts. */
export interface WeightedPostings {
  readonly postings: Postings
  readonly weight: number
}

/** Which chunks of a segment are in the index. */
export interface LiveChunks {
  readonly live: Ranges
  readonly deleted: Ranges
}

/** A leaf: the union of the postings of its terms, each with its weight. */
export class LeafMatcher extends Matcher {
  readonly estimate: number
  readonly #leaf: Leaf
  readonly #cursors: PostingCursor[]
  readonly #norms: Float64Array
  readonly #frequencies = new Float64Array(WINDOW)
  readonly #lengths = new Uint8Array(WINDOW)
  /** Place among the query's scored leaves. */
  #number = 0
  /** Idf times boost: what a saturated frequency earns. */
  #worth = 0

  /** `norms` are what each length code adds to BM25's denominator. */
  constructor(leaf: Leaf, lists: readonly WeightedPostings[], norms: Float64Array) {
    super()
    this.#leaf = leaf
    this.#cursors = lists.map(({ postings, weight }) => new PostingCursor(postings, weight))
    this.#norms = norms
    this.estimate = lists.reduce((sum, { postings }) => sum + postings.documentFrequency, 0)
  }

  /** To be told before a leaf that scores is evaluated. */
  setWorth(number: number, worth: number): void {
    this.#number = number
    this.#worth = worth
  }

  async earliest(from: number): Promise<number> {
    let earliest = END
    for (const cursor of this.#cursors) {
      if (cursor.chunk < from) await cursor.seek(from)
      if (cursor.chunk < earliest) earliest = cursor.chunk
    }
    return earliest
  }

  async evaluate(start: number, end: number): Promise<void> {
    await this.#fill(start, end, this.#fillBlock)
    this.#score()
  }

  #score(): void {
    const { bits, scores } = this
    const worth = this.#worth
    const frequencies = this.#frequencies
    const lengths = this.#lengths
    const norms = this.#norms
    for (let word = 0; word < WORDS; word++) {
      let rest = bits[word]!
      while (rest !== 0) {
        const place = (word << 5) | (31 - Math.clz32(rest & -rest))
        rest &= rest - 1
        const frequency = frequencies[place]!
        // saturation() of score.ts, not called: this is done for every posting.
        scores[place] = worth * ((frequency * (K + 1)) / (frequency + norms[lengths[place]!]!))
      }
    }
  }

  /**
   * How many of a segment's live chunks have the leaf; `known` is how many of all its chunks have any of its terms, in
   * whatever field. Reads all postings where neither tells, else those that lie among deleted chunks, and goes back.
   */
  async countLive({ live, deleted }: LiveChunks, known: number | undefined): Promise<number> {
    const anyField = this.#leaf.fieldWeights.every(weight => weight > 0)
    const all = this.#cursors.length <= 1 ? this.estimate : known
    if (anyField && all !== undefined) return all - (await this.#countIn(deleted, markBlock))
    return this.#countIn(live, anyField ? markBlock : this.#fillBlock)
  }

  async #countIn(ranges: Ranges, fillBlock: FillBlock): Promise<number> {
    if (ranges.length === 0) return 0
    let count = 0
    for (const [from, to] of ranges) {
      // No further than the range: cursors do not go back, and the next one may begin in the same window.
      for (let start = await this.earliest(from), end = 0; start < to; start = await this.earliest(end)) {
        end = Math.min(start + WINDOW, to)
        await this.#fill(start, end, fillBlock)
        count += countBits(this.bits)
      }
    }
    for (const cursor of this.#cursors) cursor.rewind()
    return count
  }

  contribute(place: number, pool: Pool, slot: number): void {
    pool.frequencies[slot * pool.leaves + this.#number] = this.#frequencies[place]!
    pool.lengths[slot] = this.#lengths[place]!
  }

  async #fill(start: number, end: number, fillBlock: FillBlock): Promise<void> {
    this.bits.fill(0)
    for (const cursor of this.#cursors) {
      if (cursor.chunk < start) await cursor.seek(start)
      while (cursor.chunk < end) {
        fillBlock(cursor, start, end, this.bits)
        if (cursor.usedUp) await cursor.nextBlock()
      }
    }
  }

  /** Adds the postings of the cursor's block that lie in the window. */
  readonly #fillBlock: FillBlock = (cursor, start, end, bits) => {
    const frequencies = this.#frequencies
    const { block } = cursor.postings
    block.decodeFrequencies()
    const { chunks, size, lengths, isFielded } = block
    const [texts, headings, titles] = block.frequencies as [Int32Array, Int32Array, Int32Array]
    const [ofText, ofHeading, ofTitle] = this.#leaf.fieldWeights as [number, number, number]
    let at = cursor.at
    for (; at < size && chunks[at]! < end; at++) {
      let occurrences = texts[at]! * ofText
      if (isFielded) occurrences += headings[at]! * ofHeading + titles[at]! * ofTitle
      const frequency = cursor.weight * occurrences
      if (frequency === 0) continue
      const place = chunks[at]! - start
      const bit = 1 << (place & 31)
      const word = place >> 5
      if ((bits[word]! & bit) === 0) {
        bits[word]! |= bit
        frequencies[place] = frequency
        this.#lengths[place] = lengths[at]!
      } else {
        frequencies[place]! += frequency
      }
    }
    cursor.stopAt(at)
  }
}

/** Takes the postings of a cursor's block that lie in the window `[start, end)` into account. */
type FillBlock = (cursor: PostingCursor, start: number, end: number, bits: Uint32Array) => void

/** Only marks which chunks there are. */
function markBlock(cursor: PostingCursor, start: number, end: number, bits: Uint32Array): void {
  const { chunks, size } = cursor.postings.block
  let at = cursor.at
  for (; at < size && chunks[at]! < end; at++) {
    const place = chunks[at]! - start
    bits[place >> 5]! |= 1 << (place & 31)
  }
  cursor.stopAt(at)
}
