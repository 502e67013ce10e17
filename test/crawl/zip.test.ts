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
