import fc from 'fast-check'
import { expect, test } from 'vitest'
import { logLikelihood } from '../../src/profile/keyness.ts'

test("the figures of Dunning's own table of word pairs", () => {
  // Occurrences of the pair, of the first word alone, of the second alone, of neither: "the swiss", "can be", "mineral water".
  const table = [
    [270.72, 110, 2442, 111, 29114],
    [263.9, 29, 13, 123, 31612],
    [167.23, 10, 0, 3, 31764],
  ] as const
  for (const [ratio, both, first, second, neither] of table)
    expect(logLikelihood(both, both + first, second, second + neither)).toBeCloseTo(ratio, 1)
})

test('it is never negative, nothing for equal rates, and more the further the rates are apart', () => {
  const tokens = fc.integer({ min: 1, max: 100_000 })
  fc.assert(
    fc.property(tokens, tokens, fc.double({ min: 0, max: 1, noNaN: true }), (n, other, share) => {
      const count = Math.round(share * n)
      const ratio = logLikelihood(count, n, 0, other)
      expect(ratio).toBeGreaterThanOrEqual(0)
      expect(logLikelihood(count, n, count, n)).toBeCloseTo(0, 6)
      if (count < n) expect(logLikelihood(count + 1, n, 0, other)).toBeGreaterThanOrEqual(ratio)
    }),
  )
})
