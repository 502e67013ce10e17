/**
 * The best chunks found so far: a heap of bounded size whose root is the worst of them. Better is the higher score (to
 * nine digits), then the earlier place; so the pool holds the same chunks in whatever order they came. Columns of
 * numbers rather than objects: most chunks that get in are put out again, and would be garbage.
 */
import { rounded } from './score.ts'

/** A chunk in the pool. */
export interface Candidate {
  /** Place in the order of the index: by path, then by line. */
  readonly order: number
  readonly segment: number
  /** Number in its segment. */
  readonly chunk: number
  readonly score: number
  /** Length code of the chunk; 0 where no leaf counts. */
  readonly length: number
  /** Weighted frequency of each scored leaf; 0 where the leaf does not count. */
  readonly frequencies: Float64Array
}

export class Pool {
  /** Leaves of the query; each slot has as many frequencies. */
  readonly leaves: number
  /** Frequencies of all slots, side by side. */
  readonly frequencies: Float64Array
  /** Length code of the chunk in each slot. */
  readonly lengths: Uint8Array
  readonly #scores: Float64Array
  readonly #orders: Float64Array
  readonly #segments: Int32Array
  readonly #chunks: Int32Array
  /** Slots, as a heap: the worst first. */
  readonly #heap: Int32Array
  #size = 0

  constructor(capacity: number, leaves: number) {
    this.leaves = leaves
    this.frequencies = new Float64Array(capacity * leaves)
    this.lengths = new Uint8Array(capacity)
    this.#scores = new Float64Array(capacity)
    this.#orders = new Float64Array(capacity)
    this.#segments = new Int32Array(capacity)
    this.#chunks = new Int32Array(capacity)
    this.#heap = new Int32Array(capacity)
  }

  /**
   * Takes a chunk in if it is among the best so far; gives its slot, whose frequencies are 0 and for the caller to set,
   * or -1.
   */
  offer(score: number, order: number, segment: number, chunk: number): number {
    const full = this.#size === this.#heap.length
    const worst = this.#heap[0]!
    if (full && (this.#size === 0 || !better(score, order, this.#scores[worst]!, this.#orders[worst]!)))
      return -1
    const slot = full ? worst : this.#size
    this.#scores[slot] = score
    this.#orders[slot] = order
    this.#segments[slot] = segment
    this.#chunks[slot] = chunk
    this.lengths[slot] = 0
    this.frequencies.fill(0, slot * this.leaves, (slot + 1) * this.leaves)
    if (full) this.#down()
    else this.#up(slot)
    return slot
  }

  /** The candidates, best first, their scores times `factor`. */
  sorted(factor: number): Candidate[] {
    const slots = this.#heap.slice(0, this.#size).sort((a, b) => (this.#isWorse(b, a) ? -1 : 1))
    return Array.from(slots, slot => ({
      order: this.#orders[slot]!,
      segment: this.#segments[slot]!,
      chunk: this.#chunks[slot]!,
      score: this.#scores[slot]! * factor,
      length: this.lengths[slot]!,
      frequencies: this.frequencies.subarray(slot * this.leaves, (slot + 1) * this.leaves),
    }))
  }

  #isWorse(a: number, b: number): boolean {
    return better(this.#scores[b]!, this.#orders[b]!, this.#scores[a]!, this.#orders[a]!)
  }

  /** Puts a new slot in its place, from the end of the heap. */
  #up(slot: number): void {
    const heap = this.#heap
    let at = this.#size++
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.#isWorse(slot, heap[parent]!)) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = slot
  }

  /** Puts the slot at the root, whose chunk is another now, in its place. */
  #down(): void {
    const heap = this.#heap
    const slot = heap[0]!
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= this.#size) break
      if (child + 1 < this.#size && this.#isWorse(heap[child + 1]!, heap[child]!)) child++
      if (!this.#isWorse(heap[child]!, slot)) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = slot
  }
}

/** Whether the first comes before the second. Rounding is slow, and needed only where the scores nearly agree. */
function better(score: number, order: number, otherScore: number, otherOrder: number): boolean {
  if (score === otherScore) return order < otherOrder
  const difference = score - otherScore
  if (Math.abs(difference) > 1e-7 * Math.abs(score)) return difference > 0
  const one = rounded(score)
  const other = rounded(otherScore)
  return one === other ? order < otherOrder : one > other
}
