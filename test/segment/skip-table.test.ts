import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ByteWriter } from '../../src/segment/bytes.ts'
import { SkipTable } from '../../src/segment/skip-table.ts'
import { SEAL } from '../../src/segment/unit.ts'

/** A table as it is written: of each block the last chunk less that before, and the bytes of postings and positions. */
function tableOf(blocks: readonly (readonly [gap: number, postings: number, positions: number])[]) {
  const bytes = new ByteWriter()
  for (const numbers of blocks) for (const number of numbers) bytes.varint(number)
  return bytes.copy()
}

test('a table says where each block stands, and where the last one ends', () => {
  const bytes = tableOf([
    [300, 70, 9],
    [1, 80, 200],
  ])
  const table = SkipTable.read(bytes, 2, 1000, 5000, 'a.seg')
  expect([...table.lastChunks]).toEqual([299, 300])
  expect([...table.postings]).toEqual([1000, 1070 + SEAL, 1150 + 2 * SEAL])
  expect([...table.positions]).toEqual([5000, 5009 + SEAL, 5209 + 2 * SEAL])
})

test('from any block on, the first is found that may hold a chunk', () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(gaps, fc.nat(61), fc.nat(1300), (all, start, chunk) => {
      const table = SkipTable.read(tableOf(all.map(gap => [gap, 1, 1])), all.length, 0, 0, 'a.seg')
      const from = Math.min(start, all.length)
      const found = table.lastChunks.findIndex((last, number) => number >= from && last >= chunk)
      expect(table.find(chunk, from)).toBe(found < 0 ? all.length : found)
    }),
  )
})

test('the table of a list of fewer or more blocks is refused', () => {
  const bytes = tableOf([
    [300, 70, 9],
    [1, 80, 200],
  ])
  for (const length of [1, 3, 2 ** 40])
    expect(() => SkipTable.read(bytes, length, 0, 0, 'a.seg')).toThrow(
      expect.objectContaining({ code: 'damaged' }),
    )
})
