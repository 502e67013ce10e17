import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TermTable } from '../../src/build/term-table.ts'
import { feedTokens, tokenize } from '../../src/text/analyzer.ts'

const texts = fc.array(
  fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom("Don't 3.14 DON'T", 'A a b', 'ﬁn É')),
)

function* allOf(table: TermTable): Generator<string> {
  for (let number = 0; number < table.length; number++) yield table.at(number)!
}

test('a term has one number, however it is written and told, and is what the analyzer makes of it', () => {
  fc.assert(
    fc.property(texts, list => {
      const text = list.join(' ')
      const table = new TermTable()
      const numbers: number[] = []
      feedTokens(text, 0, text.length, {
        ascii: (start, end) => numbers.push(table.numberOfAscii(text, start, end)),
        other: term => numbers.push(table.numberOf(term)),
      })
      expect(numbers.map(number => table.at(number))).toEqual(tokenize(text).map(({ term }) => term))
      const terms = [...allOf(table)]
      expect(terms).toEqual([...new Set(terms)])
      expect(terms.map(term => table.numberOf(term))).toEqual([...terms.keys()])
      expect([...terms.keys()].sort(table.compare).map(number => terms[number])).toEqual(terms.toSorted())
    }),
  )
})

test('numbers stay as they are when there are many terms', () => {
  const table = new TermTable()
  for (let number = 0; number < 100_000; number++) expect(table.numberOf(`w${number}`)).toBe(number)
  const text = 'W99 w99999'
  expect(table.numberOfAscii(text, 0, 3)).toBe(99)
  expect(table.numberOfAscii(text, 4, 10)).toBe(99_999)
})

test('terms are told to another, all of them or from one on', () => {
  const table = new TermTable()
  for (const term of ['été', 'a', 'whale', '鯨', '\ud83d\ude00']) table.numberOf(term)
  const other = new TermTable()
  other.numberOf('a')
  for (const from of [0, 3, 5]) {
    const { units, ends } = table.packed(from)
    const told = [...ends].map((end, at) => String.fromCharCode(...units.subarray(ends[at - 1] ?? 0, end)))
    const numbers = told.map(term => other.numberOf(term))
    expect(numbers.map(number => other.at(number))).toEqual([...allOf(table)].slice(from))
  }
  expect([...allOf(other)].sort()).toEqual([...allOf(table)].sort())
})
