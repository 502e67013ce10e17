import { expect, test } from 'vitest'
import { STAMP, stampOf, timesOf } from '../../src/crawl/file-stamp.ts'

const OF = { size: 5_000_000_000n, mtimeNs: -3n, ctimeNs: 1_764_000_000_123_456_789n, ino: 2n ** 64n - 2n }

test('a stamp tells two files apart by anything there is, and when they were changed', () => {
  const stamp = stampOf(OF)
  expect(stamp).toHaveLength(STAMP)
  expect(stampOf({ ...OF })).toBe(stamp)
  for (const [key, value] of Object.entries(OF))
    expect(stampOf({ ...OF, [key]: value + 1n }), key).not.toBe(stamp)
  expect(timesOf(stamp)).toEqual({ mtimeNs: -3n, ctimeNs: 1_764_000_000_123_456_789n })
})
