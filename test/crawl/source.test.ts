import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { resolveSources } from '../../src/crawl/source.ts'
import { crawl, world } from './world.ts'

const resolved = async (cwd: string, ...paths: string[]) => {
  const { root, entries } = await resolveSources(paths, cwd)
  return { root: root.replace(cwd, '~'), entries }
}

it('takes a folder as the root', async () => {
  expect(await resolved(world({ 'docs/a.md': '' }), 'docs/')).toEqual({ root: '~/docs', entries: ['.'] })
})

it("takes a file's folder as the root", async () => {
  expect(await resolved(world({ 'docs/a.md': '' }), './docs/a.md')).toEqual({
    root: '~/docs',
    entries: ['a.md'],
  })
})

it('takes the fixed part of a glob as the root', async () => {
  const cwd = world({ 'docs/en/a.md': '' })
  expect(await resolved(cwd, 'docs/*/a.md')).toEqual({ root: '~/docs', entries: ['*/a.md'] })
  expect(await resolved(cwd, `${cwd}/docs/en/*`)).toEqual({ root: '~/docs/en', entries: ['*'] })
  expect(await resolved(cwd, '{docs/en,b}/*.md')).toEqual({ root: '~', entries: ['{docs/en,b}/*.md'] })
})

it('takes the deepest common folder of several, and sorts and joins them', async () => {
  const cwd = world({ 'x/b/1.md': '', 'x/a/2.md': '', 'x/ab/3.md': '' })
  expect(await resolved(cwd, 'x/b/*.md', 'x/a', 'x/ab/3.md', 'x/a/')).toEqual({
    root: '~/x',
    entries: ['a', 'ab/3.md', 'b/*.md'],
  })
  expect(await resolved(cwd, 'x/a', 'x')).toEqual({ root: '~/x', entries: ['.', 'a'] })
})

it('refuses a path that is not there, naming what was typed and the way out', async () => {
  const cwd = world()
  const error = await resolveSources(['nope/a.md'], cwd).catch(thrown => thrown)
  expect(error).toMatchObject({ name: 'GleanError', code: 'not-found' })
  expect(error.message).toContain('nope/a.md')
  expect(error.message).toContain('name files, folders or quoted globs')
  await expect(resolveSources([''], cwd)).rejects.toMatchObject({ code: 'not-found' })
  await expect(resolveSources(['!*.md'], cwd)).rejects.toThrow("--exclude '*.md'")
})

it('refuses a link that leads nowhere, and says that it is one', async () => {
  const cwd = world()
  symlinkSync('nothing', join(cwd, 'link.md'))
  await expect(resolveSources(['link.md'], cwd)).rejects.toThrow('leads nowhere')
})

it('lets a glob match nothing, also in a folder that is not there', async () => {
  const cwd = world({ 'a.md': '' })
  expect(await crawl(cwd, ['*.rst', 'nope/*.md'])).toEqual({ files: [], leftOut: [], ignored: 0 })
})

it('takes what is there literally though it looks like a glob', async () => {
  const cwd = world({
    '[a]*.txt': '',
    'a1.txt': '',
    'notes (old)/b.md': '',
    'notes (old)/c.txt': '',
    '!x.md': '',
    'back\\slash': '',
  })
  expect((await crawl(cwd, ['[a]*.txt'])).files).toEqual(['[a]*.txt'])
  expect((await crawl(cwd, ['notes (old)/*.md', '!x.md'])).files).toEqual(['!x.md', 'notes (old)/b.md'])
  expect((await crawl(cwd, ['back\\slash'])).files).toEqual(['back\\slash'])
})

it('follows a source that is a link to a folder', async () => {
  const [cwd, elsewhere] = [world({ 'a.md': '' }), world({ 'sub/b.md': '' })]
  symlinkSync(elsewhere, join(cwd, 'docs'))
  expect(await resolved(cwd, 'docs')).toEqual({ root: '~/docs', entries: ['.'] })
  expect((await crawl(cwd, ['docs'])).files).toEqual(['sub/b.md'])
  expect((await crawl(cwd, ['docs', 'a.md'])).files).toEqual(['a.md', 'docs/sub/b.md'])
  expect((await crawl(cwd, ['docs/**/*.md'])).files).toEqual(['sub/b.md'])
})

it('walks down through `..` and from elsewhere', async () => {
  const cwd = world({ 'docs/a.md': '' })
  mkdirSync(join(cwd, 'here'))
  expect((await crawl(join(cwd, 'here'), ['../docs', '.'])).files).toEqual(['docs/a.md'])
  expect((await crawl(join(cwd, 'here'), ['../docs/*.md'])).files).toEqual(['a.md'])
})
