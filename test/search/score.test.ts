/** Scores are rounded to nine digits, by whichever way is shortest. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rounded } from '../../src/search/score.ts'

test('a score is rounded as its decimal digits are', () => {
  const score = fc.oneof(
    fc.double({ min: 0, max: 2000, noNaN: true }),
    fc.integer({ min: 1, max: 2 ** 31 - 1 }).map(digits => digits / 1e7),
    // In the middle of two, or nearly.
    fc.integer({ min: 1, max: 2 ** 31 - 1 }).map(digits => (digits + 0.5) / 1e8),
    fc.constantFrom(0, 0.01, 0.1, 1, 10, 100, 1000, 9.9999999999, 0.09999999999, 99.99999995, 1e9, 1e-300),
  )
  fc.assert(
    fc.property(score, value => {
      expect(rounded(value)).toBe(Number(value.toPrecision(9)))
    }),
    { numRuns: 5000 },
  )
})
