/** What an answer says of files that could not be indexed: from the index itself, whoever asks and wherever. */
import { readFileSync, renameSync, rmSync, utimesSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { IndexStats, SearchResult } from '../../src/search/result.ts'
import { faultsOf } from '../schema.ts'
import { type World, world } from '../world.ts'

const docs = {
  'docs/whale.md': 'A whale sings.\n',
  'docs/photo.bin': new Uint8Array([0, 1, 2, 0]),
  'docs/more.bin': new Uint8Array([0, 1, 2, 0]),
  'docs/empty.pdf': '%PDF-1.4 and no more',
}
const counts = { binary: 2, damaged: 1 }

async function asked(here: World, ...args: string[]): Promise<SearchResult> {
  const answer = JSON.parse((await here.run('search', '--json', ...args)).stdout) as SearchResult
  expect(faultsOf('search', answer)).toEqual([])
  return answer
}

test('the index keeps how many there are for each reason, and every form says so', async () => {
  const here = await world(docs).index('docs')
  expect((await asked(here, 'whale')).indexes[0]).toMatchObject({ documents: 1, leftOut: counts })
  const pretty = await here.run('search', '--format', 'pretty', 'whale')
  expect(pretty.stdout).toMatch(/1 hit in 1 document · .* · 3 files not indexed\n$/)
  const evidence = await here.run('search', '--budget', '99', 'whale')
  expect(evidence.stdout).toMatch(/; checked against the files; 3 files not indexed\]\n$/)
  const { stdout } = await here.run('stats', '--json')
  expect(faultsOf('stats', JSON.parse(stdout))).toEqual([])
  expect((JSON.parse(stdout) as IndexStats).leftOut).toEqual(counts)
  expect((await here.run('stats')).stdout).toMatch(
    /Files not indexed, by reason\n {2}binary {3}2 █+\n {2}damaged {2}1 █+\n/,
  )
})

test('on a machine without the files it is known too', async () => {
  const here = await world(docs).index('docs')
  renameSync(here.path('docs'), here.path('gone'))
  const answer = await asked(here, 'ship')
  expect(answer).toMatchObject({
    verdict: 'not-there',
    freshness: 'none',
    notIndexed: { files: 3, reasons: counts, likely: [] },
  })
})

test('one more or less is a change of the index, and the bytes are those of a new one', async () => {
  const here = await world(docs).index('docs')
  const before = readFileSync(here.path('index/manifest.json'), 'utf8')
  const long = new Date('2020-01-01')
  for (const path of Object.keys(docs)) utimesSync(here.path(path), long, long)
  await here.index()
  here.write({ 'docs/third.bin': new Uint8Array([0]) })
  const { stdout } = await here.run('index', '--json')
  expect(JSON.parse(stdout)).toMatchObject({ changed: true, leftOutCounts: { binary: 3 } })
  expect((await asked(here, 'whale')).indexes[0]!.leftOut).toEqual({ binary: 3, damaged: 1 })
  expect(JSON.parse((await here.run('index', '--json')).stdout)).toMatchObject({ changed: false })
  rmSync(here.path('docs/third.bin'))
  await here.index()
  expect(readFileSync(here.path('index/manifest.json'), 'utf8')).toBe(before)
})

test('where all is indexed nothing is said', async () => {
  const here = await world({ 'docs/whale.md': 'A whale sings.\n' }).index('docs')
  expect((await asked(here, 'whale')).indexes[0]!.leftOut).toEqual({})
  expect((await here.run('search', '--format', 'pretty', 'whale')).stdout).not.toContain('not indexed')
  expect((await here.run('stats')).stdout).not.toContain('not indexed')
})
