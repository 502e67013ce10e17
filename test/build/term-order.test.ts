import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TermTable } from '../../src/build/term-table.ts'

const terms = fc.oneof(
  fc.stringMatching(/^[ab.'09]{1,7}$/),
  fc.stringMatching(/^prefix[a-z]{0,3}$/),
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.constantFrom('é', 'éa', 'e', '鯨', '鯨魚', '\ud83d\ude00', '\uffee', 'a\ud83d', 'a_b', 'A'),
)

test('terms are put in the order of their units, whatever they begin with and however many begin alike', () => {
  fc.assert(
    fc.property(fc.array(terms, { maxLength: 300 }), fc.nat(), (list, from) => {
      const table = new TermTable()
      for (const term of list) table.numberOf(term)
      const known = from % (table.length + 1)
      const all = Array.from({ length: table.length }, (_, number) => table.at(number)!)
      const ordered = [...table.ascending(known)].map(number => table.at(number))
      expect(ordered).toEqual(all.slice(known).toSorted())
    }),
  )
})
