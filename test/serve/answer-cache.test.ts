/** What is asked again is answered from memory, as long as it would be answered so anew. */
import { statSync, utimesSync } from 'node:fs'
import { expect, test } from 'vitest'
import { AnswerCache } from '../../src/serve/answer-cache.ts'
import type { Job, Outcome } from '../../src/serve/job.ts'
import { world } from '../world.ts'

const JOB: Job = { call: 'search', query: 'whale', options: {} }

/** A cache over a runner that counts, with a clock and an index of our own. */
function cache(outcome: (run: number) => Outcome, kept?: number) {
  const here = { runs: 0, now: 0, mark: 'one' as string | undefined }
  const run = async () => outcome(++here.runs)
  const answers = new AnswerCache({
    run,
    mark: () => here.mark,
    now: () => here.now,
    ...(kept === undefined ? {} : { kept }),
  })
  return { here, answers, ask: (job = JOB) => answers.run(job) }
}

test('what is asked at the same time is done once', async () => {
  const { here, ask } = cache(run => ({ json: `${run}`, mark: 'one', files: [] }))
  const all = await Promise.all([ask(), ask(), ask({ ...JOB, query: 'shark' })])
  expect(all.map(each => (each as { json: string }).json)).toEqual(['1', '1', '2'])
  expect(here.runs).toBe(2)
})

test('an answer holds while the index is the same, and a minute at the longest', async () => {
  const { here, ask } = cache(run => ({ json: `${run}`, mark: here.mark, files: [] }))
  await ask()
  here.now = 30_000
  await ask()
  expect(here.runs).toBe(1)
  here.mark = 'two'
  await ask()
  expect(here.runs).toBe(2)
  here.now = 91_000
  await ask()
  expect(here.runs).toBe(3)
})

test('an answer of an index that cannot be told from another holds for a moment', async () => {
  const { here, ask } = cache(run => ({ json: `${run}`, mark: here.mark, files: [] }))
  here.mark = undefined
  await ask()
  here.now = 900
  await ask()
  expect(here.runs).toBe(1)
  here.now = 1100
  await ask()
  expect(here.runs).toBe(2)
})

test('an answer of the index before is not given as one of this', async () => {
  const { here, ask } = cache(run => ({ json: `${run}`, mark: 'before', files: [] }))
  await ask()
  await ask()
  expect(here.runs).toBe(2)
})

test('an answer holds while its files are as they were; one that hangs on others, for a moment', async () => {
  const here = world({ 'a.md': 'whale' })
  const path = here.path('a.md')
  const { size, mtime } = statSync(path)
  const changed = () => statSync(path).ctimeMs
  const file = { path, size, modified: mtime.toISOString(), changed: changed() }
  const one = cache(run => ({ json: `${run}`, mark: 'one', files: [file] }))
  await one.ask()
  one.here.now = 5000
  await one.ask()
  expect(one.here.runs).toBe(1)
  utimesSync(path, mtime, new Date(mtime.getTime() + 5000))
  await one.ask()
  expect(one.here.runs).toBe(2)
  const seen = { ...file, modified: new Date(mtime.getTime() + 5000).toISOString(), changed: changed() }
  const both = cache(run => ({ json: `${run}`, mark: 'one', files: [seen], hangsOnOthers: true }))
  await both.ask()
  await both.ask()
  expect(both.here.runs).toBe(1)
  utimesSync(path, mtime, mtime)
  await both.ask()
  expect(both.here.runs).toBe(2)
  const other = cache(run => ({ json: `${run}`, mark: 'one', hangsOnOthers: true }))
  await other.ask()
  other.here.now = 900
  await other.ask()
  other.here.now = 1100
  await other.ask()
  expect(other.here.runs).toBe(2)
})

test('what is kept is bounded, the longest unused given up first; errors are not kept', async () => {
  const json = 'x'.repeat(1000)
  const { here, ask } = cache(() => ({ json, mark: 'one', files: [] }), 6000)
  const named = (query: string) => ask({ ...JOB, query })
  for (const query of ['a', 'b', 'a', 'c']) await named(query)
  expect(here.runs).toBe(3)
  await named('a')
  expect(here.runs).toBe(3)
  await named('b')
  expect(here.runs).toBe(4)
  const failing = cache(() => ({ code: 'usage', message: 'no' }))
  await failing.ask()
  await failing.ask()
  expect(failing.here.runs).toBe(2)
})

test('an edit that keeps the size and sets the time back is seen', async () => {
  const here = world({ 'a.md': 'whale' })
  const path = here.path('a.md')
  const { size, atime, mtime, ctimeMs: changed } = statSync(path)
  const file = { path, size, modified: mtime.toISOString(), changed }
  const { ask, here: counted } = cache(run => ({ json: `${run}`, mark: 'one', files: [file] }))
  await ask()
  await new Promise(next => setTimeout(next, 20))
  here.write({ 'a.md': 'shark' })
  utimesSync(path, atime, mtime)
  await ask()
  expect(counted.runs).toBe(2)
})
