/** A disk that refuses a call of a first build: nothing is left, or a whole index, and the message says which. */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { world } from '../world.ts'

const FAILING_CALLS = new URL('../../bench/failing-calls.mjs', import.meta.url)

test('a first build leaves nothing or all, whichever call fails', async () => {
  const here = world({ 'docs/a.md': 'A whale sings.\n' })
  const build = async (call: number) => {
    rmSync(here.path('index'), { recursive: true, force: true })
    const env = {
      NODE_OPTIONS: `--import ${FAILING_CALLS}`,
      GLEANER_BENCH_FOLDER: here.path('index'),
      GLEANER_BENCH_CALLS: here.path('calls'),
      GLEANER_BENCH_CALL: String(call),
      GLEANER_BENCH_FAILURE: 'ENOSPC',
    }
    return here.runWith({ env }, 'index', 'docs', '--quiet')
  }
  expect(await build(0)).toMatchObject({ code: 0 })
  const calls = JSON.parse(readFileSync(here.path('calls'), 'utf8')) as string[]
  const place = (pattern: RegExp) => calls.findLastIndex(call => pattern.test(call)) + 1
  for (const pattern of [
    /^writeSync .*\.seg/,
    /^renameSync .*\.docs/,
    /^openSync .*gitignore/,
    /^renameSync .*manifest/,
  ]) {
    const { code, stderr } = await build(place(pattern))
    expect([code, readdirSync(here.folder).sort()]).toEqual([2, ['calls', 'docs']])
    expect(stderr).toMatch(/ENOSPC.*no index was changed\n$/)
  }
  // The folder itself, once the manifest has its name.
  const { code, stderr } = await build(place(/^fsyncSync .*index$/))
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/index is the new index.*run the command again\n$/),
  ])
  expect((await here.run('search', '-c', 'whale')).stdout).toBe('1\n')
})
