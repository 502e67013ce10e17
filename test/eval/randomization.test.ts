/** The p value: all ways to set the signs, counted by hand, and what drawn ones must come close to. */
import { expect, test } from 'vitest'
import { pairedP } from '../../src/eval/randomization.ts'

test('of three queries that all gained alike, two of eight ways are as far: all up, all down', () => {
  expect(pairedP([0.1, 0.1, 0.1])).toBe(2 / 8)
})

test('worked: differences 3, 1, -1 sum to 3; of the eight sums 5, 3, 3, 1 and their opposites six are as far', () => {
  expect(pairedP([3, 1, -1])).toBe(6 / 8)
})

test('queries without a difference have no say', () => {
  expect(pairedP([0.1, 0, 0.1, 0, 0.1])).toBe(2 / 8)
  expect(pairedP([0, 0])).toBe(1)
  expect(pairedP([])).toBe(1)
})

test('many queries are drawn: the same answer every time, near the exact one', () => {
  // Seventeen equal gains: only all up and all down are as far, 2 of 131,072 ways.
  const clear = pairedP(Array(17).fill(0.1))
  expect(clear).toBeLessThan(0.0002)
  expect(clear).toBeGreaterThan(0)
  expect(pairedP(Array(17).fill(0.1))).toBe(clear)
  // Twelve up and eight down: P(a binomial of 20 is 12 or more, or 8 or fewer) = 0.5034.
  const even = [...Array(12).fill(1), ...Array(8).fill(-1)]
  expect(pairedP(even)).toBeGreaterThan(0.49)
  expect(pairedP(even)).toBeLessThan(0.517)
})
