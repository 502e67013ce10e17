import { expect, test } from 'vitest'
import { Zip } from '../../src/crawl/zip.ts'
import { archive } from '../document/archive.ts'

/** The archive with four bytes changed, counted from the first entry of its directory. */
function changed(bytes: Buffer, place: number, value: number): Buffer {
  const copy = Buffer.from(bytes)
  copy.writeUInt32LE(value, copy.indexOf('PK\x01\x02', 'latin1') + place)
  return copy
}

test('members are read and proved', () => {
  const zip = new Zip(archive({ 'a.txt': 'whale', 'b/ü.txt': 'x'.repeat(5000), 'b/': '' }))
  expect([...zip.members.keys()]).toEqual(['a.txt', 'b/ü.txt'])
  expect(zip.text('a.txt')).toBe('whale')
  expect(zip.text('b/ü.txt')).toHaveLength(5000)
  expect(zip.read('c')).toBeUndefined()
  expect(new Zip(archive({})).members.size).toBe(0)
})

test('no name leads out of the archive', () => {
  const zip = new Zip(archive({ '../../etc/passwd': 'x', '/abs/./a.txt': 'y', 'win\\dows.txt': 'z' }))
  expect([...zip.members.keys()]).toEqual(['etc/passwd', 'abs/a.txt', 'win/dows.txt'])
  expect(zip.text('etc/passwd')).toBe('x')
})

/** The same archive of one member as ZIP64 has it: every number that may be long is, in the directory and at its end. */
function asZip64(bytes: Buffer): Buffer {
  const start = bytes.indexOf('PK\x01\x02', 'latin1')
  const end = bytes.indexOf('PK\x05\x06', 'latin1')
  const [packed, size, offset] = [20, 24, 42].map(place => BigInt(bytes.readUInt32LE(start + place)))
  const extra = Buffer.alloc(36)
  extra.writeUInt32LE(0x7075 | (4 << 16)) // another field before it
  extra.writeUInt32LE(1 | (24 << 16), 8)
  for (const [number, value] of [size!, packed!, offset!].entries())
    extra.writeBigUInt64LE(value, 12 + 8 * number)
  const entry = Buffer.concat([bytes.subarray(start, end), extra])
  for (const place of [20, 24, 42]) entry.writeUInt32LE(0xffffffff, place)
  entry.writeUInt16LE(extra.length, 30)
  const longEnd = Buffer.alloc(56)
  longEnd.writeUInt32LE(0x06064b50)
  longEnd.writeBigUInt64LE(1n, 32)
  longEnd.writeBigUInt64LE(BigInt(start), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50)
  locator.writeBigUInt64LE(BigInt(start + entry.length), 8)
  const last = Buffer.from(bytes.subarray(end))
  last.fill(0xff, 8, 20)
  return Buffer.concat([bytes.subarray(0, start), entry, longEnd, locator, last])
}

test('ZIP64 is read, and what is broken in it refused', () => {
  const bytes = asZip64(archive({ 'a.txt': 'whale '.repeat(100) }))
  expect(new Zip(bytes).text('a.txt')).toHaveLength(600)
  const broken = (sign: string, place: number) => () => {
    const copy = Buffer.from(bytes)
    copy.writeUInt32LE(0xfffffff0, copy.indexOf(sign, 'latin1') + place)
    return new Zip(copy).read('a.txt')
  }
  const damaged = expect.objectContaining({ reason: 'damaged' })
  for (const [sign, place] of [
    ['PK\x06\x07', 8], // where its end is
    ['PK\x06\x07', 12],
    ['PK\x06\x06', 32], // how many members it has
    ['PK\x06\x06', 48], // where its directory is
  ] as const)
    expect(broken(sign, place)).toThrow(damaged)
  expect(broken('\x01\0\x18\0', 4)).toThrow(expect.objectContaining({ reason: 'over-limit' })) // its size
  expect(broken('\x01\0\x18\0', 20)).toThrow(damaged) // its place
})

test('what is broken, encrypted or would expand too far is refused', () => {
  const bytes = archive({ 'a.txt': 'whale '.repeat(1000) })
  const read = (broken: Buffer) => () => new Zip(broken).read('a.txt')
  const because = (reason: string) => expect.objectContaining({ reason })
  expect(read(bytes.subarray(0, -10))).toThrow(because('damaged'))
  expect(read(changed(bytes, 24, 10))).toThrow(because('damaged')) // a size that is a lie
  expect(read(changed(bytes, 16, 1))).toThrow(because('damaged')) // a checksum that does not hold
  expect(read(changed(bytes, 42, 9e6))).toThrow(because('damaged')) // a place outside
  expect(read(changed(bytes, 8, 0x80001))).toThrow(because('encrypted'))
  expect(read(changed(bytes, 24, 200 << 20))).toThrow(because('over-limit'))
  expect(() => new Zip(archive({ zeros: new Uint8Array(100 << 20) }))).toThrow(because('over-limit'))
})
