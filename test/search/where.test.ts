import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Metadata, MetadataValue } from '../../src/document/document.ts'
import { GleanError } from '../../src/errors.ts'
import { parseWhere } from '../../src/search/where.ts'

const reading: Metadata = {
  title: 'The Page Table',
  level: 13.8,
  tokens: 1081,
  author: 'CAI MENG',
  tags: ['Whale', 'sea', 7],
  draft: false,
  date: '2026-11-24',
  seen: '2026-11-24 23:30:00 -02:00',
  month: '2026-11',
  version: '1.10',
  nothing: null,
  empty: '',
  none: [],
  zero: 0,
  person: { Name: 'Mei', born: { year: 1970 } },
  people: [{ name: 'Ann' }, { name: 'Bo', age: 3 }],
  'dotted.key': 'flat',
  'reading level': 5,
  größe: 4,
  'a-b_c': true,
  路径: 'x',
  q: 'a "b" \\ c',
  n: "O'Brien",
  feb: '2026-02-30',
  year: '2025-12',
}

const passes = (expression: string, metadata: Metadata = reading) => parseWhere(expression).accepts(metadata)

/** The expressions of a table, parted by semicolons. */
const list = (expressions: string) => expressions.split(';').map(expression => expression.trim())

/** Each case: what it shows, the expressions that pass, those that do not. */
const CASES: [string, string, string][] = [
  [
    'numbers by value',
    `level < 14; level = 13.80; tokens == 1081; tokens>=1081; tokens <= 1.081e3; level > -3; zero = -0`,
    `level >= 14; level < 13.8; level != 13.8; tokens > 1081; tokens = 1_081`,
  ],
  [
    'texts by equality without case, and in code-point order',
    `author = "Cai Meng"; author = 'cai meng'; author < "D"; author > "CAI"; author <= "cai meng"; author < a`,
    `author = "Cai"; author < "B"; author != "cai meng"`,
  ],
  [
    'other types never',
    `level != "13.8"; level != draft; version = "1.10"; person != x;
     draft = false; draft = FALSE; nothing = null; draft != true; a-b_c = true`,
    `level = "13.8"; version = 1.10; date = "2026-11"; draft = "false"; level > a; zero = false; person = Mei;
     draft = null; empty = null; draft != false; missing = null`,
  ],
  [
    'parts of texts',
    `title ~ "page table"; title ~ PAGE; tags ~ hal; version ~ 1.1; date ~ 2026-11; people.name ~ nn`,
    `title ~ "table page"; level ~ 13; nothing ~ null; draft ~ false`,
  ],
  [
    'lists by any element, and what is negated by none',
    `tags = whale; tags = 7; tags > 6; tags in (sky, sea); tags != sky; tags not in (sky, 8); none != x;
     level in (13, 13.8); author in ("x", "cai meng",y); date in (2025-01, 2026-11); level NOT IN (1)`,
    `tags = wha; tags != sea; tags not in (sky, SEA); none = x; tags = "7";
     level in (13); level not in (13.8); missing in (1); missing not in (1)`,
  ],
  [
    'missing keys in no comparison',
    `not (missing < 14); not missing; not missing exists; missing not exists; not missing != 1`,
    `missing < 14; missing >= 14; missing = x; missing != x; missing ~ x; missing; exists missing`,
  ],
  [
    'keys that are there, and keys that say yes',
    `exists nothing; draft exists; EXISTS none; level; tags; person; a-b_c`,
    `nothing; draft; empty; none; zero; toString; exists constructor; \`__proto__\` exists`,
  ],
  [
    'keys inside others, keys of any letters',
    `person.name = mei; Person.BORN.year = 1970; people.name = bo; people.age = 3; dotted.key = flat;
     \`dotted.key\` = flat; \`person\`.\`Name\` = mei; person.\`name\` = mei;
     LEVEL < 14; \`reading level\` = 5; GRÖSSE = 4 or größe = 4; gro\u0308ße = 4; 路径 = x`,
    `person.name.first = mei; \`person.name\` = mei; title.length > 0; people.name = x; tags.0 = whale;
     路 = x; reading = 5`,
  ],
  [
    'and before or, not before both',
    `level > 13 and tokens >= 1000; tags = whale or not draft; draft or level and tags;
     level OR draft And draft; not draft and level; not not level; not (draft or zero); ((level)); not(draft)and(level)`,
    `(level or draft) and draft; not level or draft; not (level and tags)`,
  ],
  [
    'texts with marks in them',
    String.raw`q = "a \"b\" \\ c"; q = 'a "b" \\ c'; q ~ '\"'; n = O'Brien; n != c++; n ~ o'`,
    String.raw`q = "a 'b' \\ c"; n = Brien`,
  ],
  [
    'a month and a day as all of their time',
    `date = 2026-11; date >= 2026-01; date <= 2026-11; date < 2026-12; date > 2026-10; date = 2026-11-24; date != 2026-10`,
    `date < 2026-11; date > 2026-11; date >= 2026-12; date = 2026-11-25; date != 2026-11; date > 2026-11-24`,
  ],
  [
    'times by their zones, UTC without one',
    `seen = 2026-11-25; seen = 2026-11-25T01:30Z; seen = 2026-11-25 01:30:00;
     seen > 2026-11-25T02:29+01:00; date < 2026-11-25T00:00; month < 2026-12; year = 2025-12; year < 2026-01`,
    `seen = 2026-11-24; seen < 2026-11-25T01:30; seen = 2026-11-25T01:30:01; seen > 2026-11-25T01:30:00.000`,
  ],
  [
    'a date of less detail only where it is certain, what is no date never',
    `month >= 2026-11-01; month <= 2026-11-30; month < 2026-12-01; month != 2026-11-24;
     title != 2026-11; feb != 2026-02`,
    `month = 2026-11-24; month < 2026-11-24; month > 2026-11-24; month >= 2026-11-02;
     title > 1000-01; level > 1000-01; feb > 2020-01; feb < 2030-01; feb = 2026-02`,
  ],
]

describe('a filter compares', () => {
  test.each(CASES)('%s', (_, accepted, refused) => {
    expect(list(accepted).filter(expression => !passes(expression))).toEqual([])
    expect(list(refused).filter(expression => passes(expression))).toEqual([])
  })

  test('texts are ordered by code point, not by UTF-16 unit', () => {
    expect(passes('x > \uff5e', { x: '\u{1f40b}' })).toBe(true)
    expect(passes('x < \u{1f40b}', { x: '\uff5e' })).toBe(true)
    expect(passes('x < ab', { x: 'a' })).toBe(true)
  })
})

function errorOf(expression: string): GleanError {
  try {
    parseWhere(expression)
  } catch (error) {
    if (error instanceof GleanError) return error
    throw error
  }
  throw new Error(`no error for ${expression}`)
}

test.each([
  ['', 1, 'expected a key, got the end'],
  ['level <', 8, 'expected a value, got the end'],
  ['level < )', 9, 'expected a value, got ")"'],
  ['level =< 14', 8, 'expected a value, got "<"'],
  ['14 > level', 1, 'the key first'],
  ['"level" < 14', 1, 'a key in backticks'],
  ['level:14', 1, 'level = 14'],
  ['!draft', 1, 'not draft'],
  ['a && b', 3, '"and", "or" or the end, got "&&"'],
  ['author = Cai Meng', 14, 'quotes around several words'],
  ['level 14', 7, 'expected a comparison'],
  ['(level < 14', 12, '"and", "or" or ")", got the end'],
  ['level < 14)', 11, 'got ")"'],
  ['author = "Cai', 10, 'a closing "'],
  ['`reading < 14', 1, 'a closing `'],
  ['level in 14', 10, 'expected "("'],
  ['level in ()', 11, 'expected a value, got ")"'],
  ['level in (1,)', 13, 'expected a value'],
  ['level in (1 2)', 13, 'expected "," or ")"'],
  ['level not < 4', 11, 'expected "in" or "exists"'],
  ['author = and', 10, 'author = "and"'],
  ['draft and', 10, 'expected a key'],
  ['draft < true', 9, 'a number, a date or a text after <'],
  ['date > 2026-02-30', 8, 'a date of the calendar'],
  ['date > 2026-1-5', 8, 'a date of the calendar'],
  ['author..name = x', 1, 'expected a key'],
  ['a\n\u001b[31m = \u202e', 3, 'got "\ufffd[31m"'],
  [`${'('.repeat(101)}a${')'.repeat(101)}`, 101, 'at most 100 parentheses'],
])('%j is wrong at column %i', (expression, column, words) => {
  const { code, message } = errorOf(expression)
  expect(code).toBe('usage')
  expect(message).toContain(`at column ${column}: expected `)
  expect(message).toContain(words)
  expect(message).toMatch(/^[^\p{C}\p{Zl}\p{Zp}]+; write for example [^\p{C}\p{Zl}\p{Zp}]+$/u)
})

test('what is too long is refused, what is as long as allowed is not', () => {
  expect(errorOf('a'.repeat(10_001)).message).toContain('at most 10000 characters, got 10001')
  expect(passes(`level < 14${' or a'.repeat(1998)}`)).toBe(true)
  expect(passes(`${'not '.repeat(2400)}level`)).toBe(true)
  expect(passes(`${'('.repeat(100)}level${')'.repeat(100)}`)).toBe(true)
})

type Tree =
  | { kind: 'compare'; key: string; operator: string; value: MetadataValue }
  | { kind: 'in'; key: string; values: MetadataValue[]; isNegated: boolean }
  | { kind: 'exists'; key: string }
  | { kind: 'set'; key: string }
  | { kind: 'not'; child: Tree }
  | { kind: 'and'; left: Tree; right: Tree }
  | { kind: 'or'; left: Tree; right: Tree }

const key = fc.constantFrom('a', 'b', 'c', 'd')
const number = fc.integer({ min: -2, max: 2 })
const scalar = fc.oneof(number, fc.constantFrom('x', 'X', 'y', 'xy', true, false, null))
const ordered = fc.oneof(number, fc.constantFrom('x', 'xy', 'y'))
const values = fc.array(scalar, { minLength: 1, maxLength: 3 })
const kind = <K extends Tree['kind']>(name: K) => fc.constant(name)
const { tree } = fc.letrec<{ tree: Tree }>(tie => ({
  tree: fc.oneof(
    { depthSize: 'medium' },
    fc.record({ kind: kind('compare'), key, operator: fc.constantFrom('=', '!='), value: scalar }),
    fc.record({
      kind: kind('compare'),
      key,
      operator: fc.constantFrom('<', '<=', '>', '>='),
      value: ordered,
    }),
    fc.record({ kind: kind('in'), key, values, isNegated: fc.boolean() }),
    fc.record({ kind: fc.constantFrom('exists', 'set'), key }),
    fc.record({ kind: kind('not'), child: tie('tree') }),
    fc.record({ kind: fc.constantFrom('and', 'or'), left: tie('tree'), right: tie('tree') }),
  ),
}))
const metadata: fc.Arbitrary<Metadata> = fc.dictionary(
  key,
  fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })),
)

/** As it may be typed; parentheses only where they are needed, so that what binds tighter is put to the test. */
function written(node: Tree, outer = 0): string {
  if (node.kind === 'compare') return `${node.key} ${node.operator} ${JSON.stringify(node.value)}`
  if (node.kind === 'in')
    return `${node.key} ${node.isNegated ? 'not ' : ''}in (${node.values.map(value => JSON.stringify(value)).join(', ')})`
  if (node.kind === 'exists') return `exists ${node.key}`
  if (node.kind === 'set') return node.key
  if (node.kind === 'not') return `not ${written(node.child, 3)}`
  const rank = node.kind === 'and' ? 2 : 1
  const text = `${written(node.left, rank)} ${node.kind} ${written(node.right, rank)}`
  return rank < outer ? `(${text})` : text
}

function naive(node: Tree, data: Metadata): boolean {
  if (node.kind === 'not') return !naive(node.child, data)
  if (node.kind === 'and') return naive(node.left, data) && naive(node.right, data)
  if (node.kind === 'or') return naive(node.left, data) || naive(node.right, data)
  if (!Object.hasOwn(data, node.key)) return false
  const own = [data[node.key]!].flat()
  if (node.kind === 'exists') return true
  if (node.kind === 'set') return own.some(Boolean)
  const lower = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : value)
  const isAny = (values: MetadataValue[]) =>
    own.some(value => values.map(lower).includes(lower(value) as MetadataValue))
  if (node.kind === 'in') return isAny(node.values) !== node.isNegated
  const { operator, value } = node
  if (operator === '=' || operator === '!=') return isAny([value]) === (operator === '=')
  const isEqual = operator.endsWith('=')
  return own.some(
    other =>
      typeof other === typeof value &&
      ((isEqual && lower(other) === lower(value)) ||
        (operator[0] === '<' ? other! < value! : other! > value!)),
  )
}

test('an expression says what its tree says', () => {
  fc.assert(
    fc.property(tree, metadata, (node, data) => {
      expect(passes(written(node), data)).toBe(naive(node, data))
    }),
    { numRuns: 1000 },
  )
})

test('any string is an expression or a clear error', () => {
  const pieces = ['not ', ' and ', 'in', '2026-11', '14', '\u{1f40b}', ...'a()"\'`\\ =<!~,.\n']
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...pieces), maxLength: 40 }),
  )
  fc.assert(
    fc.property(text, metadata, (expression, data) => {
      try {
        expect(typeof passes(expression, data)).toBe('boolean')
      } catch (error) {
        expect(error).toBeInstanceOf(GleanError)
        expect((error as GleanError).message).toMatch(/^[^\p{C}\p{Zl}\p{Zp}]+$/u)
      }
    }),
    { numRuns: 400 },
  )
})

const REPEATED = 'a` ;\\` ;a\\`;";\\\';"\\;not ;a.;`a`.;1;(;a = 2026-11-24 1:;!; '.split(';')

test.each(REPEATED)('ten thousand characters of %j take no time', piece => {
  const start = performance.now()
  for (const before of ['', 'a ', '`', '"']) {
    try {
      passes((before + piece.repeat(10_000)).slice(0, 10_000))
    } catch (error) {
      expect(error).toBeInstanceOf(GleanError)
    }
  }
  expect(performance.now() - start).toBeLessThan(500)
})
