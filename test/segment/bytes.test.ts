import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ByteReader, ByteWriter } from '../../src/segment/bytes.ts'

test('numbers and strings come back as they were written', () => {
  const number = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
  const text = fc.string({ unit: 'grapheme' })
  fc.assert(
    fc.property(fc.array(fc.oneof(number, text)), values => {
      const out = new ByteWriter(1)
      for (const value of values) typeof value === 'number' ? out.varint(value) : out.string(value)
      const reader = new ByteReader(out.copy())
      expect(values.map(value => (typeof value === 'number' ? reader.varint() : reader.string()))).toEqual(
        values,
      )
      expect(reader.done).toBe(true)
    }),
  )
})

test('reading past the end is damage, not a wrong value', () => {
  const out = new ByteWriter()
  out.string('whale')
  const cut = new ByteReader(out.view().subarray(0, 3))
  expect(() => cut.string()).toThrow(/ends before byte/)
  expect(() => new ByteReader(new Uint8Array()).varint()).toThrow(
    expect.objectContaining({ code: 'damaged' }),
  )
})

test('a byte-order mark inside a text survives', () => {
  const out = new ByteWriter()
  out.string('\ufeffwhale')
  expect(new ByteReader(out.view()).string()).toBe('\ufeffwhale')
})
