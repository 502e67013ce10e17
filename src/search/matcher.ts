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
import { lastBit, setBits, WINDOW, WORDS } from './bits.ts'
import type { Pool } from './pool.ts'

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

  /**
   * Writes to a slot of the pool how often each leaf that counts for a matching chunk occurs; `place` is in the window.
   * Called for thousands of chunks before V8 has made fast code of it: an iterator would cost more than all the rest.
   */
  abstract contribute(place: number, pool: Pool, slot: number): void

  has(place: number): boolean {
    return (this.bits[place >> 5]! & (1 << (place & 31))) !== 0
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

  contribute(place: number, pool: Pool, slot: number): void {
    const children = this.#children
    for (let number = 0; number < children.length; number++)
      if (children[number]!.has(place)) children[number]!.contribute(place, pool, slot)
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

  contribute(place: number, pool: Pool, slot: number): void {
    const children = this.#children
    for (let number = 0; number < children.length; number++) children[number]!.contribute(place, pool, slot)
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

  contribute(place: number, pool: Pool, slot: number): void {
    this.#include.contribute(place, pool, slot)
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

  contribute(): void {}
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

  contribute(): void {}
}

/** Sums the children's scores, in their order, for the chunks the node matches. */
function addScores(node: Matcher, children: readonly Matcher[]): void {
  const { bits, scores } = node
  scores.fill(0)
  for (let number = 0; number < children.length; number++) {
    const { bits: own, scores: added } = children[number]!
    for (let word = 0; word < WORDS; word++) {
      let rest = bits[word]! & own[word]!
      while (rest !== 0) {
        const place = (word << 5) | (31 - Math.clz32(rest & -rest))
        rest &= rest - 1
        scores[place]! += added[place]!
      }
    }
  }
}
