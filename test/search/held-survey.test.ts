/** How long it is taken for true that nothing was added to the sources. */
import { rmSync } from 'node:fs'
import { expect, onTestFinished, test, vi } from 'vitest'
import { walk } from '../../src/crawl/walk.ts'
import { HeldSurvey } from '../../src/search/held-survey.ts'
import { openIndex } from '../../src/search/open.ts'
import { DEFAULTS } from '../crawl/world.ts'
import { world } from '../world.ts'

/** Time stands still but for {@link pass}. */
function stopped(): { pass(milliseconds: number): void } {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  return { pass: milliseconds => void vi.advanceTimersByTime(milliseconds) }
}

/** A held survey of a world, and how often that was looked at; `takes` lets the time pass that a look takes. */
function held(root: string | undefined, folder: string, takes = () => {}) {
  let looks = 0
  const survey = new HeldSurvey(root)
  onTestFinished(() => survey.close())
  const look = async () => {
    looks++
    const { grounds } = await walk({ root: folder, entries: ['.'] }, DEFAULTS)
    takes()
    return {
      stale: { new: looks, changed: 0, gone: 0 },
      fresh: [],
      leftOut: [],
      changed: new Set<string>(),
      grounds,
    }
  }
  const current = async () => (await survey.current(look)).stale.new
  return { current, close: () => survey.close() }
}

test('for a moment it is held whatever happens, then only where nothing has been touched', async () => {
  const { pass } = stopped()
  const here = world({ 'a.md': '' })
  const { current } = held(here.folder, here.folder)
  const at = async (milliseconds: number) => {
    pass(milliseconds)
    return current()
  }
  expect(await current()).toBe(1)
  here.write({ 'b.md': '' })
  expect([await at(999), await at(2)]).toEqual([1, 2])
  expect(await at(1001)).toBe(3)
  if (process.platform !== 'linux') return
  expect([await at(1001), await at(3000)]).toEqual([3, 3])
  here.write({ 'b.md': 'b' })
  expect(await at(1)).toBe(4)
  expect([await at(4990), await at(20)]).toEqual([4, 5])
})

test.runIf(process.platform === 'linux')(
  'where looking takes long, a change that is told ends it all the same, after as long again at the latest',
  async () => {
    const { pass } = stopped()
    const here = world({ 'a.md': '' })
    const { current } = held(here.folder, here.folder, () => pass(800))
    const at = async (milliseconds: number) => {
      pass(milliseconds)
      return current()
    }
    expect([await current(), await at(8000)]).toEqual([1, 2])
    here.write({ 'b.md': '' })
    expect(await at(800)).toBe(3)
    rmSync(here.path('b.md'))
    expect([await at(700), await at(100)]).toEqual([3, 4])
    expect(await at(7000)).toBe(4)
    here.write({ 'b.md': 'b' })
    expect(await at(1)).toBe(5)
    expect([await at(7100), await at(100)]).toEqual([5, 6])
  },
)

test('who asks while it is looked at is told the same', async () => {
  const { pass } = stopped()
  const here = world({ 'a.md': '' })
  const { current } = held(here.folder, here.folder)
  for (const number of [1, 2, 3]) {
    expect(await Promise.all([current(), current(), current()])).toEqual([number, number, number])
    pass(1001)
  }
})

test('where nothing is told, or it is closed, it is held for a moment only', async () => {
  const { pass } = stopped()
  const here = world({ 'a.md': '' })
  const untold = held(undefined, here.folder)
  const closed = held(here.folder, here.folder)
  closed.close()
  for (const number of [1, 2, 3, 4]) {
    expect([await untold.current(), await closed.current()]).toEqual([number, number])
    pass(1001)
  }
})

test('a survey that fails is tried again', async () => {
  const { pass } = stopped()
  const here = world()
  const survey = new HeldSurvey(here.folder)
  const failing = () => Promise.reject(new Error('no'))
  await expect(survey.current(failing)).rejects.toThrow('no')
  pass(1001)
  await expect(survey.current(failing)).rejects.toThrow('no')
})

test('an index that stays open says at once that a file is new', async () => {
  const here = await world({ 'docs/a.md': 'A whale.\n' }).index('docs')
  const { pass } = stopped()
  const index = await openIndex('index', { cwd: here.folder })
  onTestFinished(() => index.close())
  for (let asked = 0; asked < 5; asked++) {
    expect(await index.search('squid')).toMatchObject({ freshness: 'tree', stale: null })
    pass(1001)
  }
  here.write({ 'docs/b.md': 'A squid.\n' })
  expect(await index.search('squid')).toMatchObject({ stale: { new: 1, changed: 0, gone: 0 } })
  rmSync(here.path('docs/b.md'))
  pass(1001)
  expect(await index.search('squid')).toMatchObject({ stale: null })
})
