import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changedBefore, STAMP, stampOf, timesOf } from '../../src/crawl/file-stamp.ts'

const OF = { size: 5_000_000_000n, mtimeNs: -3n, ctimeNs: 1_764_000_000_123_456_789n, ino: 2n ** 64n - 2n }

test('a stamp tells two files apart by anything there is, and when they were changed', () => {
  const stamp = stampOf(OF)
  expect(stamp).toHaveLength(STAMP)
  expect(stampOf({ ...OF })).toBe(stamp)
  for (const [key, value] of Object.entries(OF))
    expect(stampOf({ ...OF, [key]: value + 1n }), key).not.toBe(stamp)
  expect(timesOf(stamp)).toEqual({ mtimeNs: -3n, ctimeNs: 1_764_000_000_123_456_789n })
})

test('a time by which a file had been changed is never too early, and a few seconds too late at the most', () => {
  const time = fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n })
  fc.assert(
    fc.property(time, time, (mtimeNs, ctimeNs) => {
      const exact = Number(mtimeNs > ctimeNs ? mtimeNs : ctimeNs)
      const by = changedBefore(stampOf({ ...OF, mtimeNs, ctimeNs }))
      expect(by).toBeGreaterThanOrEqual(exact)
      expect(by).toBeLessThanOrEqual(exact + 5e9)
    }),
  )
})
