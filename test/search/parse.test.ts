import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { describe, expect, it, test } from 'vitest'
import { describeQuery } from '../../src/search/describe.ts'
import { parseQuery } from '../../src/search/parse.ts'
import { ALL, type QueryNode, type WordNode } from '../../src/search/query.ts'
import { DEEPEST } from '../../src/search/scan.ts'
import { nodesOf } from './tree.ts'

const parsed = (query: string): string => describeQuery(parseQuery(query))
const parsedAll = (query: string): string => describeQuery(parseQuery(query, { all: true }))
const word = (text: string): WordNode => ({ kind: 'word', text })

describe('the tree of', () => {
  const TREES: [string, QueryNode][] = [
    ['a', word('a')],
    ['', ALL],
    [' \u3000\n', ALL],
    ['a a', { kind: 'or', children: [word('a'), word('a')] }],
    ['-a', { kind: 'not', include: ALL, exclude: word('a') }],
    ['+a b', { kind: 'and', children: [word('a'), { kind: 'or', children: [word('b'), ALL] }] }],
    ['"a  b"~3', { kind: 'phrase', text: 'a  b', slop: 3 }],
    [
      'a NEAR/5 "b c"',
      { kind: 'near', children: [word('a'), { kind: 'phrase', text: 'b c', slop: 0 }], distance: 5 },
    ],
    ['wor~', { kind: 'fuzzy', text: 'wor', distance: 1 }],
    ['/a\\/b/', { kind: 'regex', source: 'a\\/b' }],
    ['title:a^2', { kind: 'boost', factor: 2, child: { kind: 'field', field: 'title', child: word('a') } }],
  ]
  it.each(TREES)('%s', (query, tree) => expect(parseQuery(query)).toEqual(tree))
})

describe('operators', () => {
  it.each([
    ['a b', 'a OR b'],
    ['a OR b OR c', 'a OR b OR c'],
    ['a AND b', 'a AND b'],
    ['a AND b OR c AND d', '(a AND b) OR (c AND d)'],
    ['a b AND c d', 'a OR (b AND c) OR d'],
    ['(a OR b) AND c', '(a OR b) AND c'],
    ['(a (b (c)))', 'a OR b OR c'],
    ['((a AND b) AND c)', 'a AND b AND c'],
    ['kernel NOT linux', 'kernel AND NOT linux'],
    ['a AND NOT b AND c', '(a AND c) AND NOT b'],
    ['NOT a AND b', 'b AND NOT a'],
    ['a OR NOT b', 'a OR (NOT b)'],
    ['NOT a NOT b', 'NOT (a OR b)'],
    ['x NOT a AND NOT b', 'x AND NOT (a OR b)'],
    ['NOT NOT a', 'a'],
    ['NOT -a', 'a'],
    ['NOT (NOT a)', 'NOT (NOT a)'],
    ['and or not near a', 'and OR or OR not OR near OR a'],
  ])('%s', (query, tree) => expect(parsed(query)).toBe(tree))
})

describe('signs', () => {
  it.each([
    ['+a', 'a'],
    ['+a +b', 'a AND b'],
    ['+a b -c d', '(+a b d) AND NOT c'],
    ['-a -b', 'NOT (a OR b)'],
    ['-(a b) -"c d" +title:x', 'title:x AND NOT (a OR b OR "c d")'],
    ['+(a b) c', '+(a OR b) c'],
    ['(+a b) AND c', '+a +c b'],
    ['x (-a)', 'x OR (NOT a)'],
    ['a AND +b', 'a AND b'],
    ['+a OR b c', 'a OR b OR c'],
    ['a-b a+b', 'a-b OR a+b'],
    ['a - b', 'a OR - OR b'],
    ['"a"-b', '"a" OR \\-b'],
    ['-.net -😀', 'NOT (.net OR 😀)'],
  ])('%s', (query, tree) => expect(parsed(query)).toBe(tree))
})

describe('with all', () => {
  it.each([
    ['a b -c', '(a AND b) AND NOT c'],
    ['a OR b c', '(a OR b) AND c'],
    ['a b OR c d', 'a AND (b OR c) AND d'],
    ['title:(a b) (c d)', 'title:(a AND b) AND c AND d'],
    ['+a b', 'a AND b'],
  ])('%s', (query, tree) => expect(parsedAll(query)).toBe(tree))
})

describe('phrases and NEAR', () => {
  it.each([
    ['“exact phrase”', '"exact phrase"'],
    ['„a b“ „c d” «e "f"»', '"a b" OR "c d" OR “e "f"”'],
    ['" a b "', '"a b"'],
    ['"a (b" c)', '"a (b" OR c\\)'],
    ['"a b"c "d""e"', '"a b" OR c OR "d" OR "e"'],
    ['"a b"~3^2', '"a b"~3^2'],
    ['"a b"~0 "c"~x', '"a b" OR "c" OR ~x'],
    ['a NEAR b', 'a NEAR/10 b'],
    ['a NEAR/5 b NEAR/5 c', 'a NEAR/5 b NEAR/5 c'],
    ['a NEAR/5 b NEAR/3 c', '(a NEAR/5 b) AND (b NEAR/3 c)'],
    ['+a NEAR/0 b c', '+(a NEAR/0 b) c'],
    ['a AND NOT b NEAR/2 c', 'a AND NOT (b NEAR/2 c)'],
    ['title:(a NEAR/2 b)^3', 'title:(a NEAR/2 b)^3'],
    ["it's 'a b'", "it's OR 'a OR b'"],
  ])('%s', (query, tree) => expect(parsed(query)).toBe(tree))
})

describe('patterns', () => {
  it.each([
    ['pre* w?ld *fix **bold** ?ld', 'pre* OR w?ld OR *fix OR *bold* OR ?ld'],
    ["1.* dog'* страна*", "1.* OR dog'* OR страна*"],
    ['pre*? (pre*)', 'pre* OR pre*'],
    ['word~ longer~ straße~ a~2 b~1^3', 'word~1 OR longer~2 OR straße~2 OR a~2 OR b~1^3'],
    ['/^mem.*y$/ -/x(y|z)+/', '/^mem.*y$/ AND NOT /x(y|z)+/'],
    ['(a /[)/]x/)', 'a OR /[)/]x/'],
    ['title:/x/^2 text:pre* heading:w~1', 'title:/x/^2 OR text:pre* OR heading:w~1'],
  ])('%s', (query, tree) => expect(parsed(query)).toBe(tree))
})

describe('fields, paths and boosts', () => {
  it.each([
    ['title:a heading:"b c" text:(d e)', 'title:a OR heading:"b c" OR text:(d OR e)'],
    ['title:-x title:AND', 'title:\\-x OR title:\\AND'],
    ['title:(heading:a b^2)', 'title:(heading:a OR b^2)'],
    ['a^2 "b"^1.50 (c d)^.5', 'a^2 OR "b"^1.5 OR (c OR d)^0.5'],
    ['((a)^2)^3', '(a^2)^3'],
    ['path:docs/**', 'path:docs/**'],
    ['path:"docs/my file*.md"', 'path:"docs/my file*.md"'],
    ['a b path:x/*.{md,rst}', '(a OR b) AND path:"x/*.{md,rst}"'],
    ['+a b path:x', '+a +path:x b'],
    ['a (path:x OR path:y)', 'a AND (path:x OR path:y)'],
    ['a -path:x', 'a AND NOT path:x'],
    ['a OR path:x', 'a OR path:x'],
    ['(path:a(b) c)', 'c AND path:"a(b)"'],
  ])('%s', (query, tree) => expect(parsed(query)).toBe(tree))
})

describe('is text, every run of it:', () => {
  it.each([
    "C++ what's (up",
    '"unclosed phrase',
    '“a b',
    '"" " "',
    'AND',
    'a AND',
    'OR a',
    'a NOT',
    'NEAR/5',
    'a NEAR/x b',
    '() -()',
    ') a))',
    '- + -- --verbose -> ->x +=',
    'title: heading:- Title:x',
    'http://x.y/z?q=1 12:30 foo:bar std::vector',
    '~ ^ * ** ??? what? what?!',
    '/usr/share/doc and/or // /a b/ /[/ /x/i',
    'f(x) a~3 ~a foo-bar~ 東京~ 😀~',
    '東京* foo-b* src/*.ts',
    'a^0 a^-1 a^1e3 a^ ^2 a^9999999',
    'C:\\foo 😀 \0 \ud800',
  ])('%s', query => {
    const words = query.split(' ').map(word)
    expect(parseQuery(query)).toEqual(words.length === 1 ? words[0] : { kind: 'or', children: words })
  })
})

describe('in part text', () => {
  it.each([
    ['a AND OR b', 'a OR \\AND OR b'],
    ['pre* NEAR/5 b', 'pre* OR NEAR\\/5 OR b'],
    ['a NEAR -b', '(a OR \\NEAR) AND NOT b'],
    ['(a)) b', 'a OR \\) OR b'],
    ['((a b) f(x', '\\( OR a OR b OR f\\(x'],
    ['(f(x) y)^2', '(f\\(x\\) OR y)^2'],
    ['(a AND)', 'a OR \\AND'],
    ['path: path:a"b', 'path\\: OR path\\:a\\"b'],
    ['\\AND \\(a b\\) a\\* \\-c', '\\AND OR \\(a OR b\\) OR a\\* OR \\-c'],
    ['a\\^2 a\\\\^2 \\\\AND', 'a\\^2 OR a\\\\^2 OR \\\\AND'],
  ])('%s', (query, tree) => expect(parsed(query)).toBe(tree))
})

describe('the manual reads', () => {
  const manual = readFileSync(new URL('../../docs/query-language.md', import.meta.url), 'utf8')
  const [, examples = '', text = ''] = manual.split(/^## /m)
  const rows = [...examples.matchAll(/^\| `(.+)` \| `(.+)` \|$/gm)].map(([, query, tree]) => [query!, tree!])
  it.each(rows)('%s', (query, tree) => expect(parsed(query)).toBe(tree))

  const runs = [...text.matchAll(/^\| (`.+`) \|/gm)].flatMap(([, cell]) => cell!.slice(1, -1).split('`, `'))
  it.each(runs)('as text: %s', query => {
    const kinds = nodesOf(parseQuery(query)).map(({ kind }) => kind)
    expect(kinds.filter(kind => kind !== 'or' && kind !== 'word')).toEqual([])
  })

  it('in so many rows', () => expect([rows.length, runs.length]).toEqual([13, 32]))
})

test('parentheses beyond the deepest level are text', () => {
  const nested = (levels: number) => `${'(x +'.repeat(levels)}(a b)${')'.repeat(levels)}`
  expect(parsed(nested(DEEPEST - 1))).not.toContain('\\')
  expect(parsed(nested(DEEPEST))).toContain('\\(a')
  expect(parsed(`${'('.repeat(1000)}a${')'.repeat(1000)}`)).toBe(
    `${'\\('.repeat(1000 - DEEPEST)}a${'\\)'.repeat(1000 - DEEPEST)}`,
  )
})

describe('takes linear time: 100,000 times', () => {
  const REPEATED = [
    ...['(', ')', '"', '“', '„', '-', '+', '~', '^', '*', '?', '/', ':', '\\', ' ', 'a ', '("', '„“', '“ '],
    ...[
      '( ',
      '" ',
      '- ',
      '/ ',
      '* ',
      '() ',
      '(a)',
      '(a ',
      '-a ',
      '/(',
      '/a/ ',
      '[/',
      'a^1',
      '^1',
      '\\^',
      '~1',
    ],
    ...['AND ', 'NOT ', 'a AND ', 'a OR ', 'a NEAR ', 'NEAR ', 'title:', 'title:( ', '()"+-~^*/: ', '東* '],
  ]
  it.each(REPEATED)('%j', piece => {
    const long = piece.repeat(Math.ceil(100_000 / piece.length))
    for (const end of ['', 'a^2', ')'.repeat(1000)]) {
      const began = performance.now()
      parseQuery(long + end)
      expect(performance.now() - began).toBeLessThan(2000)
    }
  })
})
