import { mkdirSync, symlinkSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, it } from 'vitest'
import { seenFolders } from '../../src/crawl/seen-folders.ts'
import { resolveSources } from '../../src/crawl/source.ts'
import type { WalkOptions } from '../../src/crawl/walk.ts'
import { DEFAULTS, world } from './world.ts'

async function seen(cwd: string, paths = ['.'], options: Partial<WalkOptions> = {}) {
  const { folders, passesOver } = await seenFolders(await resolveSources(paths, cwd), {
    ...DEFAULTS,
    ...options,
  })
  return {
    folders: folders.map(folder => relative(cwd, folder) || '.').sort(),
    passesOver: (path: string) => passesOver(join(cwd, path)),
  }
}

it('lists the folders that a walk looks into, not those that a rule passes over', async () => {
  const cwd = world({
    '.gitignore': 'build/\n',
    'a/b/c.md': '',
    'build/d.md': '',
    'node_modules/e/f.md': '',
    '.git/g': '',
    'index/manifest.json': '{"gleaner":1',
    'out/h.md': '',
  })
  const { folders, passesOver } = await seen(cwd, ['.'], {
    neverCrawl: [join(cwd, 'out')],
    exclude: ['*.log'],
  })
  expect(folders).toEqual(['.', 'a', 'a/b'])
  const paths = [
    'build/x.o',
    'node_modules',
    'index/lock',
    'out/h.md',
    '.git/index',
    'a/new.md',
    '.gitignore',
  ]
  expect(paths.filter(passesOver)).toEqual([
    'build/x.o',
    'node_modules',
    'index/lock',
    'out/h.md',
    '.git/index',
  ])
})

it('lists the folder of a file, and what a glob looks into', async () => {
  const cwd = world({ 'x/a.md': '', 'y/.z/b.md': '', 'y/c.md': '', 'd.md': '' })
  expect((await seen(cwd, ['x/a.md'])).folders).toEqual(['x'])
  expect((await seen(cwd, ['y/**/*.md', 'd.md'])).folders).toEqual(['.', 'y'])
  expect((await seen(cwd, ['y/.z/*.md'])).folders).toEqual(['y/.z'])
  expect((await seen(cwd, ['y'], { hidden: true })).folders).toEqual(['y', 'y/.z'])
})

it('follows links to folders as a walk does, and ends in circles', async () => {
  const cwd = world({ 'docs/a.md': '', '.store/b/c.md': '' })
  symlinkSync('../.store', join(cwd, 'docs/link'))
  symlinkSync('..', join(cwd, 'docs/up'))
  mkdirSync(join(cwd, 'empty'))
  expect((await seen(cwd)).folders).toEqual(['.', 'docs', 'docs/link', 'docs/link/b', 'empty'])
})

it('has nothing of a source that is not there', async () => {
  const cwd = world()
  const { folders } = await seenFolders({ root: join(cwd, 'gone'), entries: ['.'] }, DEFAULTS)
  expect(folders).toEqual([])
})
