/** Plans as the engine has them: never narrower than the plan, and told where wider. */
import { expect, test } from 'vitest'
import { matchExpression } from '../../src/cluster/match-expression.ts'
import type { Pattern, Plan } from '../../src/search/leaf.ts'
import { FIELD_WEIGHTS } from '../../src/search/score.ts'

const word = (...terms: string[]): Pattern => ({ kind: 'word', group: new Map(terms.map(term => [term, 1])) })
const phrase = (slop: number, ...groups: string[][]): Pattern => ({
  kind: 'phrase',
  slop,
  groups: groups.map(terms => new Map(terms.map(term => [term, 1]))),
})
const leaf = (pattern: Pattern, fieldWeights: readonly number[] = FIELD_WEIGHTS): Plan => ({
  kind: 'leaf',
  leaf: { label: '', pattern, fieldWeights, boost: 1 },
})
const all: Plan = { kind: 'all' }
const every = '(@mark Kchunk^0.0001)'

test.each<[string, Plan, string | undefined, boolean?]>([
  ['a word', leaf(word('sea')), 'sea', true],
  ['its forms', leaf(word('sea', 'seas')), '(sea | seas)', true],
  ['signs and capitals', leaf(word("don't")), 'donCHt', true],
  ['a phrase', leaf(phrase(0, ['the'], ['sea'])), '"the sea"', true],
  ['a phrase with forms', leaf(phrase(0, ['a', 'b'], ['c'])), '("a c" | "b c")', true],
  ['slop', leaf(phrase(2, ['a'], ['b'])), '(a NEAR/4 b)', false],
  [
    'near, of three',
    leaf({ kind: 'near', distance: 1, parts: [word('a'), word('b'), word('c')] }),
    '((a NEAR/5 b) (b NEAR/5 c))',
    false,
  ],
  ['a heading', leaf(word('sea'), [0, 2, 0]), '(@(heading) sea)', true],
  ['text alone', leaf(word('sea'), [1, 0, 0]), 'sea', false],
  ['both', { kind: 'and', children: [leaf(word('a')), leaf(word('b'))] }, '(a b)', true],
  ['either', { kind: 'or', children: [leaf(word('a')), leaf(word('b'))] }, '(a | b)', true],
  [
    'one, and gladly the other',
    { kind: 'and', children: [leaf(word('a')), { kind: 'or', children: [leaf(word('b')), all] }] },
    `(a (b | ${every}))`,
    true,
  ],
  ['not', { kind: 'not', include: all, exclude: leaf(word('a')) }, `(${every} -a)`, true],
  [
    'not what is asked too widely',
    { kind: 'not', include: leaf(word('a')), exclude: leaf(phrase(1, ['b'], ['c'])) },
    'a',
    false,
  ],
  ['nothing', { kind: 'and', children: [leaf(word('a')), { kind: 'none' }] }, undefined],
  ['no terms', leaf(word()), undefined],
  ['a filter', { kind: 'ranges', ranges: [] }, every, false],
])('%s', (_, plan, text, isExact) => {
  expect(matchExpression(plan)).toEqual(text === undefined ? undefined : { text, isExact })
})

test('words are told what they are worth', () => {
  const worthOf = (_: unknown, term: string) => (term === 'a' ? 2 : Number.POSITIVE_INFINITY)
  expect(matchExpression(leaf(word('a', 'b')), { worthOf })?.text).toBe('(a^2.0000 | b^10000.0000)')
})
