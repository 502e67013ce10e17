/** Queries of words alone: the parser is done without, and what it says is not. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseQuery } from '../../src/search/parse.ts'
import { plainQuery } from '../../src/search/plain-query.ts'

/** What queries are typed of: words, and all that means something beside them. */
const piece = fc.oneof(
  fc.constantFrom(
    ...'\\"“”„«»()+-~^*?/:.,\'’& \t\u3000\u00a0\ufeff',
    'AND',
    'OR',
    'NOT',
    'NEAR',
    'NEAR/3',
    'title:',
  ),
  fc.constantFrom('memory', 'barrier', 'Été', '東京', 'C++', 'x86-64', '1.10', '~1', '^2', "don't", '😀'),
  fc.string({ unit: 'binary', maxLength: 3 }),
)
const query = fc
  .array(fc.tuple(piece, fc.constantFrom('', ' ')), { maxLength: 6 })
  .map(pieces => pieces.flat().join(''))

test('the tree of a plain query is the one the parser makes', () => {
  let plain = 0
  fc.assert(
    fc.property(query, fc.boolean(), (text, all) => {
      const tree = plainQuery(text, all)
      if (!tree) return
      plain++
      expect(tree).toEqual(parseQuery(text, { all }))
    }),
    { numRuns: 3000 },
  )
  expect(plain).toBeGreaterThan(300)
})

test.each([
  ['memory barrier', true],
  ["how do I lock a page? don't", true],
  ['x86-64 1.10, e.g. 50 %', true],
  ['', true],
  ['"page table"', false],
  ['mem*', false],
  ['w?ld', false],
  ['a -b', false],
  ['this OR that', false],
  ['title:page', false],
])('whether it is words alone: %s', (text, isPlain) => {
  expect(plainQuery(text) !== undefined).toBe(isPlain)
})
