/** The pool keeps the best chunks, whatever the order they come in, and however many are as good as the worst of them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Pool } from '../../src/search/pool.ts'
import { rounded } from '../../src/search/score.ts'

interface Offered {
  readonly score: number
  readonly order: number
}

/** Scores that are often the same, or the same but for what rounding leaves of them. */
const score = fc.oneof(
  fc.integer({ min: 0, max: 3 }).map(whole => whole / 3),
  fc.integer({ min: 0, max: 40 }).map(step => 1 + step * 3e-10),
  fc.double({ min: 0, max: 20, noNaN: true }),
)
const offers = fc
  .array(score, { maxLength: 400 })
  .chain(scores =>
    fc
      .shuffledSubarray([...scores.keys()], { minLength: scores.length })
      .map(orders => scores.map((score, at) => ({ score, order: orders[at]! }))),
  )

/** The same by sorting all of them. */
function best(all: readonly Offered[], capacity: number): Offered[] {
  return all.toSorted((a, b) => rounded(b.score) - rounded(a.score) || a.order - b.order).slice(0, capacity)
}

/** Offers all, as stage 1 does; gives what the pool has kept. */
function kept(all: readonly Offered[], capacity: number): unknown[] {
  const pool = new Pool(Math.min(capacity, all.length), 2, all.length)
  for (const { score, order } of all) {
    if (score < pool.floor) continue
    const slot = pool.offer(score, order, order % 3, order + 5)
    if (slot < 0) continue
    pool.frequencies[slot * 2 + 1] = order
    pool.lengths[slot] = order & 63
  }
  return pool.sorted(1).map(({ frequencies, ...rest }) => ({ ...rest, frequencies: [...frequencies] }))
}

function whole({ score, order }: Offered): unknown {
  const frequencies = [0, order]
  return { score, order, segment: order % 3, chunk: order + 5, length: order & 63, frequencies }
}

test('keeps the best, with what is known of each', () => {
  fc.assert(
    fc.property(offers, fc.integer({ min: 0, max: 60 }), (all, capacity) => {
      expect(kept(all, capacity)).toEqual(best(all, capacity).map(whole))
    }),
    { numRuns: 1000 },
  )
})

test('of many that are as good, the first in the index stay', () => {
  const all = Array.from({ length: 5000 }, (_, order) => ({
    score: order % 7 === 0 ? 2 : 1,
    order: (order * 2311) % 5000,
  }))
  expect(kept(all, 1000)).toEqual(best(all, 1000).map(whole))
})
