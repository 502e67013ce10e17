/** Several indexes asked as one: the same passages, scores and statistics as of one index over everything. */
import { expect, test } from 'vitest'
import { openIndex } from '../../src/search/open.ts'
import type { SearchOptions } from '../../src/search/options.ts'
import type { SearchResult } from '../../src/search/result.ts'
import { serveStatic } from '../browser/static-server.ts'
import { faultsOf } from '../schema.ts'
import { type World, world } from '../world.ts'

const FILES = {
  'docs/a/whale.md':
    '# Whales\n\nA sperm whale dives for an hour under the sea.\n\nThe whale sings to the whales.\n',
  'docs/a/tea.txt': 'Tea is best with water that does not quite boil, by the sea or not.\n',
  'docs/b/ship.md': '---\nlevel: 3\n---\n# Ships\n\nThe ship sails the sea, and the whale follows it.\n',
  'docs/b/sea.txt':
    'The sea, the sea; and whaling is an old trade.\n\nWater everywhere, and no tea to be had.\n',
}

const QUERIES: [string, SearchOptions?][] = [
  ['whale'],
  ['the sea whale tea', { limit: 3 }],
  ['the sea whale tea', { limit: 3, offset: 2 }],
  ['"the whale" OR wat*'],
  ['+sea -ship'],
  ['whale sea', { all: true, group: 'document' }],
  ['sea', { paths: ['b/**'] }],
  ['sea', { where: 'level = 3' }],
  ['wahle'],
  ['ship', { sort: 'path' }],
]

async function built(): Promise<World> {
  const here = world(FILES)
  for (const [name, ...paths] of [
    ['all', 'docs'],
    ['one', 'docs/a'],
    ['two', 'docs/b'],
  ] as const)
    expect((await here.run('index', ...paths, '--index', name)).code).toBe(0)
  return here
}

/** What has to be alike: everything but whose a hit is, and the order of those that score alike. */
function comparable(
  { hits, total, absent, relaxed, suggestion }: SearchResult,
  prefixes: Record<string, string> = {},
) {
  const alike = hits
    .map(({ path, index, score, line, excerpt, highlights, matched, more }) => ({
      path: (prefixes[index ?? ''] ?? '') + path,
      ...{ score, line, excerpt, highlights, matched, more },
    }))
    .sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1))
  return { hits: alike, total, absent, relaxed, suggestion }
}

test('the ranking is that of one index over everything', async () => {
  const here = await built()
  const all = await openIndex('all', { cwd: here.folder })
  const several = await openIndex(['one', 'two'], { cwd: here.folder })
  for (const [query, options] of QUERIES) {
    const wanted = { ...options, paths: options?.paths && ['ship.md', 'sea.txt'] }
    const answer = comparable(await several.search(query, wanted), { one: 'a/', two: 'b/' })
    expect([query, answer]).toEqual([query, comparable(await all.search(query, options))])
  }
  expect(await several.count('sea')).toBe(await all.count('sea'))
  expect((await several.show('ship.md:6')).text).toMatch(/ship sails/)
  await several.close()
  await all.close()
})

test('one of them may be on a web server, and each is compared with its own files', async () => {
  const here = await built()
  const { url } = await serveStatic({ two: here.path('two') })
  here.write({ 'docs/a/tea.txt': 'Coffee.\n' })
  const { stdout, code } = await here.run(
    'search',
    'sea',
    '--json',
    '--index',
    'one',
    '--index',
    `${url}/two`,
  )
  const answer = JSON.parse(stdout) as SearchResult
  expect(faultsOf('search', answer)).toEqual([])
  expect(code).toBe(0)
  expect(answer.indexes).toMatchObject([
    { index: 'one', documents: 2 },
    { index: `${url}/two`, documents: 2 },
  ])
  expect(Object.fromEntries(answer.hits.map(({ path, state }) => [path, state]))).toEqual({
    'whale.md': 'current',
    'sea.txt': 'detached',
    'ship.md': 'detached',
  })
  expect(answer.dropped).toBe(1)
})

test('paths are printed from here, and what cannot be opened is told', async () => {
  const here = await built()
  const { stdout } = await here.run('search', 'sea', '--vimgrep', '--index', 'one', '--index', 'two')
  expect(stdout).toMatch(/^docs\/b\/sea\.txt:1:5:/m)
  expect(stdout).toMatch(/^docs\/a\/whale\.md:3:/m)
  const missing = await here.run('search', 'sea', '--index', 'one', '--index', 'three')
  expect([missing.code, missing.stderr]).toEqual([2, expect.stringMatching(/there is no index at three/)])
  const twice = await here.run('stats', '--index', 'one', '--index', 'two')
  expect(twice.stderr).toMatch(/works on one index: name --index once/)
})
