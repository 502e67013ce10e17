import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nthOf } from '../../src/search/nth.ts'

test('the number that would stand at a place, were they sorted; the same numbers are left', () => {
  const number = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ noNaN: true }))
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 300 }), fc.nat(), (all, place) => {
      const numbers = Float64Array.from(all)
      const sorted = numbers.slice().sort()
      expect(nthOf(numbers, place % all.length) === sorted[place % all.length]).toBe(true)
      expect(numbers.sort()).toEqual(sorted)
    }),
    { numRuns: 500 },
  )
})

test('many that are already in order, or all the same, take no longer', () => {
  const inOrder = Float64Array.from({ length: 300_000 }, (_, at) => at)
  expect(nthOf(inOrder, 100_000)).toBe(100_000)
  expect(nthOf(inOrder.reverse(), 7)).toBe(7)
  expect(nthOf(new Float64Array(300_000).fill(2), 5)).toBe(2)
})
