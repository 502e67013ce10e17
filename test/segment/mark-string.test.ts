import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Mark } from '../../src/document/marks.ts'
import { readMarks, writeMarks } from '../../src/segment/mark-string.ts'

test('marks come back as they were, and none take no byte', () => {
  expect(writeMarks([])).toHaveLength(0)
  expect(readMarks(new Uint8Array(0))).toEqual([])
  const mark = fc.record({
    line: fc.integer({ min: 1, max: 1e9 }),
    kind: fc.constantFrom('page', 'sheet', 'time'),
    value: fc.oneof(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), fc.string({ unit: 'grapheme' })),
  })
  fc.assert(
    fc.property(fc.array(mark), marks => {
      const sorted: Mark[] = marks.sort((a, b) => a.line - b.line)
      expect(readMarks(writeMarks(sorted))).toEqual(sorted)
    }),
  )
})

test('a thousand pages take three bytes each', () => {
  const pages = Array.from({ length: 1000 }, (_, n) => ({ line: 1 + 40 * n, kind: 'page', value: n + 1 }))
  expect(writeMarks(pages).length).toBeLessThan(3100)
})
