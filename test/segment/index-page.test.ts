/** A page of a paged index gives back what was written, entry by entry, and no more than it can hold. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ByteWriter } from '../../src/segment/bytes.ts'
import { type Entry, type Key, pageOf, readPage, writePage } from '../../src/segment/index-page.ts'

const gap = fc.nat({ max: 2 ** 40 })

/** Entries in ascending order of their keys. */
function entriesOf<K extends Key>(keys: readonly K[], gaps: readonly number[][]): Entry<K>[] {
  let extra = 0
  let offset = 0
  return keys.map((key, at) => {
    extra += gaps[at]![0]!
    offset += gaps[at]![1]!
    return { key, extra, offset, length: gaps[at]![2]! }
  })
}

function readBack<K extends Key>(entries: readonly Entry<K>[], strings: boolean): Entry<K>[] {
  const out = new ByteWriter()
  writePage(out, entries)
  const page = readPage<K>(out.copy(), strings)
  return Array.from({ length: page.length }, (_, at) => {
    const entry = page.entry(at)
    expect([page.key(at), page.extra(at)]).toEqual([entry.key, entry.extra])
    return entry
  })
}

const strings = fc.uniqueArray(fc.string({ unit: 'grapheme' }), { maxLength: 128 })
const numbers = fc.uniqueArray(fc.nat({ max: 2 ** 31 - 1 }), { maxLength: 128 })
const gaps = fc.array(fc.tuple(gap, gap, gap), { minLength: 128, maxLength: 128 })

test('entries are as they were written, whatever their keys', () => {
  fc.assert(
    fc.property(strings, numbers, gaps, (words, places, some) => {
      const byWord = entriesOf(words.toSorted(), some)
      expect(readBack(byWord, true)).toEqual(byWord)
      const byPlace = entriesOf(
        places.toSorted((a, b) => a - b),
        some,
      )
      expect(readBack(byPlace, false)).toEqual(byPlace)
    }),
  )
})

test('a page that claims too much, or ends too soon, is damaged', () => {
  expect(() => readPage(Uint8Array.of(0x81, 1), false)).toThrow(/claims 129 entries/)
  expect(() => readPage(Uint8Array.of(1, 200), true)).toThrow(/ends before/)
  expect(() => readPage(Uint8Array.of(1, 3, 65), true)).toThrow(/ends before/)
})

test('a page may also be of entries that came by another way', () => {
  const entries = [{ key: 'a', extra: 1, offset: 2, length: 3 }]
  const page = pageOf(entries)
  expect([page.length, page.key(0), page.extra(0), page.entry(0)]).toEqual([1, 'a', 1, entries[0]])
})
