import { expect, test } from 'vitest'
import { ReaderTerms } from '../../src/build/reader-terms.ts'
import { TermTable } from '../../src/build/term-table.ts'

test('what readers number each in its own way has one number, also when they have begun anew', () => {
  const terms = new ReaderTerms(false)
  const tell = (reader: number, table: TermTable, from: number, words: string[]) => {
    for (const word of words) table.numberOf(word)
    const { table: which, numbers } = terms.learn(reader, table.packed(from))
    return { which, words: words.map(word => terms.all.at(numbers.values[table.numberOf(word)]!)) }
  }
  const [one, other] = [new TermTable(), new TermTable()]
  expect(tell(0, one, 0, ['b', 'c'])).toEqual({ which: 0, words: ['b', 'c'] })
  expect(tell(1, other, 0, ['c', 'a'])).toEqual({ which: 1, words: ['c', 'a'] })
  expect(tell(0, one, 2, ['c', 'd', 'a'])).toEqual({ which: 0, words: ['c', 'd', 'a'] })
  one.clear()
  expect(tell(0, one, 0, ['d', 'b'])).toEqual({ which: 2, words: ['d', 'b'] })
  expect(terms.all.length).toBe(4)
  // b, c, a, d by their places.
  const placed = terms.placed(Int32Array.of(1, 2, 0, 3))
  expect(placed.map(table => [...table])).toEqual([
    [1, 2, 3, 0],
    [2, 0],
    [3, 1],
  ])
})
