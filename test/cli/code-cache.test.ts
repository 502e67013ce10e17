/** The code cache: made by a search, used by the next, and never in anyone's way. NODE_DEBUG=glean tells what becomes of it. */
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { COMMAND, type Outcome, type World, world } from '../world.ts'

/** An index, and a place for caches in which nothing is yet. */
async function indexed(): Promise<World> {
  return world({ 'a.md': 'Here is a whale.\n' }).index('a.md')
}

/** A search with its place for caches in the world; `env` beside. */
function search(here: World, env: NodeJS.ProcessEnv = {}, ...words: string[]): Promise<Outcome> {
  const own = { XDG_CACHE_HOME: here.path('caches'), NODE_DEBUG: 'glean', ...env }
  return here.runWith({ env: own }, 'search', ...(words.length > 0 ? words : ['whale']))
}

/** The caches that are there, absolute. */
function cachesOf(here: World): string[] {
  const folder = here.path('caches/gleaner')
  return existsSync(folder) ? readdirSync(folder).map(name => join(folder, name)) : []
}

const USED = /^code cache: \S+: \d+ bytes$/m
const NOTHING = /^code cache: \S+: nothing$/m
const KEPT = /^code cache: kept \d+ bytes$/m
const FOUND = 'a.md:1:11: Here is a whale.\n'

test('the first search makes it, in a folder of the user alone, and the next one uses it', async () => {
  const here = await indexed()
  const first = await search(here)
  expect(first).toMatchObject({ code: 0, stdout: FOUND })
  expect(first.stderr).toMatch(NOTHING)
  expect(first.stderr).toMatch(KEPT)
  const [cache, ...others] = cachesOf(here)
  expect(others).toEqual([])
  expect(statSync(here.path('caches/gleaner')).mode & 0o777).toBe(0o700)
  expect(statSync(cache!).mode & 0o777).toBe(0o600)
})

test('the next ones use it, and add what they need besides; from the fifth on it stays', async () => {
  const here = await indexed()
  await search(here)
  const [cache] = cachesOf(here)
  const first = statSync(cache!).size
  for (let run = 2; run <= 5; run++) {
    const next = await search(here, {}, '"a whale"', '--format', 'pretty')
    expect(next.code).toBe(0)
    expect(next.stderr).toMatch(USED)
    expect(next.stderr).toMatch(KEPT)
  }
  const { size, mtimeMs } = statSync(cache!)
  expect(size).toBeGreaterThan(first)
  const last = await search(here)
  expect(last).toMatchObject({ code: 0, stdout: FOUND })
  expect(last.stderr).toMatch(USED)
  expect(last.stderr).not.toMatch(KEPT)
  expect(statSync(cache!)).toMatchObject({ size, mtimeMs })
  expect(cachesOf(here)).toEqual([cache])
})

test('without NODE_DEBUG not a word is said of it', async () => {
  const here = await indexed()
  expect(await search(here, { NODE_DEBUG: '' })).toEqual({ code: 0, stdout: FOUND, stderr: '' })
  expect(cachesOf(here)).toHaveLength(1)
})

test('a search without hits makes it too; one that fails does not', async () => {
  const here = await indexed()
  expect(await search(here, {}, 'whale', '--index', 'nowhere')).toMatchObject({ code: 2 })
  expect(cachesOf(here)).toEqual([])
  expect(await search(here, {}, 'walrus')).toMatchObject({ code: 1 })
  expect(cachesOf(here)).toHaveLength(1)
})

test.each<[string, (bytes: Buffer) => Uint8Array]>([
  ['cut short', bytes => bytes.subarray(0, bytes.length >> 1)],
  ['empty', bytes => bytes.subarray(0, 0)],
  ['changed in one byte', bytes => bytes.fill(bytes[1000]! ^ 1, 1000, 1001)],
  [
    'of another name',
    bytes => Buffer.from(bytes.toString('latin1').replace(/\ncode-v/, '\ncode-w'), 'latin1'),
  ],
  ['something else', () => Buffer.from('hello')],
])('one that is %s is not given to the engine, and made anew', async (_, damage) => {
  const here = await indexed()
  await search(here)
  const [cache] = cachesOf(here)
  const whole = readFileSync(cache!)
  writeFileSync(cache!, damage(Buffer.from(whole)))
  const next = await search(here)
  expect(next).toMatchObject({ code: 0, stdout: FOUND })
  expect(next.stderr).toMatch(NOTHING)
  expect(next.stderr).toMatch(KEPT)
  expect((await search(here)).stderr).toMatch(USED)
})

test('where others may write, nothing is taken and nothing is kept', async () => {
  const here = await indexed()
  await search(here)
  chmodSync(here.path('caches/gleaner'), 0o777)
  const open = await search(here)
  expect(open).toMatchObject({ code: 0, stdout: FOUND })
  expect(open.stderr).toMatch(NOTHING)
  expect(open.stderr).toContain('is not ours alone')
  chmodSync(here.path('caches/gleaner'), 0o700)
  expect((await search(here)).stderr).toMatch(USED)
  chmodSync(cachesOf(here)[0]!, 0o666)
  expect((await search(here)).stderr).toMatch(NOTHING)
})

test.skipIf(process.geteuid?.() !== 0)(
  "another user's folder is left alone (only root can make one)",
  async () => {
    const here = await indexed()
    await search(here)
    chownSync(here.path('caches/gleaner'), 12345, 12345)
    const other = await search(here)
    expect(other).toMatchObject({ code: 0, stdout: FOUND })
    expect(other.stderr).toMatch(NOTHING)
    expect(other.stderr).not.toMatch(KEPT)
    // Nor is a folder made in what is another's: there it would be in their way.
    mkdirSync(here.path('home'))
    chownSync(here.path('home'), 12345, 12345)
    expect(await search(here, { XDG_CACHE_HOME: '', HOME: here.path('home') })).toMatchObject({ code: 0 })
    expect(readdirSync(here.path('home'))).toEqual([])
  },
)

test('no place for it is no trouble', async () => {
  const here = await indexed()
  here.write({ file: '' })
  for (const env of [
    { XDG_CACHE_HOME: here.path('file/caches') },
    { XDG_CACHE_HOME: '', HOME: '' },
    { XDG_CACHE_HOME: '/proc/self/caches' },
    { XDG_CACHE_HOME: 'caches', HOME: here.path('no/such/home') },
  ])
    expect(await search(here, { NODE_DEBUG: '', ...env })).toEqual({ code: 0, stdout: FOUND, stderr: '' })
  expect(cachesOf(here)).toEqual([])
  expect(existsSync(here.path('no'))).toBe(false)
})

test.each(['GLEAN_CODE_CACHE=0', 'GLEAN_CODE_CACHE=no', 'NODE_DISABLE_COMPILE_CACHE=1'])(
  '%s switches it off',
  async setting => {
    const here = await indexed()
    const [name, value] = setting.split('=')
    const { code, stderr } = await search(here, { [name!]: value })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(cachesOf(here)).toEqual([])
  },
)

test('engines that are set in other ways have caches of their own; the oldest of many go', async () => {
  const here = await indexed()
  await search(here)
  const env = { XDG_CACHE_HOME: here.path('caches') }
  const [own] = cachesOf(here)
  for (const [age, name] of ['code-v1.0.0-a', 'code-v1.0.0-b', 'code-v1.0.0-c.123', 'notes'].entries()) {
    here.write({ [`caches/gleaner/${name}`]: '' })
    utimesSync(here.path(`caches/gleaner/${name}`), 1000 - age, 1000 - age)
  }
  const child = here.start({ env }, process.execPath, '--max-lazy', COMMAND, 'search', 'whale')
  await new Promise(resolve => child.on('close', resolve))
  const names = cachesOf(here).map(path => path.split('/').at(-1))
  expect(names).toHaveLength(5)
  expect(names).toEqual(
    expect.arrayContaining(['notes', 'code-v1.0.0-a', 'code-v1.0.0-b', own!.split('/').at(-1)]),
  )
  expect((await search(here)).stderr).toMatch(USED)
})

test('several searches at once leave one, whole', async () => {
  const here = await indexed()
  const all = await Promise.all([search(here), search(here), search(here), search(here)])
  expect(all.map(({ code, stdout }) => [code, stdout])).toEqual(all.map(() => [0, FOUND]))
  expect(cachesOf(here)).toHaveLength(1)
  expect((await search(here)).stderr).toMatch(USED)
})

test('another command keeps what it has read, which counts for no search', async () => {
  const here = world({ 'a.md': 'Here is a whale.\n' })
  const env = { XDG_CACHE_HOME: here.path('caches'), NODE_DEBUG: 'glean' }
  const first = await here.runWith({ env }, 'index', 'a.md')
  expect(first.stderr).toMatch(NOTHING)
  expect(first.stderr).toMatch(KEPT)
  const again = await here.runWith({ env }, 'index')
  expect(again.stderr).toMatch(USED)
  expect(again.stderr).not.toMatch(KEPT)
  const [cache] = cachesOf(here)
  const size = statSync(cache!).size
  expect((await search(here)).stderr).toMatch(KEPT)
  expect(statSync(cache!).size).toBeGreaterThan(size)
})
