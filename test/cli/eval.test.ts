/** `glean eval` as a user meets it: a folder, an index, runs; and what it says of files that are wrong. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { faultsOf } from '../schema.ts'
import { type World, world } from '../world.ts'

const json = (rows: readonly object[]) => rows.map(row => `${JSON.stringify(row)}\n`).join('')

/** Two queries with a relevant document each, one without. The document "none" has a title and no text. */
const COLLECTION = {
  'c/corpus.jsonl': json([
    { id: 'w/1', title: 'Whales', text: 'The sperm whale dives for an hour, down to the squid.' },
    { id: 'o 2', title: '', text: 'An owl hears a mouse under the snow.\n\nIt flies without a sound.' },
    { id: 'none', title: 'Snow', text: '' },
    { id: 'yaml', title: 'A "title": [odd', text: '---\nnot: metadata\n---\nsquid' },
  ]),
  'c/queries.jsonl': json([
    { id: 'q1', text: 'Which (whale) dives?' },
    { id: 'q2', text: 'snow AND "mouse' },
    { id: 'q3', text: 'nothing judged' },
  ]),
  'c/qrels.tsv': 'q1\tw/1\t2\nq2\tnone\t1\nq2\to 2\t0\n',
}

test('--json prints one object of means over the judged queries', async () => {
  const here = world(COLLECTION)
  const { stdout, stderr, code } = await here.run('eval', 'c', '--json')
  expect(stderr).toBe('')
  expect(code).toBe(0)
  // q1 finds its document first. q2 finds "none" behind the owl, which has both words: 1 / log2(3), and 1 / 2.
  expect(JSON.parse(stdout)).toEqual({
    collection: 'c',
    queries: 2,
    'ndcg@10': 0.8155,
    map: 0.75,
    mrr: 0.75,
    'p@10': 0.1,
    'recall@100': 1,
  })
})

test('a person gets a table, on request of every query', async () => {
  const here = world(COLLECTION)
  expect((await here.run('eval', 'c')).stdout).toBe(
    'c  2 judged queries\n  nDCG@10     0.8155\n  MAP         0.7500\n  MRR         0.7500\n  P@10        0.1000\n  Recall@100  1.0000\n',
  )
  const { stdout } = await here.run('eval', 'c', '--by-query')
  expect(stdout).toContain('q1     1.0000')
  expect(stdout).toContain('Which (whale) dives?')
  expect(stdout).toContain('mean   0.8155')
})

test('a run is written, measured again alike, and compared', async () => {
  const here = world(COLLECTION)
  const searched = await here.run('eval', 'c', '--json', '--run', 'a.run')
  expect(readFileSync(here.path('a.run'), 'utf8')).toMatch(/^q1 Q0 w\/1 1 [\d.]+ gleaner\n/)
  // An id with a space is written with a line instead: the format has no room for it.
  expect((await here.run('eval', 'c', '--json', '--from', 'a.run')).stdout).toBe(searched.stdout)
  const byQuery = await here.run('eval', 'c', '--json', '--by-query', '--from', 'a.run')
  for (const { stdout } of [searched, byQuery]) expect(faultsOf('evaluation', JSON.parse(stdout))).toEqual([])
  here.write({ 'b.run': 'q1 Q0 w/1 1 2 x\nq2 Q0 none 1 2 x\n' })
  const compared = await here.run('eval', 'c', '--compare', 'a.run', 'b.run')
  expect(compared.stdout).toContain('nDCG@10     0.8155  1.0000  +0.1845  1.0000')
  expect(compared.stdout).toContain('Gained most (nDCG@10)\n  q2  0.6309  1.0000  +0.3691')
  expect(compared.stdout).not.toContain('Lost most')
  const answer = JSON.parse((await here.run('eval', 'c', '--compare', 'a.run', 'b.run', '--json')).stdout)
  expect(faultsOf('evaluation', answer)).toEqual([])
  expect(answer).toMatchObject({ queries: 2, p: { map: 1 }, gained: [{ query: 'q2', b: 1 }], lost: [] })
})

test('an index there is: documents by path, with its ending or without', async () => {
  const here = await indexed()
  const { stdout } = await here.run(
    ...['eval', '--index', 'index', '--queries', 'q.tsv', '--qrels', 'documents.trec', '--json'],
  )
  expect(JSON.parse(stdout)).toMatchObject({ queries: 2, mrr: 1 })
})

test('an index there is: passages by path and line, any line of the passage', async () => {
  const here = await indexed()
  const { stdout } = await here.run(
    ...['eval', '--index', 'index', '--queries', 'q.tsv', '--qrels', 'passages.tsv', '--json'],
  )
  expect(JSON.parse(stdout)).toMatchObject({ queries: 1, mrr: 1, map: 1 })
})

test('a passage that is judged in another of its places is found there', async () => {
  const notice = 'This file may be copied under the terms of the licence.'
  const here = await world({
    'docs/a.txt': `One\n\nThis is the first of them.\n\n${notice}`,
    'docs/b.txt': `Two\n\nThis is the second of them.\n\n${notice}`,
    'q.tsv': '1\tcopied licence\n',
    'qrels.tsv': '1\tb.txt:5\t1\n',
  }).index('docs')
  const { stdout } = await here.run(
    ...['eval', '--index', 'index', '--queries', 'q.tsv', '--qrels', 'qrels.tsv', '--json'],
  )
  expect(JSON.parse(stdout)).toMatchObject({ mrr: 1 })
})

test('what counts 0 for want of an id is told', async () => {
  const here = await indexed()
  here.write({
    ...COLLECTION,
    'gone.tsv': 'q1\tw/1\t1\nq1\tmoby\t1\n',
    'half.run': 'q1 Q0 w/1 1 2 x\n',
    'other.run': 'q1 Q0 1 1 2 x\nq2 Q0 2 1 2 x\n',
  })
  const noteOf = async (...args: string[]) => (await here.run('eval', 'c', ...args)).stderr
  expect(await noteOf('--qrels', 'gone.tsv')).toContain(
    'the corpus lacks 1 of 2 relevant documents, such as moby',
  )
  expect(await noteOf('--from', 'half.run')).toContain(
    'half.run: the run has nothing for 1 of 2 judged queries, such as q2',
  )
  expect(await noteOf('--compare', 'half.run', 'other.run')).toContain(
    'other.run: the run has no judged document',
  )
  expect(await noteOf('--index', 'index')).toContain('no judged document was found')
})

test('a run is measured without a folder, where queries and judgements are named', async () => {
  const here = world({ ...COLLECTION, 'a.run': 'q1 Q0 w/1 1 2 x\nq2 Q0 none 1 2 x\n' })
  const files = ['--queries', 'c/queries.jsonl', '--qrels', 'c/qrels.tsv']
  const { stdout, stderr } = await here.run('eval', ...files, '--from', 'a.run', '--json')
  expect([JSON.parse(stdout).map, stderr]).toEqual([1, ''])
})

test('a text is text, whatever it begins with or holds', async () => {
  const here = world({
    'c/corpus.jsonl': json([
      { id: 'a', text: '---\nkey: walrus\n---\n' },
      { id: 'b', text: 'zebra \0 walrus' },
    ]),
    'c/queries.jsonl': json([{ id: '1', text: 'walrus' }]),
    'c/qrels.tsv': '1\ta\t1\n1\tb\t1\n',
  })
  expect(JSON.parse((await here.run('eval', 'c', '--json')).stdout)).toMatchObject({ 'recall@100': 1 })
})

async function indexed(): Promise<World> {
  return world({
    'docs/whale.md': '# Whales\n\nThe sperm whale\ndives for an hour.\n\nSquid live there.\n',
    'docs/owl.md': '# Owls\n\nAn owl hears a mouse.\n',
    'q.tsv': '1\tsperm whale\n2\towl\n',
    'documents.trec': '1 0 whale.md 1\n2 0 owl 1\n',
    'passages.tsv': 'query\tdocument\trelevance\n1\twhale.md:4\t1\n',
  }).index('docs')
}

test.each([
  [['eval'], 'nothing to eval'],
  [['eval', 'nowhere'], 'cannot read'],
  [['eval', 'bad'], 'bad/qrels.tsv:2 should be query, document and relevance'],
  [['eval', 'c', '--qrels', 'other.tsv'], 'judges no document relevant to any of the queries'],
  [['eval', 'c', '--compare', 'a.run'], '--compare needs a value'],
  [['eval', 'c', '--from', 'c/corpus.jsonl'], 'c/corpus.jsonl:1 is no line of a TREC run'],
  [['eval', 'c', '--run', 'nowhere/a.run'], 'cannot write the run to nowhere/a.run'],
  [['eval', 'c', '--queries', 'empty.jsonl'], 'empty.jsonl holds no query'],
  [['eval', 'broken'], 'broken/corpus.jsonl:1 should be a JSON object'],
])('%j ends with 2 and says what is wrong', async (args, message) => {
  const here = world({
    ...COLLECTION,
    'bad/queries.jsonl': '{"id":"1","text":"x"}\n',
    'bad/qrels.tsv': '1\ta\t1\n1\tb\tgood\n',
    'broken/corpus.jsonl': '{"id":\n',
    'broken/queries.jsonl': '{"id":"1","text":"x"}\n',
    'broken/qrels.tsv': '1\ta\t1\n',
    'empty.jsonl': '\n',
    'other.tsv': '9\ta\t1\n',
  })
  const { stdout, stderr, code } = await here.run(...args)
  expect([stdout, code]).toEqual(['', 2])
  expect(stderr).toContain(message)
})
