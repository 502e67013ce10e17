/**
 * The best chunks found so far: a heap of bounded size whose root is the worst of them. Better is the higher score (to
 * nine digits), then the earlier place; so the pool holds the same chunks in whatever order they came.
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
  readonly #size: number
  readonly #heap: Candidate[] = []

  constructor(size: number) {
    this.#size = size
  }

  /** Whether a chunk of this score and order would get in: asked before the candidate is made. */
  takes(score: number, order: number): boolean {
    const worst = this.#heap[0]
    return (
      worst === undefined || this.#heap.length < this.#size || better(score, order, worst.score, worst.order)
    )
  }

  add(candidate: Candidate): void {
    const heap = this.#heap
    if (heap.length < this.#size) {
      heap.push(candidate)
      this.#up(heap.length - 1)
    } else {
      heap[0] = candidate
      this.#down(0)
    }
  }

  /** The candidates, best first. */
  sorted(): Candidate[] {
    return this.#heap.toSorted((a, b) => (better(a.score, a.order, b.score, b.order) ? -1 : 1))
  }

  #up(start: number): void {
    const heap = this.#heap
    for (let at = start; at > 0; ) {
      const parent = (at - 1) >> 1
      if (!worse(heap[at]!, heap[parent]!)) return
      ;[heap[at], heap[parent]] = [heap[parent]!, heap[at]!]
      at = parent
    }
  }

  #down(start: number): void {
    const heap = this.#heap
    for (let at = start; ; ) {
      let worst = at
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && worse(heap[child]!, heap[worst]!)) worst = child
      }
      if (worst === at) return
      ;[heap[at], heap[worst]] = [heap[worst]!, heap[at]!]
      at = worst
    }
  }
}

function worse(a: Candidate, b: Candidate): boolean {
  return better(b.score, b.order, a.score, a.order)
}

/** Whether the first comes before the second. Rounding is slow, and needed only where the scores nearly agree. */
export function better(score: number, order: number, otherScore: number, otherOrder: number): boolean {
  const difference = score - otherScore
  if (Math.abs(difference) > 1e-7 * Math.abs(score)) return difference > 0
  const one = rounded(score)
  const other = rounded(otherScore)
  return one === other ? order < otherOrder : one > other
}
