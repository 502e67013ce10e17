import { DeflateRaw, InflateRaw } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { deflate, deflateEach, inflate, inflaterWith } from '../../src/segment/platform.ts'

interface Stream {
  readonly prototype: { _processChunk: unknown }
}

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

const [{ prototype }, { prototype: inflatePrototype }] = [DeflateRaw, InflateRaw] as unknown as [
  Stream,
  Stream,
]
afterEach(() => {
  for (const each of [prototype, inflatePrototype]) Reflect.deleteProperty(each, '_processChunk')
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

test('one decompressor undoes many pieces, large ones and damaged ones among them, as a new one each would', () => {
  const { pieces, dictionary } = piecesAndDictionary()
  const large = new Uint8Array(1 << 17).fill(7)
  const undo = inflaterWith(dictionary)
  for (const piece of [...pieces.slice(0, 30), large, ...pieces.slice(30, 40)]) {
    const compressed = deflate(piece, dictionary)
    expect(Buffer.compare(undo(compressed, piece.length), piece)).toBe(0)
    expect(() => undo(compressed.subarray(0, compressed.length >> 1), piece.length)).toThrow()
    expect(() => undo(compressed, piece.length - 1)).toThrow(RangeError)
    expect(() => undo(deflate(large, dictionary), 100)).toThrow(RangeError)
  }
})

test('a Node without what that takes undoes them all the same', () => {
  const { pieces, dictionary } = piecesAndDictionary()
  const compressed = deflated(pieces, dictionary)
  inflatePrototype._processChunk = undefined
  const undo = inflaterWith(dictionary)
  expect(compressed.map((each, at) => Buffer.from(undo(each, pieces[at]!.length)))).toEqual(pieces)
})
