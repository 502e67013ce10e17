/** Stage 1, pool and slice against MiniSearch over everything. */
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { segmentLookup } from '../../src/search/lookup.ts'
import { match } from '../../src/search/match.ts'
import type { QueryNode } from '../../src/search/query.ts'
import { rank } from '../../src/search/rank.ts'
import { resolveQuery } from '../../src/search/resolve.ts'
import { withIndex } from '../build/with-index.ts'
import { chunksOf, Oracle } from './oracle.ts'

const WORDS = ['whale', 'ship', 'sea', 'captain', 'storm', 'rope', 'sail', 'harpoon', 'the', 'of']

const word = fc.constantFrom(...WORDS)
const paragraph = fc.array(word, { minLength: 4, maxLength: 30 }).map(words => words.join(' '))
const heading = word.map(text => `# ${text} ${text}`)
const markdown = fc.array(fc.oneof({ weight: 4, arbitrary: paragraph }, { weight: 1, arbitrary: heading }), {
  minLength: 1,
  maxLength: 8,
})
const corpus = fc
  .array(markdown, { minLength: 1, maxLength: 8 })
  .map(documents =>
    Object.fromEntries(documents.map((parts, number) => [`d${number}.md`, parts.join('\n\n')])),
  )

const { tree } = fc.letrec<{ tree: QueryNode }>(tie => {
  const leaf = fc.constantFrom(...WORDS, 'absent').map((text): QueryNode => ({ kind: 'word', text }))
  const children = fc.array(tie('tree'), { minLength: 2, maxLength: 3 })
  return {
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      { weight: 2, arbitrary: leaf },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('and' as const), children }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('or' as const), children }) },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('not' as const),
          include: tie('tree'),
          exclude: tie('tree'),
        }),
      },
    ),
  }
})

/** The answer of the index for a tree, words as written, with a pool of the given size. */
async function answer(
  index: Parameters<Parameters<typeof withIndex>[1]>[0],
  query: QueryNode,
  poolSize: number,
) {
  const { chunks, tokens } = index.manifest.totals
  const { segments, order } = index
  const collection = { segments, order, chunks, averageLength: tokens / chunks }
  const { plan } = await resolveQuery(query, {
    lookup: segmentLookup({ segments, documents: index.documents, stemmers: new Map() }),
    exact: true,
  })
  const matches = await match(collection, plan, poolSize)
  const ranked = rank(collection, matches, poolSize)
  return {
    total: matches.total,
    hits: ranked.map(({ candidate, score }) => ({ id: candidate.chunk, score })),
  }
}

test('random trees over random corpora: total, order and scores are MiniSearch’s, whatever the size of the pool', async () => {
  await fc.assert(
    fc.asyncProperty(corpus, fc.array(tree, { minLength: 1, maxLength: 8 }), async (files, trees) => {
      const oracle = new Oracle(chunksOf(files))
      await withIndex(files, async index => {
        for (const query of trees) {
          const expected = oracle.answer(query)
          for (const poolSize of [1, 2, 10, 1000]) {
            const { total, hits } = await answer(index, query, poolSize)
            expect(total).toBe(expected.length)
            expect(hits.map(({ id }) => id)).toEqual(expected.slice(0, poolSize).map(({ id }) => id))
            for (const [place, { score }] of hits.entries())
              expect(score).toBeCloseTo(expected[place]!.score, 8)
          }
        }
      })
    }),
    { numRuns: 40 },
  )
})

const cranfield = new URL('../../../shared/relevance/cranfield/', import.meta.url)

test.skipIf(!existsSync(cranfield))(
  'cranfield: the first hundred of every query are MiniSearch’s (skipped where the collection is not at hand)',
  async () => {
    const lines = (name: string) =>
      readFileSync(new URL(name, cranfield), 'utf8')
        .trim()
        .split('\n')
        .map(line => JSON.parse(line))
    const files: Record<string, string> = {}
    for (const { id, title, text } of lines('corpus.jsonl'))
      files[`${id.padStart(4, '0')}.txt`] = `${title}\n\n${text}`
    const oracle = new Oracle(chunksOf(files))
    await withIndex(files, async index => {
      for (const { text } of lines('queries.jsonl').slice(0, 60)) {
        const words = [...new Set<string>(text.toLowerCase().match(/[a-z]+/g))]
        const query: QueryNode = { kind: 'or', children: words.map(each => ({ kind: 'word', text: each })) }
        const expected = oracle.answer(query)
        const { total, hits } = await answer(index, query, 100)
        expect(total).toBe(expected.length)
        expect(hits.map(({ id }) => id)).toEqual(expected.slice(0, 100).map(({ id }) => id))
      }
    })
  },
  120_000,
)
