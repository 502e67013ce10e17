import { expect, test } from 'vitest'
import { fileSeed, openUnit, unitChecksum } from '../../src/segment/unit.ts'
import { withUnitFile } from './memory-file.ts'

const payload = Buffer.from('the page table lock')

function sealed(seed: number, offset: number): Uint8Array {
  const checksum = unitChecksum(payload, seed, offset)
  return Buffer.concat([payload, Uint8Array.of(checksum, checksum >>> 8, checksum >>> 16, checksum >>> 24)])
}

test('a unit opens in its own place and in no other', () => {
  const seed = fileSeed('one.seg')
  expect(openUnit(sealed(seed, 100), seed, 100, 'one.seg')).toEqual(payload)
  expect(() => openUnit(sealed(seed, 100), seed, 101, 'one.seg')).toThrow(/damaged.*byte 101/)
  expect(() => openUnit(sealed(fileSeed('two.seg'), 100), seed, 100, 'one.seg')).toThrow(/damaged/)
})

test('every changed bit is noticed', () => {
  const seed = fileSeed('one.seg')
  const unit = sealed(seed, 7)
  for (let bit = 0; bit < unit.length * 8; bit++) {
    const changed = Uint8Array.from(unit)
    changed[bit >> 3]! ^= 1 << (bit & 7)
    expect(() => openUnit(changed, seed, 7, 'one.seg')).toThrow(/damaged/)
  }
})

test('places outside the file are refused before anything is read', async () => {
  await withUnitFile(
    out => out.unit(payload),
    (file, at) => {
      expect(Buffer.from(file.read(at.offset, at.length) as Uint8Array)).toEqual(payload)
      expect(() => file.read(0, 2 ** 40)).toThrow(/points to/)
      expect(() => file.read(at.length - 2, 4)).toThrow(/points to/)
      expect(() => file.read(0, 0)).toThrow(/points to/)
    },
  )
})
