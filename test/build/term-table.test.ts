import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TermTable } from '../../src/build/term-table.ts'
import { feedTokens, tokenize } from '../../src/text/analyzer.ts'
import { termHash } from '../../src/text/term-hash.ts'

const texts = fc.array(
  fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom("Don't 3.14 DON'T", 'A a b', 'ﬁn É')),
)

test('a term has one number, however it is written and told, and is what the analyzer makes of it', () => {
  fc.assert(
    fc.property(texts, list => {
      const text = list.join(' ')
      const table = new TermTable()
      const numbers: number[] = []
      feedTokens(text, 0, text.length, {
        ascii(start, end, hash) {
          expect(hash).toBe(termHash(text.slice(start, end).toLowerCase()))
          numbers.push(table.numberOfAscii(text, start, end, hash))
        },
        other: term => numbers.push(table.numberOf(term)),
      })
      expect(numbers.map(number => table.terms[number])).toEqual(tokenize(text).map(({ term }) => term))
      expect(table.terms).toEqual([...new Set(table.terms)])
      expect(table.terms.map(term => table.numberOf(term))).toEqual([...table.terms.keys()])
    }),
  )
})

test('numbers stay as they are when there are many terms', () => {
  const table = new TermTable()
  for (let number = 0; number < 100_000; number++) expect(table.numberOf(`w${number}`)).toBe(number)
  const text = 'W99 w99999'
  expect(table.numberOfAscii(text, 0, 3, termHash('w99'))).toBe(99)
  expect(table.numberOfAscii(text, 4, 10, termHash('w99999'))).toBe(99_999)
})
