import { expect, test } from 'vitest'
import { ListPacker, unpackLists } from '../../src/build/packed-lists.ts'
import { chunksOf, type EncodedList, unitsOf } from '../../src/segment/encoded-list.ts'
import { PostingBlock } from '../../src/segment/posting.ts'
import { PostingEncoder } from '../../src/segment/posting-encoder.ts'

/** A list of every so-maniest chunk. */
function encode(encoder: PostingEncoder, postings: number, gap: number): EncodedList {
  for (let at = 0; at < postings; at++)
    encoder.add(at * gap, at % 60, 2, 1, 0, Int32Array.of(at, at + 900, 3), 0)
  return encoder.finish()
}

/** What a list says; its units as they will stand. */
const told = ({ pieces, ...list }: EncodedList) => ({
  ...list,
  bytes: list.inline ? [...pieces[0]!] : [...unitsOf({ pieces, ...list })].map(unit => [...unit]),
})

const SIZES = [3, 1, 200, 90_000, 400, 120_000, 100_000, 2, 70_000]

test('short and long lists come out as they went in', () => {
  const encoder = new PostingEncoder()
  const packer = new ListPacker()
  const encoded = SIZES.map((size, number) => told(encode(encoder, size, number + 1)))
  for (let time = 0; time < 2; time++) {
    for (const [number, size] of SIZES.entries()) packer.add(encode(encoder, size, number + 1))
    const packed = packer.take()
    // A long list is not copied: it has pieces of its own.
    expect(packed.pieces.length).toBeGreaterThan(9)
    expect([...unpackLists(packed)].map(told)).toEqual(encoded)
  }
  expect(packer.take()).toMatchObject({ pieces: [] })
})

test('the chunks of a list can be read out of it', () => {
  const encoder = new PostingEncoder()
  for (const [number, size] of SIZES.entries()) {
    const gap = number + 1
    let next = 0
    for (const chunks of chunksOf(encode(encoder, size, gap), new PostingBlock()))
      for (const chunk of chunks) if (chunk !== gap * next++) throw new Error(`not ${chunk}`)
    expect(next).toBe(size)
  }
})
