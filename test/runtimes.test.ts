/** The library and the command in Bun and Deno, where these are installed: the same index, the same answers as in Node. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import type { SearchResult } from '../src/search/result.ts'
import { COMMAND, type World, world } from './world.ts'

const RUNTIMES: Record<string, string[]> = { bun: ['run'], deno: ['run', '-A'] }

const missing = (name: string): boolean => spawnSync(name, ['--version']).status !== 0

/** Builds an index and asks it, as a program does. */
const PROGRAM = `
  import { buildIndex, openIndex } from 'gleaner'
  await buildIndex({ paths: ['docs'], index: 'built', cwd: import.meta.dirname })
  const index = await openIndex('built', { cwd: import.meta.dirname })
  const { hits, total } = await index.search('"the whale" häuser dive*')
  const { text } = await index.show(hits[0].citation)
  console.log(JSON.stringify({ hits, total, text }))
  await index.close()
`

const FILES = {
  'docs/whale.md': '# Whales\n\nThe whale dives, and has dived before.\n\nA second paragraph of the whale.\n',
  'docs/haus.txt': 'Die Häuser stehen an der Straße, und das Haus ist alt, aber es ist nicht mehr schön.\n',
  'docs/鯨.txt': '鯨は海に住む。\n',
  'docs/page.html':
    '<!doctype html><title>A page</title><main><h1>Whales</h1><p>The whale on a page dives too.</p></main>',
  'package.json': '{ "type": "module" }',
  'program.mjs': PROGRAM,
}

/** A project that has the package, where these runtimes look for it. */
function project(): World {
  const here = world(FILES)
  mkdirSync(here.path('node_modules'))
  symlinkSync(dirname(dirname(COMMAND)), here.path('node_modules/gleaner'))
  return here
}

for (const [runtime, run] of Object.entries(RUNTIMES)) {
  const isMissing = missing(runtime)
  test.skipIf(isMissing)(`${runtime} ${isMissing ? '(not installed)' : ''}`, async () => {
    const [here, there] = [project(), project()]
    const ours = spawnSync(process.execPath, ['program.mjs'], { cwd: here.folder, encoding: 'utf8' })
    const theirs = spawnSync(runtime, [...run, 'program.mjs'], { cwd: there.folder, encoding: 'utf8' })
    const facts = (stdout: string) =>
      JSON.parse(stdout, (key, value) => (key === 'modified' ? null : value)) as SearchResult
    expect([theirs.stderr, facts(theirs.stdout)]).toEqual([ours.stderr, facts(ours.stdout)])
    expect(facts(ours.stdout).hits.map(({ path }) => path)).toContain('page.html')
    const names = (folder: string) => readdirSync(join(folder, 'built')).sort()
    expect(names(there.folder)).toEqual(names(here.folder))
    const search = ['search', '鯨 whale', '--index', 'built', '--json']
    const command = 'node_modules/gleaner/dist/cli.js'
    const answer = spawnSync(runtime, [...run, command, ...search], { cwd: there.folder, encoding: 'utf8' })
    expect([answer.status, answer.stderr]).toEqual([0, ''])
    const { hits } = JSON.parse((await here.run(...search)).stdout) as SearchResult
    const scores = (all: SearchResult['hits']) => all.map(({ path, line, score }) => [path, line, score])
    expect(scores((JSON.parse(answer.stdout) as SearchResult).hits)).toEqual(scores(hits))
  })
}
