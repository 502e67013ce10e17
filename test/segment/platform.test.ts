import { DeflateRaw } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { deflate, deflateEach, inflate } from '../../src/segment/platform.ts'

/** What becomes of each piece. */
function deflated(pieces: readonly Uint8Array[], dictionary?: Uint8Array): Uint8Array[] {
  const all: Uint8Array[] = []
  deflateEach(pieces, dictionary, (compressed, place) => {
    all[place] = Uint8Array.from(compressed)
  })
  return all
}

/** Pieces of some kilobytes, of lines that they share with a dictionary, many of them with its end. */
function piecesAndDictionary() {
  const lines = Array.from({ length: 200 }, (_, line) => `line ${line * 7919} of many, as said of ${line}\n`)
  const text = (from: number, count: number, step: number) =>
    Buffer.from(Array.from({ length: count }, (_, at) => lines[(from + at * step) % 200]).join(''))
  const pieces = Array.from({ length: 120 }, (_, number) => text(number, 20 + ((number * 37) % 90), number))
  return { pieces, dictionary: text(0, 300, 13) }
}

const { prototype } = DeflateRaw as unknown as { prototype: { _processChunk: unknown } }
afterEach(() => {
  Reflect.deleteProperty(prototype, '_processChunk')
})

test('many pieces become what each becomes by itself', () => {
  const { pieces, dictionary } = piecesAndDictionary()
  for (const shared of [dictionary, undefined])
    expect(deflated(pieces, shared)).toEqual(pieces.map(piece => Uint8Array.from(deflate(piece, shared))))
})

test('a Node without what that takes compresses them all the same', () => {
  const { pieces, dictionary } = piecesAndDictionary()
  const before = deflated(pieces, dictionary)
  prototype._processChunk = undefined
  expect(deflated(pieces, dictionary)).toEqual(before)
})

test('whatever the pieces are, they are got back', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 5000 }),
    fc.integer({ min: 1, max: 70_000 }).map(length => new Uint8Array(length)),
  )
  fc.assert(
    fc.property(
      fc.array(bytes, { maxLength: 6 }),
      fc.uint8Array({ minLength: 1, maxLength: 300 }),
      (pieces, shared) => {
        const back = deflated(pieces, shared).map((piece, at) => inflate(piece, pieces[at]!.length, shared))
        expect(Buffer.concat(back).equals(Buffer.concat(pieces))).toBe(true)
      },
    ),
  )
})
