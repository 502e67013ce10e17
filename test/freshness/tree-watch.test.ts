/** What the system tells of changes, and what is not left to it. */
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statfsSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { resolveSources } from '../../src/crawl/source.ts'
import { walk } from '../../src/crawl/walk.ts'
import { TreeWatch } from '../../src/freshness/tree-watch.ts'
import { DEFAULTS, world } from '../crawl/world.ts'

const isTold =
  process.platform === 'linux' && [0xef53, 0x01021994, 0x794c7630].includes(statfsSync(tmpdir()).type)

const FILES = { '.gitignore': '*.o\n', '.git/info/exclude': '', 'docs/a.md': 'a', 'docs/sub/b.md': 'b' }

/** A tree looked at often enough to be covered, if it can be. */
async function watched(root: string, paths = ['.']) {
  const sources = await resolveSources(paths, root)
  const watch = new TreeWatch(root)
  onTestFinished(() => watch.close())
  let covered = false
  const look = async () => {
    watch.begin()
    covered = watch.covers((await walk(sources, DEFAULTS)).grounds)
    return covered
  }
  await look()
  await look()
  return { watch, look, covered }
}

const CHANGES: Record<string, (root: string) => void> = {
  'a file is written': root => writeFileSync(join(root, 'sub/b.md'), 'c'),
  'a file is appended to': root => appendFileSync(join(root, 'a.md'), 'c'),
  'a file is cut': root => truncateSync(join(root, 'a.md'), 0),
  'a file is touched': root => utimesSync(join(root, 'a.md'), 1, 1),
  'a file cannot be read any more': root => chmodSync(join(root, 'a.md'), 0),
  'a file is new': root => writeFileSync(join(root, 'sub/c.md'), ''),
  'a file is gone': root => rmSync(join(root, 'a.md')),
  'a file is moved': root => renameSync(join(root, 'a.md'), join(root, 'sub/a.md')),
  'a folder is new': root => mkdirSync(join(root, 'new')),
  'a folder is gone': root => rmSync(join(root, 'sub'), { recursive: true }),
  'all is moved': root => renameSync(root, `${root}.moved`),
  'what is around it is moved': root => renameSync(join(root, '..'), `${join(root, '..')}.moved`),
  'the rules change': root => writeFileSync(join(root, '.gitignore'), 'a.md\n'),
  'the rules above it change': root => writeFileSync(join(root, '../.gitignore'), 'a.md\n'),
  'the rules of the repository change': root => writeFileSync(join(root, '../.git/info/exclude'), 'a.md\n'),
  'another process changes it': root => execFileSync('sh', ['-c', 'echo x >> "$0/a.md"', root]),
}

test.runIf(isTold).each(Object.entries(CHANGES))('told before whoever asks next: %s', async (_, change) => {
  const root = join(world(FILES), 'docs')
  onTestFinished(() => rmSync(`${join(root, '..')}.moved`, { recursive: true, force: true }))
  const { watch, covered } = await watched(root)
  expect([covered, await watch.isUntouched()]).toEqual([true, true])
  change(root)
  expect(await watch.isUntouched()).toBe(false)
})

test.runIf(isTold)('what came since is covered from the next look but one on', async () => {
  const root = world(FILES)
  const { watch, look } = await watched(root)
  mkdirSync(join(root, 'docs/new'))
  expect([await look(), await look()]).toEqual([false, true])
  expect(await watch.isUntouched()).toBe(true)
  writeFileSync(join(root, 'docs/new/c.md'), '')
  expect(await watch.isUntouched()).toBe(false)
})

test.runIf(isTold)('what a rule passes over is no news', async () => {
  const root = world({ ...FILES, 'docs/c.o': '', 'node_modules/d.md': '' })
  const { watch } = await watched(root)
  writeFileSync(join(root, 'node_modules/d.md'), 'd')
  expect(await watch.isUntouched()).toBe(true)
})

test('nothing is known of what is reached through a link, nor of a source that is not there', async () => {
  const soft = world(FILES)
  symlinkSync('docs', join(soft, 'link'))
  const hard = world(FILES)
  linkSync(join(hard, 'docs/a.md'), join(hard, '.git/a.md'))
  const elsewhere = world({ 'real/c.md': 'c' })
  symlinkSync(join(elsewhere, 'real'), join(elsewhere, 'link'))
  const gone = world({ 'docs/a.md': '', 'x/b.md': '' })
  expect((await watched(soft)).covered).toBe(false)
  expect((await watched(hard)).covered).toBe(false)
  expect((await watched(elsewhere, ['link/c.md', 'real'])).covered).toBe(false)
  const sources = await resolveSources(['docs', 'x'], gone)
  rmSync(join(gone, 'x'), { recursive: true })
  const watch = new TreeWatch(gone)
  for (let looks = 0; looks < 3; looks++) {
    watch.begin()
    expect(watch.covers((await walk(sources, DEFAULTS)).grounds)).toBe(looks > 0 && isTold)
  }
  watch.close()
})

test('where the system has no more watches to give, nothing is known', async () => {
  const root = world(FILES)
  const watch = new TreeWatch(root, () => {
    throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
  })
  const { grounds } = await walk(await resolveSources(['.'], root), DEFAULTS)
  watch.begin()
  expect([watch.covers(grounds), watch.covers(grounds), await watch.isUntouched()]).toEqual([
    false,
    false,
    false,
  ])
})
