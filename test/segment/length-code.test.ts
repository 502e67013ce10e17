import { expect, test } from 'vitest'
import { LENGTHS, lengthCode } from '../../src/segment/length-code.ts'

test('short lengths are exact, longer ones off by 8 % at the most', () => {
  for (let tokens = 0; tokens <= 8000; tokens++) {
    const read = LENGTHS[lengthCode(tokens)]!
    if (tokens <= 16) expect(read).toBe(tokens)
    else expect(Math.abs(read - tokens) / tokens).toBeLessThanOrEqual(0.08)
  }
})

test('longer chunks never get a shorter length, and all fit six bits', () => {
  for (let tokens = 1; tokens <= 20_000; tokens++) {
    expect(lengthCode(tokens)).toBeGreaterThanOrEqual(lengthCode(tokens - 1))
  }
  expect(lengthCode(10_000_000)).toBe(63)
})
