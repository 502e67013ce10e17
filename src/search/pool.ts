/**
 * The best chunks found so far. Better is the higher score (to nine digits), then the earlier place; so the pool holds the
 * same chunks in whatever order they came. Columns of numbers rather than objects: most chunks that get in are put out
 * again, and would be garbage. What gets in waits until there is room for no more, and is then thinned out: the best
 * of many are found faster than they could be kept in order one by one.
 */
import { nthOf } from './nth.ts'
import { rounded } from './score.ts'

/** Slots for each chunk that stays. */
const ROOM = 3
/** Scores that differ by a smaller share than this are compared to their nine digits. */
const NEARLY = 1e-7

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
  readonly frequencies: readonly number[]
}

export class Pool {
  /** Leaves of the query; each slot has as many frequencies. */
  readonly leaves: number
  /** Frequencies of all slots, side by side. */
  readonly frequencies: Float64Array
  /** Length code of the chunk in each slot. */
  readonly lengths: Uint8Array
  /** A score below which no chunk is taken in any more: asked first, it spares most of them being offered. */
  floor = Number.NEGATIVE_INFINITY
  readonly #capacity: number
  readonly #scores: Float64Array
  readonly #orders: Float64Array
  readonly #segments: Int32Array
  readonly #chunks: Int32Array
  /** All slots; those that are taken come first. */
  readonly #slots: Int32Array
  #size = 0
  /** The worst that stayed when places had to tell: what is no better need not come in. */
  #worst: { readonly score: number; readonly order: number } | undefined

  /** Keeps `capacity` chunks of the `most` there may be. */
  constructor(capacity: number, leaves: number, most: number) {
    const room = Math.min(ROOM * capacity, most)
    this.leaves = leaves
    this.frequencies = new Float64Array(room * leaves)
    this.lengths = new Uint8Array(room)
    this.#capacity = capacity
    this.#scores = new Float64Array(room)
    this.#orders = new Float64Array(room)
    this.#segments = new Int32Array(room)
    this.#chunks = new Int32Array(room)
    this.#slots = new Int32Array(room)
    for (let slot = 0; slot < room; slot++) this.#slots[slot] = slot
    if (capacity === 0) this.floor = Number.POSITIVE_INFINITY
  }

  /**
   * Takes a chunk in if it may be among the best; gives its slot, whose frequencies are 0 and for the caller to set, or
   * -1.
   */
  offer(score: number, order: number, segment: number, chunk: number): number {
    if (this.#size === this.#slots.length) this.#thinOut()
    if (score < this.floor || this.#size === this.#slots.length) return -1
    const worst = this.#worst
    if (worst && !better(score, order, worst.score, worst.order)) return -1
    const slot = this.#slots[this.#size++]!
    this.#scores[slot] = score
    this.#orders[slot] = order
    this.#segments[slot] = segment
    this.#chunks[slot] = chunk
    this.lengths[slot] = 0
    // A loop over so few costs less than the engine's own.
    for (let at = slot * this.leaves, end = at + this.leaves; at < end; at++) this.frequencies[at] = 0
    return slot
  }

  /** The candidates, best first, their scores times `factor`. */
  sorted(factor: number): Candidate[] {
    if (this.#size > this.#capacity) this.#leaveOutLow()
    const slots = this.#inOrder().subarray(0, this.#capacity)
    return Array.from(slots, slot => ({
      order: this.#orders[slot]!,
      segment: this.#segments[slot]!,
      chunk: this.#chunks[slot]!,
      score: this.#scores[slot]! * factor,
      length: this.lengths[slot]!,
      frequencies: this.#frequenciesIn(slot),
    }))
  }

  /** As an array of its own: a view of those of all slots would cost more than all else of a candidate. */
  #frequenciesIn(slot: number): number[] {
    const frequencies: number[] = []
    const first = slot * this.leaves
    for (let at = first; at < first + this.leaves; at++) frequencies.push(this.frequencies[at]!)
    return frequencies
  }

  /** Leaves no more than need be; by scores alone where that is enough. */
  #thinOut(): void {
    this.#leaveOutLow()
    if (this.#size < (this.#capacity * (1 + ROOM)) / 2) return
    // Many have nearly the same score: which of them stay, their places say.
    this.#slots.set(this.#inOrder())
    this.#size = this.#capacity
    const worst = this.#slots[this.#size - 1]!
    this.#worst = { score: this.#scores[worst]!, order: this.#orders[worst]! }
  }

  /** Frees the slots of chunks whose scores are too low, whatever their places. */
  #leaveOutLow(): void {
    const slots = this.#slots
    const scores = this.#scores
    const found = new Float64Array(this.#size)
    for (let at = 0; at < found.length; at++) found[at] = scores[slots[at]!]!
    const last = nthOf(found, found.length - this.#capacity)
    // What scores nearly the same as the last may still be better, for its place.
    const floor = last - 2 * NEARLY * Math.abs(last)
    let size = 0
    for (let at = 0; at < this.#size; at++) {
      const slot = slots[at]!
      if (scores[slot]! < floor) continue
      slots[at] = slots[size]!
      slots[size++] = slot
    }
    this.#size = size
    this.floor = floor
  }

  /** The slots that are taken, the best first: by scores, and those that nearly agree as {@link better} has it. */
  #inOrder(): Int32Array {
    const slots = this.#slots.slice(0, this.#size)
    const scores = this.#scores
    let best = 0
    for (const slot of slots) if (scores[slot]! > best) best = scores[slot]!
    const steps = 2 ** 52 / powerOver(slots.length)
    sortBy(slots, slot => (best > 0 ? Math.floor((1 - scores[slot]! / best) * steps) : 0))
    const step = (2 * best) / steps
    const isAlike = (one: number, other: number) => Math.abs(one - other) <= step || nearly(one, other)
    for (let from = 0, to = 1; from < slots.length; from = to++) {
      while (to < slots.length && isAlike(scores[slots[to - 1]!]!, scores[slots[to]!]!)) to++
      if (to - from > 1) this.#orderAlike(slots.subarray(from, to))
    }
    return slots
  }

  /** Puts slots in order whose scores nearly agree. Most are quite the same. */
  #orderAlike(slots: Int32Array): void {
    const scores = this.#scores
    const orders = this.#orders
    const one = scores[slots[0]!]!
    if (slots.every(slot => scores[slot] === one)) sortBy(slots, slot => orders[slot]!)
    else slots.sort((a, b) => (better(scores[a]!, orders[a]!, scores[b]!, orders[b]!) ? -1 : 1))
  }
}

/**
 * Sorts slots by keys, which are whole numbers: times the number of slots below 2^53. Of equals, any may come first. The
 * engine sorts plain numbers several times faster than it calls a comparison; so each says which slot it is of.
 */
function sortBy(slots: Int32Array, keyOf: (slot: number) => number): void {
  const room = powerOver(slots.length)
  const keys = new Float64Array(slots.length)
  for (let at = 0; at < keys.length; at++) keys[at] = keyOf(slots[at]!) * room + at
  keys.sort()
  const before = slots.slice()
  for (let at = 0; at < keys.length; at++)
    slots[at] = before[keys[at]! - Math.floor(keys[at]! / room) * room]!
}

/** The least power of two that is not below a number. */
function powerOver(number: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(number, 1)))
}

/** Whether only their nine digits tell two scores apart, if anything does. */
function nearly(score: number, other: number): boolean {
  return Math.abs(score - other) <= NEARLY * Math.abs(score)
}

/** Whether the first comes before the second. Rounding is slow, and needed only where the scores nearly agree. */
function better(score: number, order: number, otherScore: number, otherOrder: number): boolean {
  if (score === otherScore) return order < otherOrder
  if (!nearly(score, otherScore)) return score > otherScore
  const one = rounded(score)
  const other = rounded(otherScore)
  return one === other ? order < otherOrder : one > other
}
