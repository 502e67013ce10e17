/** Answers within a budget, many answers in one run, and what an answer without hits means. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { CheckedPassage, SearchResult } from '../../src/search/result.ts'
import { faultsOf } from '../schema.ts'
import { type World, world } from '../world.ts'

const paragraph = (n: number, word: string) => `Paragraph ${n} has the ${word} and some other words with it.`
const docs = {
  'docs/near.md': `# Near\n\n${[1, 2, 3].map(n => paragraph(n, 'whale')).join('\n\n')}\n\n${paragraph(4, 'ship')}\n`,
  'docs/far.md': `# Far\n\n${paragraph(5, 'whale')}\n\n${paragraph(6, 'boat')}\n\n${paragraph(7, 'whale')}\n`,
  'docs/中文.md': `# 鲸\n\n${'座头鲸唱歌。'.repeat(40)}\n`,
}

async function asked(here: World, ...args: string[]): Promise<SearchResult> {
  const answer = JSON.parse((await here.run('search', '--json', ...args)).stdout) as SearchResult
  expect(faultsOf('search', answer)).toEqual([])
  return answer
}

const spent = ({ hits }: SearchResult) =>
  hits.reduce((sum, { excerpt, citation }) => sum + Buffer.byteLength(excerpt + citation), 0) / 4

test('neighbours become one hit, whose citation holds; others stay apart', async () => {
  const here = await world(docs).index('docs')
  const { hits, budget } = await asked(here, '--budget', '500', 'whale')
  expect(hits.map(({ path, startLine, endLine }) => `${path}:${startLine}-${endLine}`).sort()).toEqual([
    'far.md:1-3',
    'far.md:7-7',
    'near.md:1-7',
  ])
  const near = hits.find(({ path }) => path === 'near.md')!
  expect(near.excerpt).toBe(docs['docs/near.md'].split('\n').slice(0, 7).join('\n'))
  expect(near.highlights.map(([start, end]) => near.excerpt.slice(start, end))).toEqual([
    'whale',
    'whale',
    'whale',
  ])
  expect(budget!.used).toBe(hits.reduce((sum, { tokens }) => sum + tokens!, 0))
  const { stdout } = await here.run('show', '--json', near.citation)
  expect(JSON.parse(stdout)).toMatchObject({
    verdict: 'same',
    startLine: 1,
    endLine: 7,
  } satisfies Partial<CheckedPassage>)
})

test.each([8, 20, 33, 50, 80, 120])(
  '%i tokens are never overspent, and passages stay whole',
  async budget => {
    const here = await world(docs).index('docs')
    for (const query of ['whale', '座头鲸', 'paragraph']) {
      const answer = await asked(here, '--budget', String(budget), query)
      expect(spent(answer)).toBeLessThanOrEqual(budget)
      const wholes = answer.hits.filter(({ truncated }) => !truncated.some(Boolean))
      expect(answer.hits.length === wholes.length || answer.hits.length === 1).toBe(true)
    }
  },
)

test('where not even the best fits it is cut', async () => {
  const here = await world(docs).index('docs')
  const answer = await asked(here, '--budget', '40', '座头鲸')
  expect(answer.hits).toHaveLength(1)
  expect(answer.hits[0]!.truncated).toContain(true)
})

test('where nothing at all fits, it is found all the same', async () => {
  const here = await world(docs).index('docs')
  expect(await asked(here, '--budget', '2', 'boat')).toMatchObject({
    hits: [],
    verdict: 'found',
    budget: { tokens: 2, used: 0, passedOver: 1 },
  })
  expect(await here.run('search', '--budget', '2', 'boat')).toEqual({
    stdout: '[found: 1 match in 3 documents, but none fits in 2 tokens; checked against the files]\n',
    stderr: '',
    code: 0,
  })
})

test('as text, each passage stands under its citation, and the last line says what the answer is worth', async () => {
  const here = await world(docs).index('docs')
  const { stdout, stderr } = await here.run('search', '--budget', '50', 'boat')
  expect(stderr).toBe('')
  expect(stdout).toMatch(
    /^far\.md:5-5@[0-9a-f]{8}\nParagraph 6 has the boat and some other words with it\.\n\n/,
  )
  expect(stdout).toMatch(
    /\n\[found: 1 passage from 1 match in 3 documents; 19 of 50 tokens; checked against the files\]\n$/,
  )
})

test('nothing found is not there, or not indexed, or the index is behind', async () => {
  const here = await world(docs).index('docs')
  expect(await asked(here, 'zebra')).toMatchObject({ verdict: 'not-there', stale: null, freshness: 'tree' })
  expect(await asked(here, 'boat', '--offset', '999')).toMatchObject({ verdict: 'found', hits: [] })
  here.write({ 'docs/annual-report.pdf': new Uint8Array([0, 1, 2, 0]) })
  expect(await asked(here, 'zebra')).toMatchObject({
    verdict: 'not-there',
    notIndexed: { files: 1, likely: [] },
  })
  const report = { path: 'annual-report.pdf', reason: 'binary' }
  expect(await asked(here, 'annual zebra')).toMatchObject({
    verdict: 'not-indexed',
    notIndexed: { likely: [report] },
  })
  expect(await asked(here, 'zebra', '--path', '*.pdf')).toMatchObject({ verdict: 'not-indexed' })
  here.write({ 'docs/.gitignore': 'secret.md\n', 'docs/secret.md': 'A zebra.\n' })
  expect(await asked(here, 'zebra', '--path', 'secret.md')).toMatchObject({
    verdict: 'not-indexed',
    notIndexed: { likely: [{ path: 'secret.md', reason: 'ignored' }] },
  })
  here.write({ 'docs/new.md': 'A zebra has come.\n' })
  expect(await asked(here, 'zebra')).toMatchObject({
    verdict: 'stale',
    stale: { new: 1, changed: 0, gone: 0 },
  })
  expect(await asked(here, 'whale')).toMatchObject({ verdict: 'found' })
})

test('-f answers each line in turn, with one summary for each', async () => {
  const here = await world(docs).index('docs')
  const { stdout, code } = await here.shell("printf 'whale\\n\\nzebra\\nboat' | glean search -f - -n1")
  const events = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as { type: string; data: SearchResult })
  for (const event of events) expect(faultsOf('events', event)).toEqual([])
  const summaries = events.filter(({ type }) => type === 'summary')
  expect(summaries.map(({ data }) => [data.query, data.verdict])).toEqual([
    ['whale', 'found'],
    ['zebra', 'not-there'],
    ['boat', 'found'],
  ])
  expect(code).toBe(0)
  here.write({ queries: 'zebra\n' })
  expect((await here.run('search', '-f', 'queries')).code).toBe(1)
  const objects = await here.run('search', '--json', '--file=queries')
  expect(JSON.parse(objects.stdout)).toMatchObject({ schema: 'gleaner.search/1', query: 'zebra' })
})

test('-f refuses what it cannot do, and goes on after a query that cannot be answered', async () => {
  const here = await world({ ...docs, queries: `/${'('.repeat(3000)}/\nboat\n` }).index('docs')
  expect((await here.run('search', '-f', 'none')).stderr).toContain('cannot read queries from none')
  expect((await here.run('search', '-f', 'queries', 'whale')).stderr).toContain('leave out the words "whale"')
  expect((await here.run('search', '-f', 'queries', '--vimgrep')).stderr).toContain(
    '-f answers in JSON Lines',
  )
  const { stdout } = await here.run('search', '-f', 'queries')
  expect(stdout).toContain('"query":"boat"')
})

const corpora = fileURLToPath(new URL('../../../shared/corpora', import.meta.url))

/** Questions an agent may have, and what the evidence must hold. */
const WALK: readonly (readonly [question: string, answer: RegExp])[] = [
  ['what does the borrow checker compare', /compares scopes to determine\s+whether all borrows are valid/],
  ['fog everywhere fog up the river', /Fog everywhere\.\s+Fog up the river/],
  ['Sitz der Bundesregierung Hauptstadt', /Die Hauptstadt der Bundesrepublik Deutschland ist Berlin/],
  ['regelmäßige Verjährungsfrist', /Die regelmäßige Verjährungsfrist beträgt drei Jahre/],
  ['故意杀人 死刑', /故意杀人的，处死刑、无期徒刑或者十年以上有期徒刑/],
]

test.skipIf(!existsSync(corpora))(
  "an agent's walk: each question answered in one call under 1,000 tokens, with citations that hold",
  async () => {
    const here = await world().index(corpora, '--index', 'X')
    for (const [question, answer] of WALK) {
      const { stdout, code } = await here.run('search', '--index', 'X', '--budget', '900', question)
      expect([question, code]).toEqual([question, 0])
      expect(stdout).toMatch(answer)
      expect(Buffer.byteLength(stdout) / 4).toBeLessThan(1000)
      const citations = [...stdout.matchAll(/^(\S.*:\d+-\d+@[0-9a-f]{8})$/gm)].map(
        ([, citation]) => citation!,
      )
      expect(citations.length).toBeGreaterThan(0)
      const { stdout: passages, code: held } = await here.run('show', '--index', 'X', '--json', ...citations)
      expect(held).toBe(0)
      for (const line of passages.trim().split('\n')) {
        const { path, startLine, endLine, text, verdict } = JSON.parse(line) as CheckedPassage
        const lines = readFileSync(join(corpora, path), 'utf8').split(/(?<=\n)/)
        expect([verdict, text]).toEqual(['same', lines.slice(startLine - 1, endLine).join('')])
      }
    }
  },
  180_000,
)
