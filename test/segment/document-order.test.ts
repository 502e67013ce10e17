/** Places in the order of the index: runs of documents of several segments, mixed. */
import { expect, test } from 'vitest'
import { DocumentOrder } from '../../src/segment/document-order.ts'

test('the place of a chunk is the same in whatever order chunks are asked for', () => {
  // Of segment 0 the documents 0 and 2, between and before them some of segment 1.
  const order = new DocumentOrder(
    [
      [1, 0, 1, 0, 10],
      [0, 2, 1, 8, 4],
      [1, 1, 1, 10, 5],
      [0, 0, 1, 0, 5],
    ],
    2,
  )
  const ascending = order.places(0)
  const chunks = [0, 1, 4, 8, 11]
  const wanted = [19, 20, 23, 10, 13]
  expect(chunks.map(chunk => ascending.placeOf(chunk))).toEqual(wanted)
  const mixed = order.places(0)
  for (const at of [4, 0, 3, 1, 4, 2]) expect(mixed.placeOf(chunks[at]!)).toBe(wanted[at])
})
