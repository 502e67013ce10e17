import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ShortTerms } from '../../src/build/short-terms.ts'

const halves = fc.nat(2 ** 30 - 1)

test('gives the number that was set last for a key, or says that it does not know it, and never that of another', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(halves, halves)), keys => {
      const terms = new ShortTerms()
      for (const [number, [high, low]] of keys.entries()) {
        terms.set(high, low, number)
        expect(terms.numberOf(high, low)).toBe(number)
      }
      for (const [number, [high, low]] of keys.entries()) {
        const found = terms.numberOf(high, low)
        if (found >= 0) expect(keys[found]).toEqual(keys[number])
      }
      terms.clear()
      for (const [high, low] of keys) expect(terms.numberOf(high, low)).toBe(-1)
    }),
  )
})

test('many of a few thousand are remembered at a time', () => {
  const terms = new ShortTerms()
  for (let key = 0; key < 5000; key++) terms.set(key % 40, key * 7919, key)
  let known = 0
  for (let key = 0; key < 5000; key++) if (terms.numberOf(key % 40, key * 7919) === key) known++
  expect(known).toBeGreaterThan(4000)
})
