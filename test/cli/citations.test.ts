/** What `glean show` says of a citation after the files have changed. */
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { CheckedPassage, SearchResult } from '../../src/search/result.ts'
import { faultsOf } from '../schema.ts'
import { type World, world } from '../world.ts'

const song = '## Song\n\nA humpback whale sings for hours, and is heard far away.\n'
const docs = {
  'docs/whale.md': `# Whales\n\nThe blue whale is the largest animal.\n\n${song}`,
  'docs/ship.txt': 'Ships\n\nThe ship sailed north.\nIts crew saw a whale at noon.\n',
}

/** A world with its index, and the citation of the best hit for a query. */
async function cited(query: string): Promise<{ here: World; citation: string }> {
  const here = await world(docs).index('docs')
  const { stdout } = await here.run('search', '--json', query)
  return { here, citation: (JSON.parse(stdout) as SearchResult).hits[0]!.citation }
}

async function checked(here: World, citation: string): Promise<CheckedPassage & { code: number | null }> {
  const { stdout, code } = await here.run('show', '--json', citation)
  const passage = JSON.parse(stdout) as CheckedPassage
  expect(faultsOf('passage', passage)).toEqual([])
  return { ...passage, code }
}

test('same: where it stood, also when the words around it have changed', async () => {
  const { here, citation } = await cited('humpback')
  expect(await checked(here, citation)).toMatchObject({
    verdict: 'same',
    now: citation,
    against: 'files',
    code: 0,
  })
  here.write({ 'docs/whale.md': docs['docs/whale.md'].replace('largest', 'greatest') })
  expect(await checked(here, citation)).toMatchObject({ verdict: 'same', text: song, code: 0 })
  const { stdout, stderr } = await here.run('show', citation)
  expect({ stdout, stderr }).toEqual({
    stdout: song,
    stderr: `glean: same: ${citation}: the passage stands where it stood\n`,
  })
})

test('moved: to other lines, into another file, and a paragraph that was only wrapped anew', async () => {
  const { here, citation } = await cited('humpback')
  here.write({ 'docs/whale.md': `# Whales\n\nNew.\n\nMore words that are new here.\n\n${song}` })
  const lower = await checked(here, citation)
  expect(lower).toMatchObject({ verdict: 'moved', path: 'whale.md', startLine: 7, text: song, code: 0 })
  expect(await checked(here, lower.now!)).toMatchObject({ verdict: 'same' })
  here.write({ 'docs/whale.md': docs['docs/whale.md'].replace('hours, and', 'hours,\nand') })
  expect(await checked(here, citation)).toMatchObject({ verdict: 'moved', endLine: 8 })
  renameSync(here.path('docs/whale.md'), here.path('docs/renamed.md'))
  expect(await checked(here, citation)).toMatchObject({ verdict: 'moved', path: 'renamed.md', code: 0 })
  await here.index('docs')
  expect(await checked(here, citation)).toMatchObject({ verdict: 'moved', path: 'renamed.md' })
})

test('changed: something like it stands there, and its citation is given', async () => {
  const { here, citation } = await cited('humpback')
  here.write({ 'docs/whale.md': docs['docs/whale.md'].replace('for hours', 'for days') })
  const passage = await checked(here, citation)
  expect(passage).toMatchObject({ verdict: 'changed', code: 1 })
  expect(passage.text).toContain('sings for days')
  await here.index('docs')
  expect(await checked(here, citation)).toMatchObject({ verdict: 'changed', now: passage.now })
})

test('gone: with its file, or from it; the index may still have the words', async () => {
  const { here, citation } = await cited('crew')
  writeFileSync(here.path('docs/ship.txt'), 'Quite another thing is said in this file now.\n')
  expect(await checked(here, citation)).toMatchObject({
    verdict: 'gone',
    now: null,
    text: docs['docs/ship.txt'],
    code: 1,
  })
  rmSync(here.path('docs/ship.txt'))
  await here.index('docs')
  expect(await checked(here, citation)).toMatchObject({ verdict: 'gone', text: '', lines: 0, code: 1 })
})

test('changed: also where its file was renamed at the same time; not by whatever else is new', async () => {
  const { here, citation } = await cited('humpback')
  rmSync(here.path('docs/whale.md'))
  here.write({
    'docs/a.md': '# Other\n\nAnother whale is seen far away, and nobody hears it sing.\n',
    'docs/later.md': docs['docs/whale.md'].replace('for hours', 'for days'),
  })
  const passage = await checked(here, citation)
  expect(passage).toMatchObject({ verdict: 'changed', path: 'later.md', code: 1 })
  rmSync(here.path('docs/later.md'))
  expect(await checked(here, citation)).toMatchObject({ verdict: 'gone', code: 1 })
})

test('of several indexes, the one that has the passage tells, whichever is named first', async () => {
  const here = world({ ...docs, 'more/ship.txt': 'Ships of another kind.\n', 'more/tea.md': 'Tea is hot.\n' })
  for (const name of ['docs', 'more']) await here.run('index', name, '--index', `${name}.index`)
  const both = ['--index', 'more.index', '--index', 'docs.index']
  const { stdout } = await here.run('search', '--json', 'crew', ...both)
  const { citation } = (JSON.parse(stdout) as SearchResult).hits[0]!
  const shown = await here.run('show', '--json', citation, ...both)
  expect(JSON.parse(shown.stdout)).toMatchObject({
    verdict: 'same',
    text: docs['docs/ship.txt'],
    now: citation,
  })
  expect((await here.run('show', 'tea.md', ...both)).stdout).toBe('Tea is hot.\n')
  rmSync(here.path('docs/ship.txt'))
  expect(JSON.parse((await here.run('show', '--json', citation, ...both)).stdout)).toMatchObject({
    verdict: 'gone',
    text: docs['docs/ship.txt'],
  })
})

test('without the files the index answers, and says so', async () => {
  const { here, citation } = await cited('humpback')
  renameSync(here.path('docs'), here.path('elsewhere'))
  expect(await checked(here, citation)).toMatchObject({ verdict: 'same', against: 'index', code: 0 })
  const { stderr } = await here.run('show', citation)
  expect(stderr).toContain('by the index: the files are not here')
})

test('several references are shown in turn, and one that fails decides the exit code', async () => {
  const { here, citation } = await cited('humpback')
  const wrong = citation.replace(/.{8}$/, '00000000')
  const { stdout, code } = await here.run('show', citation, 'ship.txt:1-1')
  expect({ stdout, code }).toEqual({
    stdout: `==> ${citation} <==\n${song}==> ship.txt:1-1 <==\nShips\n`,
    code: 0,
  })
  const both = await here.run('show', '--json', citation, wrong)
  const verdicts = both.stdout
    .trim()
    .split('\n')
    .map(line => (JSON.parse(line) as CheckedPassage).verdict)
  expect([verdicts, both.code]).toEqual([['same', 'changed'], 1])
})

test('a place is taken as a search prints it, from wherever one stands; what is not there is told, the rest shown', async () => {
  const here = await world(docs).index('docs')
  const { stdout } = await here.run('search', 'crew')
  const [place] = /^docs\/ship\.txt:4:5/.exec(stdout)!
  const line = 'Its crew saw a whale at noon.\n'
  expect(await here.run('show', place)).toEqual({ stdout: line, stderr: '', code: 0 })
  expect((await here.runWith({ cwd: 'docs' }, 'show', 'ship.txt:4')).stdout).toBe(line)
  expect((await here.runWith({ cwd: 'docs' }, 'show', './ship.txt:3-4')).stdout).toContain('sailed north')
  const some = await here.run('show', 'none.md', 'ship.txt:4', 'ship.txt:99')
  expect(some.stdout).toBe(`==> ship.txt:4 <==\n${line}`)
  expect(some.code).toBe(2)
  expect(some.stderr).toMatch(
    /^glean: index has no document none\.md; .*\nglean: ship\.txt has 4 lines, .*\n$/,
  )
})
