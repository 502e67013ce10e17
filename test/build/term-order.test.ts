import fc from 'fast-check'
import { expect, test } from 'vitest'
import { termOrder } from '../../src/build/term-order.ts'
import { TermTable } from '../../src/build/term-table.ts'

test('terms come in the order of their units, from whichever on', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ unit: 'grapheme' }), { maxLength: 150 }),
      fc.nat(),
      (words, some) => {
        const table = new TermTable()
        for (const word of words) table.numberOf(word)
        const from = some % (words.length + 1)
        expect(Array.from(termOrder(table, from), term => words[term])).toEqual(words.slice(from).sort())
      },
    ),
  )
})
