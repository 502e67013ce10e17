/** Every operator of the query language against a naive scan of the text. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDocument } from '../../src/document/read.ts'
import { describeQuery } from '../../src/search/describe.ts'
import type { Index } from '../../src/search/index.ts'
import { segmentLookup } from '../../src/search/lookup.ts'
import { match } from '../../src/search/match.ts'
import type { QueryNode } from '../../src/search/query.ts'
import { resolveQuery } from '../../src/search/resolve.ts'
import { FIELD_WEIGHTS } from '../../src/search/score.ts'
import { formKey } from '../../src/segment/form-table.ts'
import { countTokens, forEachToken } from '../../src/text/analyzer.ts'
import { cutChunks } from '../../src/text/chunk.ts'
import { FIELDS, TITLE } from '../../src/text/field.ts'
import { fieldRanges } from '../../src/text/field-ranges.ts'
import { fold } from '../../src/text/fold.ts'
import { stemmerFor } from '../../src/text/stem.ts'
import { withIndex } from '../build/with-index.ts'

const english = await stemmerFor('en')

interface Token {
  readonly term: string
  readonly field: number
  readonly position: number
}

interface NaiveChunk {
  readonly path: string
  readonly tokens: readonly Token[]
}

/** The chunks of files with their tokens, in the order an index numbers them. */
function naiveChunks(files: Readonly<Record<string, string>>): NaiveChunk[] {
  return Object.keys(files)
    .sort()
    .flatMap(path => {
      const document = readDocument(path, files[path]!)
      return cutChunks(document, countTokens).map((chunk, ordinal) => {
        const tokens: Token[] = []
        let position = 0
        const take = (text: string, start: number, end: number, field: number): void => {
          forEachToken(text, start, end, term => tokens.push({ term, field, position: position++ }))
        }
        if (ordinal === 0 && !document.titleSpan) {
          take(document.title, 0, document.title.length, TITLE)
          position += 16
        }
        for (const { start, end, field } of fieldRanges(document, chunk))
          take(document.text, start, end, field)
        return { path, tokens }
      })
    })
}

/** All ways to pick a token for each test, in order, without taking one twice. */
function picks(tokens: readonly Token[], tests: readonly ((term: string) => boolean)[]): Token[][] {
  return tests.reduce<Token[][]>(
    (found, accepts) =>
      found.flatMap(some =>
        tokens.filter(token => accepts(token.term) && !some.includes(token)).map(token => [...some, token]),
      ),
    [[]],
  )
}

const isForm = (word: string) => (term: string) => formKey(term, english) === formKey(word, english)
const isSame = (word: string) => (term: string) => term === word

/** Edit distance with transpositions of neighbours. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, row) => [row, ...Array<number>(b.length).fill(0)])
  for (let column = 0; column <= b.length; column++) rows[0]![column] = column
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      rows[i]![j] = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        rows[i]![j] = Math.min(rows[i]![j]!, rows[i - 2]![j - 2]! + 1)
      }
    }
  }
  return rows[a.length]![b.length]!
}

/** Whether a chunk matches, by looking at every token. */
function matches(node: QueryNode, chunk: NaiveChunk, fields: readonly number[]): boolean {
  const tokens = chunk.tokens.filter(({ field }) => fields.includes(field))
  const some = (accepts: (term: string) => boolean): boolean => tokens.some(({ term }) => accepts(term))
  switch (node.kind) {
    case 'word':
      return some(isForm(node.text))
    case 'phrase': {
      const words = node.text.split(' ')
      return picks(tokens, words.map(isSame)).some(found => {
        const places = found.map(({ position }) => position)
        const inOrder = places.every((place, number) => number === 0 || place > places[number - 1]!)
        return inOrder && places.at(-1)! - places[0]! + 1 - words.length <= node.slop
      })
    }
    case 'near':
      return picks(
        tokens,
        node.children.map(({ text }) => isForm(text)),
      ).some(([first, ...others]) => {
        let [from, to] = [first!.position, first!.position]
        return others.every(({ position }) => {
          const near = position >= from - node.distance - 1 && position <= to + node.distance + 1
          from = Math.min(from, position)
          to = Math.max(to, position)
          return near
        })
      })
    case 'wildcard': {
      const source = fold(node.pattern).replaceAll('*', '.*').replaceAll('?', '.')
      const pattern = new RegExp(`^${source}$`, 'u')
      return some(term => pattern.test(fold(term)))
    }
    case 'fuzzy':
      return some(term => distance(term, node.text) <= node.distance || isForm(node.text)(term))
    case 'regex': {
      const pattern = new RegExp(`^(?:${node.source})$`, 'u')
      return some(term => pattern.test(term))
    }
    case 'path':
      return chunk.path.startsWith(node.pattern.replace('*', ''))
    case 'field':
      return matches(node.child, chunk, [FIELDS.indexOf(node.field)])
    case 'boost':
      return matches(node.child, chunk, fields)
    case 'and':
      return node.children.every(child => matches(child, chunk, fields))
    case 'or':
      return node.children.some(child => matches(child, chunk, fields))
    case 'not':
      return matches(node.include, chunk, fields) && !matches(node.exclude, chunk, fields)
    case 'all':
      return true
  }
}

async function found(index: Index, query: QueryNode): Promise<number[]> {
  const { chunks, tokens } = index.manifest.totals
  const { segments, order } = index
  const collection = { segments, order, chunks, averageLength: tokens / chunks }
  const stemmers = new Map([['en', english]])
  const lookup = segmentLookup({ segments, documents: index.documents, stemmers })
  const { plan } = await resolveQuery(query, { lookup, exact: false })
  const { pool, total } = await match(collection, plan, undefined)
  expect(pool.length).toBe(total)
  return pool.map(({ chunk }) => chunk).sort((a, b) => a - b)
}

const WORDS = [
  'whale',
  'whales',
  'sail',
  'sailed',
  'sailing',
  'sea',
  'sew',
  'café',
  'cafe',
  'rope',
  'ropes',
  'moby',
]
const word = fc.constantFrom(...WORDS)
const paragraph = fc.array(word, { minLength: 4, maxLength: 14 }).map(words => words.join(' '))
const heading = fc.array(word, { minLength: 1, maxLength: 3 }).map(words => `## ${words.join(' ')}`)
const front = word.map(text => `---\ntitle: ${text} ${text}\n---`)
const file = fc
  .tuple(
    fc.option(front),
    fc.array(fc.oneof({ weight: 3, arbitrary: paragraph }, heading), { minLength: 1, maxLength: 6 }),
  )
  .map(([head, parts]) => [...(head ? [head] : []), ...parts].join('\n\n'))
const corpus = fc
  .array(file, { minLength: 1, maxLength: 5 })
  .map(files => Object.fromEntries(files.map((text, number) => [`${'abc'[number % 3]}${number}.md`, text])))

const { tree } = fc.letrec<{ tree: QueryNode }>(tie => {
  const text = fc.constantFrom(...WORDS, 'nowhere')
  const wordNode = text.map(each => ({ kind: 'word' as const, text: each }))
  const phrase = fc
    .record({ words: fc.array(word, { minLength: 1, maxLength: 3 }), slop: fc.nat({ max: 3 }) })
    .map(({ words, slop }) => ({ kind: 'phrase' as const, text: words.join(' '), slop }))
  const children = fc.array(tie('tree'), { minLength: 2, maxLength: 3 })
  const leaves: fc.Arbitrary<QueryNode>[] = [
    wordNode,
    phrase,
    fc.record({
      kind: fc.constant('near' as const),
      children: fc.array(wordNode, { minLength: 2, maxLength: 3 }),
      distance: fc.nat({ max: 4 }),
    }),
    fc
      .constantFrom('w*', '*e', 's?il', '*ai*', '*', '?e?')
      .map(pattern => ({ kind: 'wildcard' as const, pattern })),
    fc.record({
      kind: fc.constant('fuzzy' as const),
      text: word,
      distance: fc.constantFrom(1 as const, 2 as const),
    }),
    fc.constantFrom('sa.*', 'se[aw]', '(w|r).+s', 'caf.').map(source => ({ kind: 'regex' as const, source })),
    fc.constantFrom('a*', 'b*').map(pattern => ({ kind: 'path' as const, pattern })),
  ]
  return {
    tree: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      ...leaves,
      fc.record({
        kind: fc.constant('field' as const),
        field: fc.constantFrom(...FIELDS),
        child: fc.oneof(...leaves.slice(0, 6)),
      }),
      fc.record({ kind: fc.constant('boost' as const), factor: fc.constant(2), child: tie('tree') }),
      fc.record({ kind: fc.constant('and' as const), children }),
      fc.record({ kind: fc.constant('or' as const), children }),
      fc.record({ kind: fc.constant('not' as const), include: tie('tree'), exclude: tie('tree') }),
    ),
  }
})

test('random queries over random corpora match what a naive scan matches', async () => {
  expect(FIELD_WEIGHTS).toHaveLength(FIELDS.length)
  await fc.assert(
    fc.asyncProperty(corpus, fc.array(tree, { minLength: 1, maxLength: 12 }), async (files, trees) => {
      const chunks = naiveChunks(files)
      await withIndex(files, async index => {
        for (const query of trees) {
          const expected = chunks.flatMap((chunk, id) => (matches(query, chunk, [0, 1, 2]) ? [id] : []))
          expect(await found(index, query), describeQuery(query)).toEqual(expected)
        }
      })
    }),
    { numRuns: 60 },
  )
})
