import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ByteWriter } from '../../src/segment/bytes.ts'
import { packedBytes, readPacked, skipPacked, writePacked } from '../../src/segment/packed.ts'

function pack(values: readonly number[]): Uint8Array {
  const out = new ByteWriter()
  const overflow = new ByteWriter()
  writePacked(out, overflow, Int32Array.from(values), values.length)
  expect(packedBytes(out.view(), 0, values.length)).toBe(out.length)
  out.raw(overflow.view())
  return out.copy()
}

test('numbers come back as they were packed, and nothing is left over', () => {
  const small = fc.nat({ max: 9 })
  const any = fc.nat({ max: 0x7fffffff })
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 9, arbitrary: small }, { weight: 1, arbitrary: any })),
      values => {
        const bytes = pack(values)
        const read = new Int32Array(values.length)
        const end = readPacked(bytes, 0, packedBytes(bytes, 0, values.length), read, values.length)
        expect([...read]).toEqual(values)
        expect(end).toBe(bytes.length)
      },
    ),
  )
})

test('a part of them can be read, those before it passed over', () => {
  const any = fc.oneof({ weight: 9, arbitrary: fc.nat({ max: 9 }) }, { weight: 1, arbitrary: fc.nat() })
  fc.assert(
    fc.property(fc.array(any, { minLength: 1 }), fc.nat(), fc.nat(), (values, one, other) => {
      const bytes = pack(values)
      const [first, end] = [one, other].map(each => each % (values.length + 1)).sort((a, b) => a - b)
      const overflow = packedBytes(bytes, 0, values.length)
      const read = new Int32Array(values.length)
      const rest = readPacked(bytes, 0, skipPacked(bytes, 0, overflow, first!, 0), read, end!, first)
      expect([...read.subarray(first, end)]).toEqual(values.slice(first, end))
      expect(skipPacked(bytes, 0, rest, values.length, end!)).toBe(bytes.length)
    }),
  )
})

test('numbers of two bits take little more than two bits', () => {
  expect(pack(Array(256).fill(2)).length).toBe(65)
})

test('a width that is none is damage', () => {
  expect(() => packedBytes(Uint8Array.of(25), 0, 1)).toThrow(expect.objectContaining({ code: 'damaged' }))
  expect(() => packedBytes(new Uint8Array(), 0, 1)).toThrow(expect.objectContaining({ code: 'damaged' }))
})
