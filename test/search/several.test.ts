/** Several indexes asked as one: the same passages, scores and statistics as of one index over everything. */
import { rmSync } from 'node:fs'
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

test('that the files of one are not here is said, whether it has hits or not, and the others are looked over', async () => {
  const here = await built()
  const { url } = await serveStatic({ two: here.path('two') })
  const both = ['--index', 'one', '--index', `${url}/two`]
  here.write({ 'docs/a/new.txt': 'Fresh water.\n' })
  const away = `the source files of ${url}/two are not here`
  const behind = /the index is behind: 1 new file, 0 changed, 0 gone/
  const asked = async (...words: string[]) => here.run('search', ...words, ...both)
  for (const words of [['sings'], ['quetzal'], ['sings', '-c'], ['sings', '-l'], ['quetzal', '-l']]) {
    const { stderr } = await asked(...words)
    expect([words, stderr]).toEqual([
      words,
      expect.stringContaining(`${away}: what they hold now was not looked at`),
    ])
    expect(stderr).toMatch(behind)
  }
  expect((await asked('ship')).stderr).toContain(`${away}: the text is that of the index`)
  const answer = JSON.parse((await asked('sings', '--json')).stdout) as SearchResult
  expect(faultsOf('search', answer)).toEqual([])
  expect(answer.indexes.map(({ detached }) => detached)).toEqual([undefined, true])
  expect([answer.freshness, answer.stale]).toEqual(['tree', { new: 1, changed: 0, gone: 0 }])
  const full = JSON.parse((await asked('sings', '-n1', '--json')).stdout) as SearchResult
  expect([full.freshness, full.stale]).toEqual(['hits', null])
  // A path that is in none of them, and in two roots to look for it.
  const nowhere = await here.run('search', 'sea', '--path', 'no.txt', '--index', 'one', '--index', 'two')
  expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringMatching(behind)])
})

test('where else a text stands is told from here', async () => {
  const same = 'The same notice stands in either of them.\n'
  const here = world({ 'a/one.txt': same, 'a/two.txt': same, 'b/one.txt': 'Nothing.\n' })
  for (const name of ['a', 'b']) await here.run('index', name, '--index', `${name}.index`)
  const { stdout } = await here.run(
    'search',
    'notice',
    '--format',
    'pretty',
    '--index',
    'a.index',
    '--index',
    'b.index',
  )
  expect(stdout).toContain('also in a/two.txt:1\n')
})

test('documents of the same name are two', async () => {
  const here = world({ 'a/sea.md': '# The Baltic\n\nThe sea.\n', 'b/sea.md': '# The Aegean\n\nThe sea.\n' })
  for (const name of ['a', 'b']) await here.run('index', name, '--index', `${name}.index`)
  const both = ['--index', 'a.index', '--index', 'b.index', '--rank', 'plain']
  const { stdout } = await here.run('search', 'sea', '--format', 'pretty', ...both)
  expect(stdout).toMatch(/^The Baltic\na\/sea\.md:[\s\S]*^The Aegean\nb\/sea\.md:/m)
  const markdown = await here.run('search', 'sea', '--format', 'markdown', ...both)
  expect(markdown.stdout).toMatch(/^### The Baltic[\s\S]*^### The Aegean/m)
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

test('files that are gone are not listed, whichever index they are of', async () => {
  const here = await built()
  rmSync(here.path('docs/b/ship.md'))
  const list = () => here.run('search', 'sea', '-l', '--index', 'one', '--index', 'two')
  expect((await list()).stdout.trim().split('\n').sort()).toEqual([
    'docs/a/tea.txt',
    'docs/a/whale.md',
    'docs/b/sea.txt',
  ])
  rmSync(here.path('docs/b'), { recursive: true })
  expect((await list()).stdout).toContain('docs/a/tea.txt')
})

const GERMAN = {
  'docs/a/haus.txt':
    'Die Häuser der Stadt sind alt, und in den Häusern wohnen die Leute seit vielen Jahren.\n',
  'docs/a/zeit.txt':
    'Das alte Haus steht an der Straße, die nach dem Markt führt, und es ist nicht mehr schön.\n',
  'docs/b/en.txt': 'The house stands by the road, and the houses beside it have been there for years.\n',
  'docs/b/ru.txt': 'Старые дома стоят у дороги, и в этом доме живут люди, которые его построили.\n',
}

test('word forms of every language that any of the indexes has count in all of them', async () => {
  const here = world(GERMAN)
  for (const [name, path] of [
    ['all', 'docs'],
    ['one', 'docs/a'],
    ['two', 'docs/b'],
  ] as const)
    expect((await here.run('index', path, '--index', name)).code).toBe(0)
  const all = await openIndex('all', { cwd: here.folder })
  const several = await openIndex(['one', 'two'], { cwd: here.folder })
  expect(Object.keys(several.manifest.analyzer.stemmers).sort()).toEqual(['de', 'en', 'ru'])
  for (const query of ['haus', 'häusern alt', 'дом', 'house', 'дома houses Haus']) {
    const answer = comparable(await several.search(query), { one: 'a/', two: 'b/' })
    expect([query, answer]).toEqual([query, comparable(await all.search(query))])
    expect(answer.total).toBeGreaterThan(0)
  }
  await several.close()
  await all.close()
})
