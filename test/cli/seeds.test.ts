import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { SearchResult } from '../../src/search/result.ts'
import { world } from '../world.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const hasSeeds = existsSync(join(root, 'seeds')) && existsSync(join(root, 'index'))

test.skipIf(!hasSeeds)('the index in the repository is that of its seeds, byte by byte', async () => {
  const here = world()
  cpSync(join(root, 'seeds'), here.path('seeds'), { recursive: true })
  await here.index('seeds')
  const names = readdirSync(join(root, 'index')).filter(isIndexFile).sort()
  expect(readdirSync(here.path('index')).filter(isIndexFile).sort()).toEqual(names)
  for (const name of names) {
    const same = readFileSync(join(root, 'index', name)).equals(readFileSync(here.path(`index/${name}`)))
    expect([name, same]).toEqual([name, true])
  }
})

/** What is committed; locks and caches are not. */
function isIndexFile(name: string): boolean {
  return /\.(seg|docs|json)$/.test(name)
}

const given = join(root, '../shared/seeds')

test.skipIf(!existsSync(given))(
  'a question about a reading passage finds the paragraph that answers it',
  async () => {
    const here = await world().index(given, '--index', 'X')
    const { stdout, code } = await here.run(
      'search',
      'trilateral coalition counterproductive',
      '--index',
      'X',
      '--json',
    )
    const { hits } = JSON.parse(stdout) as SearchResult
    expect(code).toBe(0)
    expect(hits[0]?.excerpt).toContain('building a trilateral coalition')
    const lines = readFileSync(join(given, hits[0]!.path), 'utf8').split(/\r\n|\n|\r/)
    expect(lines[hits[0]!.line - 1]?.slice(hits[0]!.column - 1)).toMatch(/^trilateral/)
  },
)

test.skipIf(!existsSync(given))(
  'its Fact Box selects it, is no part of the ranking, and can be shown',
  async () => {
    const here = await world().index(given, '--index', 'X')
    const ask = async (...args: string[]) => (await here.run(...args, '--index', 'X')).stdout
    const where = 'level > 13 and tokens >= 1000'
    const { hits } = JSON.parse(await ask('search', 'coalition', '--where', where, '--json')) as SearchResult
    expect(hits).toHaveLength(1)
    expect(hits[0]?.metadata).toEqual({ level: 13.815, tokens: 1081, types: 419, ttr: 0.388 })
    expect(await ask('search', 'coalition', '--where', 'level > 14', '-c')).toBe('0\n')
    expect(await ask('search', 'TTR', '-c')).toBe('0\n')
    expect(await ask('show', `${hits[0]!.path}:1-9`)).toBe(
      'Fact Box\n\nLevel: 13.815\n\nTokens: 1081\n\nTypes: 419\n\nTTR: 0.388\n',
    )
  },
)
