import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as node from '../../src/segment/platform.ts'
import * as web from '../../src/segment/platform-web.ts'

test('a browser has the checksums and the inflation of Node', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 3000 }),
      fc.uint8Array({ minLength: 1, maxLength: 300 }),
      fc.nat({ max: 0xffffffff }),
      (bytes, shared, seed) => {
        expect(web.crc32(bytes, seed)).toBe(node.crc32(bytes, seed))
        expect(web.inflate(node.deflate(bytes), bytes.length)).toEqual(bytes)
        const both = Uint8Array.of(...shared, ...bytes, ...shared)
        const deflated = node.deflate(both, shared)
        expect(web.inflate(deflated, both.length, shared)).toEqual(both)
        expect(node.inflate(deflated, both.length, shared)).toEqual(both)
      },
    ),
  )
})

test('inflating gives no more than was promised, and throws on what is no stream', () => {
  const zeros = node.deflate(new Uint8Array(1 << 20))
  expect(() => web.inflate(zeros, 100)).toThrow()
  expect(() => web.inflate(Uint8Array.of(7, 7, 7), 100)).toThrow()
})
