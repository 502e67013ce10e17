/** A thousand hostile texts and queries: no statement is refused, none says anything else than it should, nothing is lost. */
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildIndex } from '../../src/build/build.ts'
import { matchExpression } from '../../src/cluster/match-expression.ts'
import { openIndex } from '../../src/cluster/open.ts'
import { keyword, literal } from '../../src/cluster/sql.ts'
import { updateCluster } from '../../src/cluster/update.ts'
import type { Index } from '../../src/search/index.ts'
import type { Plan } from '../../src/search/leaf.ts'
import { openIndex as openFolder } from '../../src/search/open.ts'
import { FIELD_WEIGHTS } from '../../src/search/score.ts'
import { tokenize } from '../../src/text/analyzer.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { noDaemons, startCluster, type TestCluster, written } from './daemons.ts'

/** Pieces that mean something to us, to the engine, to SQL, or to nobody. */
const PIECES = [
  ...['sea', 'whale', 'tea', 'OR', 'AND', 'NOT', 'NEAR/3', 'MAYBE', 'SENTENCE', 'ZONE:', 'title:', 'path:'],
  ...[
    '"',
    "'",
    '`',
    '\\',
    '\\\\',
    '(',
    ')',
    '((',
    '|',
    '-',
    '+',
    '!',
    '@',
    '@@relaxed',
    '@(',
    '~',
    '~3',
    '&',
  ],
  ...[
    '/',
    '^',
    '^5',
    '$',
    '=',
    '<<',
    '<',
    '*',
    '?',
    '%',
    '#',
    ';',
    '--',
    '/*',
    '*/',
    '\0',
    '\x1a',
    '\r\n',
    '\t',
  ],
  ...[
    "'; DROP TABLE chunks; --",
    "') OR 1=1 --",
    "\\'); TRUNCATE RTINDEX chunks; --",
    '@mark Kchunk',
    'Kstate',
  ],
  ...[
    '\ud800',
    '\udc00x',
    '𠀀',
    '😀',
    'é',
    'é',
    'ガラス',
    'İ',
    'ß',
    '\u202e',
    '\ufeff',
    '١٢٣',
    'x'.repeat(80),
  ],
]

const hostile = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ unit: 'binary' })), {
    minLength: 1,
    maxLength: 9,
  })
  .chain(pieces => fc.constantFrom(' ', '').map(between => pieces.join(between)))

describe('what is put into statements', () => {
  test('a keyword is letters and digits alone, and stands for one term', () => {
    const known = new Map<string, string>()
    fc.assert(
      fc.property(hostile, text => {
        for (const { term } of tokenize(text)) {
          const word = keyword(term)
          expect(word).toMatch(/^[0-9a-zA-Z\u0080-\u{1ffff}]+$/u)
          expect([...word].length).toBeLessThanOrEqual(42)
          expect(known.get(word) ?? term).toBe(term)
          known.set(word, term)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('a literal ends where it should', () => {
    fc.assert(
      fc.property(hostile, text => {
        const inner = literal(text).slice(1, -1)
        expect(inner.replace(/\\[\\']/g, '')).not.toMatch(/['\\\0]/)
        expect(inner.replace(/\\([\\'])/g, '$1')).toBe(text.replaceAll('\0', ''))
      }),
    )
  })

  test('an expression holds nothing that was typed but keywords', () => {
    fc.assert(
      fc.property(hostile, text => {
        const leaves = tokenize(text).map(
          ({ term }): Plan => ({
            kind: 'leaf',
            leaf: {
              label: text,
              pattern: { kind: 'word', group: new Map([[term, 1]]) },
              fieldWeights: FIELD_WEIGHTS,
              boost: 1,
            },
          }),
        )
        const { text: expression = '' } = matchExpression({ kind: 'or', children: leaves }) ?? {}
        expect(expression).toMatch(/^[0-9a-zA-Z\u0080-\u{1ffff} |()]*$/u)
      }),
    )
  })
})

describe.skipIf(noDaemons)(`hostile texts and queries${noDaemons ? `: ${noDaemons}` : ''}`, () => {
  const folder = temporaryFolder('hostile', afterAll)
  let cluster: TestCluster
  let one: Index
  let many: Index

  beforeAll(async () => {
    const texts = fc.sample(hostile, { numRuns: 400, seed: 7 })
    // A NUL in a file makes it binary; here it comes in the words of queries.
    const files = texts.map((text, number) => [
      `t${number}.md`,
      `# ${text}\n\n${text} sea\n\nwhale ${text}\n`.replaceAll('\0', ' '),
    ])
    written(join(folder, 'docs'), Object.fromEntries(files))
    cluster = await startCluster()
    await updateCluster({ paths: [join(folder, 'docs')], index: cluster.address })
    await buildIndex({ paths: [join(folder, 'docs')], index: join(folder, 'index') })
    one = await openFolder(join(folder, 'index'))
    many = await openIndex(cluster.address)
  })

  afterAll(async () => {
    await one?.close()
    await many?.close()
    await cluster?.stop()
  })

  test('are answered as they are in a folder, and everything is still there', async () => {
    const queries = fc.sample(hostile, { numRuns: 1000, seed: 11 })
    let found = 0
    for (const query of queries) {
      const options = { suggest: false, freshness: 'none' } as const
      const [wanted, got] = [await one.search(query, options), await many.search(query, options)]
      const places = (hits: typeof got.hits) => hits.map(({ path, line, score }) => [path, line, score])
      expect([query, got.total, places(got.hits)]).toEqual([query, wanted.total, places(wanted.hits)])
      found += got.total > 0 ? 1 : 0
    }
    expect(found).toBeGreaterThan(500)
    expect((await many.stats()).documents).toBe((await one.stats()).documents)
    for await (const { path } of one.documents.from())
      expect((await many.show(path)).text).toBe((await one.show(path)).text)
  }, 240_000)
})
