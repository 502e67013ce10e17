import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeQuery } from '../../src/search/describe.ts'
import { parseQuery } from '../../src/search/parse.ts'
import { ALL, type QueryNode, type WordNode } from '../../src/search/query.ts'
import { nodesOf } from './tree.ts'

const word = (text: string): WordNode => ({ kind: 'word', text })

const PIECES = [
  ...['a', 'b', 'über', '東京', '😀', '1.5', "don't", '\u0301', '\ud800', '\0', '\\', '  ', ' ', '\t'],
  ...[
    '(',
    ')',
    '"',
    '“',
    '”',
    '„',
    '«',
    '»',
    '+',
    '-',
    '~',
    '^',
    '*',
    '?',
    '/',
    ':',
    '.',
    '=',
    '>',
    '[',
    ']',
  ],
  ...['AND', 'OR', 'NOT', 'NEAR', 'NEAR/2', ' AND ', ' OR ', ' NOT ', ' NEAR/2 ', '~2', '^2', '^.5', '/x/'],
  ...['title:', 'heading:', 'text:', 'path:', 'foo:', '(a b)', '"a b"', 'a*', '(+a b)', '-('],
]
const query = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map(pieces => pieces.join('')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map(pieces => pieces.join(' ')),
)

test('any string is a query, and its canonical form is the same query', () => {
  fc.assert(
    fc.property(query, fc.boolean(), (text, all) => {
      const tree = parseQuery(text, { all })
      expect(parseQuery(describeQuery(tree))).toEqual(tree)
    }),
    { numRuns: 3000, examples: [['-" "', false]] },
  )
})

test('no tree holds an AND or OR of one, or one straight in another', () => {
  fc.assert(
    fc.property(query, text => {
      for (const node of nodesOf(parseQuery(text))) {
        if (node.kind !== 'and' && node.kind !== 'or') continue
        expect(node.children.length).toBeGreaterThan(1)
        expect(node.children.map(({ kind }) => kind)).not.toContain(node.kind)
      }
    }),
    { numRuns: 1000 },
  )
})

const text = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 8 })
  .map(value => value.replace(/\s/g, '') || 'x')
const leaf: fc.Arbitrary<QueryNode> = fc.oneof(
  fc.oneof(text, fc.constantFrom('AND', 'NEAR/2', '(a', '-x', 'title:x', '"', 'a~', '/x/', 'a^2')).map(word),
  fc.record({
    kind: fc.constant('phrase' as const),
    text: text.map(value => `a ${value.replace(/["“”„«»]/g, '')}`.trim()),
    slop: fc.nat(999_999),
  }),
  fc.constantFrom<QueryNode>(
    { kind: 'wildcard', pattern: 'pre*' },
    { kind: 'fuzzy', text: 'word', distance: 2 },
    { kind: 'regex', source: 'a(b|c)' },
    { kind: 'near', children: [word('a'), word('OR')], distance: 3 },
  ),
)
const { tree } = fc.letrec<{ tree: QueryNode }>(tie => {
  const pair = fc.array(tie('tree'), { minLength: 2, maxLength: 3 })
  const factor = fc.tuple(fc.nat(999_999), fc.integer({ min: 1, max: 999_999 }))
  return {
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      pair.map(children => ({
        kind: 'and' as const,
        children: children.flatMap(child => (child.kind === 'and' ? child.children : [child])),
      })),
      pair.map(children => ({
        kind: 'or' as const,
        children: children.flatMap(child => (child.kind === 'or' ? child.children : [child])),
      })),
      fc.record({ kind: fc.constant('not' as const), include: tie('tree'), exclude: tie('tree') }),
      tie('tree').map(exclude => ({ kind: 'not' as const, include: ALL, exclude })),
      fc.record({
        kind: fc.constant('field' as const),
        field: fc.constantFrom('title', 'heading', 'text'),
        child: tie('tree'),
      }),
      fc.record({
        kind: fc.constant('boost' as const),
        factor: factor.map(([whole, part]) => Number(`${whole}.${String(part).padStart(6, '0')}`)),
        child: tie('tree'),
      }),
    ),
  }
})

test('a tree is the parse of its canonical form', () => {
  fc.assert(
    fc.property(tree, node => {
      expect(parseQuery(describeQuery(node))).toEqual(node)
    }),
    { numRuns: 2000 },
  )
})
