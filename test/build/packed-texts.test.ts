import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TextPacker, unpackTexts } from '../../src/build/packed-texts.ts'

const texts = fc.array(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('\ud83d alone')))

test('texts come out as they went in, of one batch and of the next', () => {
  const packer = new TextPacker()
  fc.assert(
    fc.property(texts, list => {
      for (const text of list) packer.add(text, Buffer.byteLength(text) === text.length)
      expect([...unpackTexts(packer.take())]).toEqual(list)
    }),
  )
})

test('one that is longer than the memory there is makes room for itself', () => {
  const packer = new TextPacker()
  const list = ['short', 'x'.repeat(3 << 20), '鯨'.repeat(2 << 20)]
  for (const [number, text] of list.entries()) packer.add(text, number < 2)
  expect([...unpackTexts(packer.take())]).toEqual(list)
})
