import { expect, test } from 'vitest'
import { PlaceLookup } from '../../src/build/placed-terms.ts'
import { ReaderTerms } from '../../src/build/reader-terms.ts'
import { TermTable } from '../../src/build/term-table.ts'

const inMemory = { keep: (rows: Uint16Array) => rows.slice() }

test('what readers number each in its own way has one place, also when they have begun anew', () => {
  const terms = new ReaderTerms(inMemory)
  /** Tells the terms from a number on; each of the words has ten rows. */
  const tell = (reader: number, table: TermTable, from: number, words: string[]) => {
    const marked = Int32Array.from(words, word => table.numberOf(word))
    const offsets = Int32Array.from({ length: words.length + 1 }, (_, mark) => 10 * mark)
    return terms.learn(reader, table.packed(from), { marked, offsets })
  }
  const [one, other] = [new TermTable(), new TermTable()]
  expect(tell(0, one, 0, ['b', 'c'])).toBe(0)
  expect(tell(1, other, 0, ['c', 'a'])).toBe(1)
  expect(tell(0, one, 2, ['c', 'd', 'a'])).toBe(0)
  one.clear()
  expect(tell(0, one, 0, ['d', 'b'])).toBe(2)
  const sizes: number[] = []
  const tables = terms.placed(size => sizes.push(size))
  expect([...terms]).toEqual(['a', 'b', 'c', 'd'])
  expect(sizes).toEqual([20, 20, 30, 20])
  const lookup = new PlaceLookup()
  expect(tables.map(table => [...lookup.placesOf(table, 0, 4)].slice(0, table.length))).toEqual([
    [1, 2, 3, 0],
    [2, 0],
    [3, 1],
  ])
})
