/** Each measure against sums done by hand, and the laws they share. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  averagePrecision,
  MEASURES,
  meansOf,
  measure,
  ndcg,
  precision,
  recall,
  reciprocalRank,
} from '../../src/eval/measures.ts'

/** a is the best, b and c are relevant, d was judged and is not. */
const judged = new Map([
  ['a', 3],
  ['b', 1],
  ['c', 2],
  ['d', 0],
])
const ranking = ['x', 'b', 'd', 'a', 'y']

test('nDCG: gains over log2(rank + 1), over those of the best order', () => {
  // b at rank 2: 1 / log2(3); a at rank 4: 3 / log2(5). Best: a, c, b: 3 / 1 + 2 / log2(3) + 1 / 2.
  const gained = 1 / Math.log2(3) + 3 / Math.log2(5)
  const best = 3 + 2 / Math.log2(3) + 1 / 2
  expect(ndcg(ranking, judged, 10)).toBeCloseTo(gained / best, 12)
  expect(gained / best).toBeCloseTo(0.4038, 4)
  // Cut at 2, both: b alone, over a and c.
  expect(ndcg(ranking, judged, 2)).toBeCloseTo(1 / Math.log2(3) / (3 + 2 / Math.log2(3)), 12)
  expect(ndcg(['a', 'c', 'b'], judged, 10)).toBe(1)
})

test('nDCG: a judgement below 0 gains nothing and costs nothing', () => {
  expect(
    ndcg(
      ['s', 'a'],
      new Map([
        ['a', 1],
        ['s', -2],
      ]),
      10,
    ),
  ).toBeCloseTo(1 / Math.log2(3), 12)
})

test('average precision: over all relevant documents, found or not', () => {
  // b at 2: 1/2; a at 4: 2/4; c never: (1/2 + 1/2 + 0) / 3.
  expect(averagePrecision(ranking, judged)).toBeCloseTo(1 / 3, 12)
})

test('reciprocal rank: the first relevant one, at whatever rank', () => {
  expect(reciprocalRank(ranking, judged)).toBe(1 / 2)
  expect(reciprocalRank(['x', 'd'], judged)).toBe(0)
})

test('precision counts ranks that are empty; recall counts documents that were not found', () => {
  expect(precision(ranking, judged, 10)).toBe(2 / 10)
  expect(precision(ranking, judged, 2)).toBe(1 / 2)
  expect(recall(ranking, judged, 100)).toBeCloseTo(2 / 3, 12)
  expect(recall(ranking, judged, 3)).toBeCloseTo(1 / 3, 12)
})

test('without a relevant document everything is 0, and the mean of nothing is 0', () => {
  expect(new Set(Object.values(measure(ranking, new Map([['a', 0]]))))).toEqual(new Set([0]))
  expect(new Set(Object.values(meansOf([])))).toEqual(new Set([0]))
})

test('every measure lies in [0, 1], is 1 or as high as can be for the best order, and never gains by a swap for the worse', () => {
  const ids = [...'abcdefghij']
  const judgements = fc
    .array(fc.integer({ min: 0, max: 3 }), { minLength: ids.length, maxLength: ids.length })
    .map(values => new Map(ids.map((id, at) => [id, values[at]!])))
  const order = fc.shuffledSubarray(ids, { minLength: ids.length })
  fc.assert(
    fc.property(judgements, order, fc.nat(8), (judgements, order, at) => {
      for (const value of Object.values(MEASURES)) {
        const found = value(order, judgements)
        expect(found).toBeGreaterThanOrEqual(0)
        expect(found).toBeLessThanOrEqual(1 + 1e-12)
        const best = [...ids].sort((a, b) => judgements.get(b)! - judgements.get(a)!)
        expect(value(best, judgements)).toBeGreaterThanOrEqual(found - 1e-12)
        const swapped = [...order]
        ;[swapped[at], swapped[at + 1]] = [swapped[at + 1]!, swapped[at]!]
        const better = judgements.get(swapped[at]!)! > judgements.get(order[at]!)!
        if (better) expect(value(swapped, judgements)).toBeGreaterThanOrEqual(found - 1e-12)
      }
    }),
  )
})
