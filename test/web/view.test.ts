import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asksAnything, EMPTY, fragmentOf, readView } from '../../src/web/view.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 20 })
const view = fc.record({
  query: text,
  path: text,
  where: text,
  all: fc.boolean(),
  exact: fc.boolean(),
  fuzzy: fc.boolean(),
  sort: fc.constantFrom('score' as const, 'path' as const),
  byDocument: fc.boolean(),
  document: fc.option(
    fc
      .record({ path: text, first: fc.nat({ max: 1e6 }), more: fc.nat({ max: 100 }) })
      .map(({ path, first, more }) => ({ path, first, last: first === 0 ? 0 : first + more })),
    { nil: undefined },
  ),
})

test('a view is what its fragment says', () => {
  fc.assert(
    fc.property(view, each => {
      expect(readView(fragmentOf(each))).toEqual(each)
    }),
  )
})

test('any fragment can be read', () => {
  fc.assert(
    fc.property(text, each => {
      expect(() => readView(`#${each}`)).not.toThrow()
    }),
  )
  expect(readView('')).toEqual({ ...EMPTY, document: undefined })
  expect(readView('#doc=a&lines=9-3').document).toEqual({ path: 'a', first: 9, last: 9 })
})

test('white space asks for nothing', () => {
  expect(asksAnything({ ...EMPTY, query: ' ' })).toBe(false)
  expect(asksAnything({ ...EMPTY, where: 'draft' })).toBe(true)
})
