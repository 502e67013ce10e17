/**
 * Stage 1 evaluates a query tree over windows of 4,096 chunks. For each window every node has a bit and a score for
 * each chunk: an OR joins the bits of its children and adds their scores, an AND keeps what all have. Between windows
 * the tree says where the next match can be at the earliest, so that what lies between is skipped, and nothing that is
 * allocated grows with the corpus.
 *
 * The scoring rule is MiniSearch's: OR and AND add what their children score; what NOT excludes is gone; an AND that
 * fails adds nothing.
 */
import { END } from '../segment/posting-list.ts'
import type { Leaf } from './leaf.ts'
import type { Postings } from './postings.ts'
import { saturation } from './score.ts'

export const WINDOW = 4096
const WORDS = WINDOW / 32

/** Takes a leaf that counts for a chunk, its weighted frequency there, and the chunk's length code. */
export type Contribute = (leaf: Leaf, frequency: number, length: number) => void

/** A node of the tree over one segment. Windows come in ascending order and do not overlap. */
export abstract class Matcher {
  /** Which chunks of the window match: bit `n` is the chunk `n` after the window's first. */
  readonly bits = new Uint32Array(WORDS)
  /** Scores of the chunks that match; meaningless for others. */
  readonly scores = new Float64Array(WINDOW)

  /** About how many chunks match; for choosing an order. */
  abstract readonly estimate: number

  /** The earliest chunk, not before `from`, that may match; END where there is none. */
  abstract earliest(from: number): Promise<number>

  /** Evaluates the window `[start, end)`, at most WINDOW chunks. */
  abstract evaluate(start: number, end: number): Promise<void>

  /** Tells which leaves count for a matching chunk, given by its place in the window, and how often each occurs. */
  abstract contributions(place: number, contribute: Contribute): void

  has(place: number): boolean {
    return (this.bits[place >> 5]! & (1 << (place & 31))) !== 0
  }
}

/** A list of postings, and what an occurrence in it counts. */
export interface WeightedPostings {
  readonly postings: Postings
  readonly weight: number
}

/** A leaf: the union of the postings of its terms, each with its weight. */
export class LeafMatcher extends Matcher {
  readonly estimate: number
  readonly #leaf: Leaf
  readonly #cursors: PostingCursor[]
  readonly #norms: Float64Array
  readonly #frequencies = new Float64Array(WINDOW)
  readonly #lengths = new Uint8Array(WINDOW)
  /** Idf times boost: what a saturated frequency earns. */
  weight = 0

  /** `norms` are what each length code adds to BM25's denominator. */
  constructor(leaf: Leaf, lists: readonly WeightedPostings[], norms: Float64Array) {
    super()
    this.#leaf = leaf
    this.#cursors = lists.map(({ postings, weight }) => new PostingCursor(postings, weight))
    this.#norms = norms
    this.estimate = lists.reduce((sum, { postings }) => sum + postings.documentFrequency, 0)
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
    await this.#fill(start, end)
    this.#score()
  }

  #score(): void {
    const { bits, scores, weight } = this
    const frequencies = this.#frequencies
    const lengths = this.#lengths
    const norms = this.#norms
    for (let word = 0; word < WORDS; word++) {
      let rest = bits[word]!
      while (rest !== 0) {
        const place = (word << 5) | (31 - Math.clz32(rest & -rest))
        rest &= rest - 1
        scores[place] = weight * saturation(frequencies[place]!, norms[lengths[place]!]!)
      }
    }
  }

  /** How many of a segment's chunks have the leaf. Reads all postings where there are several lists, and goes back. */
  async countAll(chunks: number): Promise<number> {
    const plain = this.#leaf.fieldWeights.every(weight => weight > 0)
    if (plain && this.#cursors.length <= 1) return this.estimate
    let count = 0
    for (let start = await this.earliest(0); start < END; start = await this.earliest(start + WINDOW)) {
      await this.#fill(start, Math.min(start + WINDOW, chunks))
      count += countBits(this.bits)
    }
    for (const cursor of this.#cursors) cursor.rewind()
    return count
  }

  contributions(place: number, contribute: Contribute): void {
    contribute(this.#leaf, this.#frequencies[place]!, this.#lengths[place]!)
  }

  async #fill(start: number, end: number): Promise<void> {
    this.bits.fill(0)
    for (const cursor of this.#cursors) {
      if (cursor.chunk < start) await cursor.seek(start)
      while (cursor.chunk < end) {
        this.#fillFromBlock(cursor, start, end)
        if (cursor.usedUp) await cursor.nextBlock()
      }
    }
  }

  /** Adds the postings of the cursor's block that lie in the window. */
  #fillFromBlock(cursor: PostingCursor, start: number, end: number): void {
    const { bits } = this
    const frequencies = this.#frequencies
    const { chunks, size, lengths } = cursor.postings.block
    const [texts, headings, titles] = cursor.postings.block.frequencies as [
      Int32Array,
      Int32Array,
      Int32Array,
    ]
    const [ofText, ofHeading, ofTitle] = this.#leaf.fieldWeights as [number, number, number]
    let at = cursor.at
    for (; at < size && chunks[at]! < end; at++) {
      const frequency =
        cursor.weight * (texts[at]! * ofText + headings[at]! * ofHeading + titles[at]! * ofTitle)
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

/** Walks one list of postings. */
class PostingCursor {
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

/** Chunks that any child matches. */
export class OrMatcher extends Matcher {
  readonly estimate: number
  readonly #children: readonly Matcher[]

  constructor(children: readonly Matcher[]) {
    super()
    this.#children = children
    this.estimate = children.reduce((sum, child) => sum + child.estimate, 0)
  }

  async earliest(from: number): Promise<number> {
    let earliest = END
    for (const child of this.#children) earliest = Math.min(earliest, await child.earliest(from))
    return earliest
  }

  async evaluate(start: number, end: number): Promise<void> {
    const { bits } = this
    bits.fill(0)
    for (const child of this.#children) {
      await child.evaluate(start, end)
      for (let word = 0; word < WORDS; word++) bits[word]! |= child.bits[word]!
    }
    addScores(this, this.#children)
  }

  contributions(place: number, contribute: Contribute): void {
    for (const child of this.#children) if (child.has(place)) child.contributions(place, contribute)
  }
}

/** Chunks that all children match. */
export class AndMatcher extends Matcher {
  readonly estimate: number
  readonly #children: readonly Matcher[]
  /** Rarest first: what they leave out the others need not look at. */
  readonly #byEstimate: readonly Matcher[]

  constructor(children: readonly Matcher[]) {
    super()
    this.#children = children
    this.#byEstimate = children.toSorted((a, b) => a.estimate - b.estimate)
    this.estimate = this.#byEstimate[0]!.estimate
  }

  async earliest(from: number): Promise<number> {
    let candidate = from
    for (let agreed = 0; agreed < this.#byEstimate.length && candidate < END; ) {
      agreed = 0
      for (const child of this.#byEstimate) {
        const earliest = await child.earliest(candidate)
        if (earliest > candidate) {
          candidate = earliest
          break
        }
        agreed++
      }
    }
    return candidate
  }

  async evaluate(start: number, end: number): Promise<void> {
    const { bits } = this
    bits.fill(0xffffffff)
    let until = end
    for (const child of this.#byEstimate) {
      await child.evaluate(start, until)
      for (let word = 0; word < WORDS; word++) bits[word]! &= child.bits[word]!
      until = Math.min(until, start + lastBit(bits) + 1)
    }
    addScores(this, this.#children)
  }

  contributions(place: number, contribute: Contribute): void {
    for (const child of this.#children) child.contributions(place, contribute)
  }
}

/** Chunks that `include` matches and `exclude` does not. */
export class NotMatcher extends Matcher {
  readonly #include: Matcher
  readonly #exclude: Matcher

  constructor(include: Matcher, exclude: Matcher) {
    super()
    this.#include = include
    this.#exclude = exclude
  }

  get estimate(): number {
    return this.#include.estimate
  }

  earliest(from: number): Promise<number> {
    return this.#include.earliest(from)
  }

  async evaluate(start: number, end: number): Promise<void> {
    await this.#include.evaluate(start, end)
    await this.#exclude.evaluate(start, end)
    for (let word = 0; word < WORDS; word++)
      this.bits[word] = this.#include.bits[word]! & ~this.#exclude.bits[word]!
    this.scores.set(this.#include.scores)
  }

  contributions(place: number, contribute: Contribute): void {
    this.#include.contributions(place, contribute)
  }
}

/** Chunks given as ranges, at no score: every chunk of the segment, or those a filter lets through. */
export class RangeMatcher extends Matcher {
  readonly estimate: number
  readonly #ranges: readonly (readonly [start: number, end: number])[]
  #next = 0

  /** Ranges are half-open, ascending and disjoint. */
  constructor(ranges: readonly (readonly [start: number, end: number])[]) {
    super()
    this.#ranges = ranges
    this.estimate = ranges.reduce((sum, [start, end]) => sum + end - start, 0)
  }

  async earliest(from: number): Promise<number> {
    while (this.#next < this.#ranges.length && this.#ranges[this.#next]![1] <= from) this.#next++
    const range = this.#ranges[this.#next]
    return range ? Math.max(range[0], from) : END
  }

  async evaluate(start: number, end: number): Promise<void> {
    this.bits.fill(0)
    this.scores.fill(0)
    await this.earliest(start)
    for (let number = this.#next; number < this.#ranges.length; number++) {
      const [first, last] = this.#ranges[number]!
      if (first >= end) break
      setBits(this.bits, Math.max(first, start) - start, Math.min(last, end) - start)
    }
  }

  contributions(): void {}
}

/** No chunk: what a word that is in no dictionary matches. */
export class NoneMatcher extends Matcher {
  readonly estimate = 0

  async earliest(): Promise<number> {
    return END
  }

  async evaluate(): Promise<void> {
    this.bits.fill(0)
  }

  contributions(): void {}
}

/** Sums the children's scores, in their order, for the chunks the node matches. */
function addScores(node: Matcher, children: readonly Matcher[]): void {
  const { bits, scores } = node
  for (let word = 0; word < WORDS; word++) {
    let rest = bits[word]!
    while (rest !== 0) {
      const low = rest & -rest
      const place = (word << 5) | (31 - Math.clz32(low))
      rest &= rest - 1
      let score = 0
      for (const child of children) if ((child.bits[word]! & low) !== 0) score += child.scores[place]!
      scores[place] = score
    }
  }
}

/** Sets the bits `[from, to)`. */
function setBits(bits: Uint32Array, from: number, to: number): void {
  for (let place = from; place < to; ) {
    if ((place & 31) === 0 && to - place >= 32) {
      bits[place >> 5] = 0xffffffff
      place += 32
    } else {
      bits[place >> 5]! |= 1 << (place & 31)
      place++
    }
  }
}

function lastBit(bits: Uint32Array): number {
  for (let word = WORDS - 1; word >= 0; word--) {
    if (bits[word] !== 0) return word * 32 + 31 - Math.clz32(bits[word]!)
  }
  return -1
}

/** Bits set in all. */
export function countBits(bits: Uint32Array): number {
  let count = 0
  for (let word = 0; word < bits.length; word++) {
    let rest = bits[word]!
    rest -= (rest >>> 1) & 0x55555555
    rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333)
    count += Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
  }
  return count
}
