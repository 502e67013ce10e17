import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { LOCK, takeLock } from '../../src/build/lock.ts'
import type { BuildReport } from '../../src/build/report.ts'
import { type IndexWatch, type WatchOptions, watchIndex } from '../../src/build/watch.ts'
import { openIndex } from '../../src/search/open.ts'
import { type World, world } from '../world.ts'

interface Watched {
  readonly here: World
  readonly watch: IndexWatch
  readonly reports: BuildReport[]
  /** Waits until a search finds passages of these documents and no others. */
  finds(word: string, ...paths: string[]): Promise<void>
}

/** A world whose folder `docs` is watched, until the test is over. */
async function watched(files: Record<string, string>, options: Partial<WatchOptions> = {}): Promise<Watched> {
  const here = world(files)
  const reports: BuildReport[] = []
  const watch = watchIndex({
    paths: ['docs'],
    index: 'index',
    cwd: here.folder,
    onUpdate: report => reports.push(report),
    ...options,
  })
  onTestFinished(() => watch.close())
  await watch.ready
  const finds = (word: string, ...paths: string[]) =>
    vi.waitFor(async () => expect(await found(here, word)).toEqual(paths), { timeout: 40_000, interval: 50 })
  return { here, watch, reports, finds }
}

async function found(here: World, word: string): Promise<string[]> {
  const index = await openIndex('index', { cwd: here.folder })
  try {
    return (await index.search(word, { limit: 100 })).hits.map(({ path }) => path).sort()
  } finally {
    await index.close()
  }
}

test('what is written, replaced, renamed and removed is found as it is now', async () => {
  const { here, finds } = await watched({ 'docs/a.md': 'a whale\n' })
  await finds('whale', 'a.md')
  here.write({ 'docs/b.md': 'a whale\n' })
  await finds('whale', 'a.md', 'b.md')
  // As editors save: beside it, then in its place.
  here.write({ 'docs/.b.md.swp': 'a squid\n' })
  renameSync(here.path('docs/.b.md.swp'), here.path('docs/b.md'))
  await finds('squid', 'b.md')
  renameSync(here.path('docs/a.md'), here.path('docs/c.md'))
  await finds('whale', 'c.md')
  rmSync(here.path('docs/b.md'))
  await finds('squid')
})

test('folders that are made, replaced and moved are watched as well', async () => {
  const { here, finds } = await watched({ 'docs/a.md': 'a whale\n', 'docs/sub/deep/b.md': 'a whale\n' })
  here.write({ 'docs/new/er/c.md': 'a squid\n' })
  await finds('squid', 'new/er/c.md')
  here.write({ 'docs/new/er/d.md': 'a squid\n' })
  await finds('squid', 'new/er/c.md', 'new/er/d.md')
  // A switch of branches: gone and made again before anyone looks.
  rmSync(here.path('docs/sub'), { recursive: true })
  here.write({ 'docs/sub/deep/b.md': 'a squid\n' })
  await finds('squid', 'new/er/c.md', 'new/er/d.md', 'sub/deep/b.md')
  here.write({ 'docs/sub/deep/b.md': 'a narwhal\n' })
  await finds('narwhal', 'sub/deep/b.md')
  renameSync(here.path('docs/new'), here.path('docs/old'))
  await finds('squid', 'old/er/c.md', 'old/er/d.md')
  here.write({ 'docs/old/er/c.md': 'a narwhal\n' })
  await finds('narwhal', 'old/er/c.md', 'sub/deep/b.md')
})

test('a burst of changes is a few updates', async () => {
  const { here, reports, finds } = await watched({ 'docs/a.md': 'a whale\n' })
  for (let number = 0; number < 10_000; number++) {
    if (number % 100 === 0) mkdirSync(here.path(`docs/${number / 100}`))
    writeFileSync(here.path(`docs/${Math.floor(number / 100)}/${number}.md`), 'one of very many\n')
  }
  here.write({ 'docs/last.md': 'a squid\n' })
  await finds('squid', 'last.md')
  await vi.waitFor(() => expect(reports.at(-1)).toMatchObject({ documents: 10_002 }), { timeout: 40_000 })
  expect(reports.length).toBeLessThan(8)
})

test('an ignore file that changes brings files in and takes them out', async () => {
  const { here, finds } = await watched({ 'docs/a.md': 'a whale\n', 'docs/b.md': 'a whale\n' })
  here.write({ 'docs/.gitignore': 'b.md\n' })
  await finds('whale', 'a.md')
  rmSync(here.path('docs/.gitignore'))
  await finds('whale', 'a.md', 'b.md')
})

test('where the system watches no more folders it says so and looks by itself', async () => {
  const refusal = Object.assign(new Error('ENOSPC: System limit for number of file watchers reached'), {
    code: 'ENOSPC',
  })
  const onPolling = vi.fn()
  const { here, finds } = await watched(
    { 'docs/a.md': 'a whale\n' },
    {
      rescan: 100,
      onPolling,
      watch: () => {
        throw refusal
      },
    },
  )
  expect(onPolling.mock.calls).toEqual([[refusal.message]])
  here.write({ 'docs/b.md': 'a squid\n' })
  await finds('squid', 'b.md')
  expect(onPolling).toHaveBeenCalledTimes(1)
})

test('what the system forgets to tell is found at the next look', async () => {
  const deaf = { on: () => {}, close: () => {} } as unknown as ReturnType<NonNullable<WatchOptions['watch']>>
  const { here, finds } = await watched({ 'docs/a.md': 'a whale\n' }, { rescan: 100, watch: () => deaf })
  here.write({ 'docs/a.md': 'a squid\n' })
  await finds('squid', 'a.md')
})

test('it waits for another writer, and has left no lock when it is closed', async () => {
  const { here, watch, finds } = await watched({ 'docs/a.md': 'a whale\n' })
  const lock = await takeLock(here.path('index'), 'index')
  here.write({ 'docs/b.md': 'a whale\n' })
  lock.release()
  await finds('whale', 'a.md', 'b.md')
  const other = await takeLock(here.path('index'), 'index')
  here.write({ 'docs/c.md': 'a whale\n' })
  await watch.close()
  other.release()
  expect(existsSync(here.path(join('index', LOCK)))).toBe(false)
  expect(readdirSync(here.path('index')).filter(name => name.includes('tmp'))).toEqual([])
  expect(await found(here, 'whale')).toEqual(['a.md', 'b.md'])
})

test('sources that are gone for a while keep the index, and are taken up again', async () => {
  const onProblem = vi.fn()
  const { here, finds } = await watched({ 'docs/a.md': 'a whale\n' }, { rescan: 100, onProblem })
  renameSync(here.path('docs'), here.path('away'))
  await vi.waitFor(() => expect(onProblem).toHaveBeenCalled(), { timeout: 40_000 })
  await finds('whale', 'a.md')
  renameSync(here.path('away'), here.path('docs'))
  here.write({ 'docs/b.md': 'a squid\n' })
  await finds('squid', 'b.md')
})

test('a first update that cannot be had ends it', async () => {
  const here = world()
  const watch = watchIndex({ paths: ['nowhere'], index: 'index', cwd: here.folder })
  await expect(watch.ready).rejects.toMatchObject({ code: 'not-found' })
  await watch.close()
})
