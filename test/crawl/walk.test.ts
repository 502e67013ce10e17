import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { resolveSources } from '../../src/crawl/source.ts'
import { walk } from '../../src/crawl/walk.ts'
import { crawl, DEFAULTS, world } from './world.ts'

const isRoot = process.getuid?.() === 0

it('lists every file below, sorted by UTF-16 units, with size and absolute path', async () => {
  const cwd = world({
    'b.md': 'xyz',
    'a/c.md': '',
    'a-b.md': '',
    'Z.md': '',
    'ä.md': '',
    '\u{1F600}.md': '',
    '\uFF21.md': '',
  })
  const { files } = await walk(await resolveSources(['.'], cwd), DEFAULTS)
  expect(files.map(({ path }) => path)).toEqual([
    'Z.md',
    'a-b.md',
    'a/c.md',
    'b.md',
    'ä.md',
    '\u{1F600}.md',
    '\uFF21.md',
  ])
  expect(files[3]).toMatchObject({ path: 'b.md', absolute: join(cwd, 'b.md'), size: 3 })
})

it('skips hidden files and node_modules, and counts them', async () => {
  const files = {
    'a.md': '',
    '.b.md': '',
    '.git/c': '',
    'node_modules/d/e.md': '',
    'x/node_modules/f.md': '',
  }
  expect(await crawl(world(files))).toEqual({ files: ['a.md'], leftOut: [], ignored: 4 })
})

it('shows hidden files when asked, node_modules and .git not', async () => {
  const cwd = world({ '.b.md': '', '.c/d.md': '', 'node_modules/e.md': '', '.git/HEAD': '' })
  expect((await crawl(cwd, ['.'], { hidden: true })).files).toEqual(['.b.md', '.c/d.md'])
  expect((await crawl(cwd, ['**/*.md'], { hidden: true })).files).toEqual(['.b.md', '.c/d.md'])
})

it('shows what is hidden to a glob that spells out the dot', async () => {
  const cwd = world({ '.github/a.md': '', 'x/.github/b.md': '', 'x/.other/c.md': '', '.d.md': '' })
  expect((await crawl(cwd, ['**/.github/*.md'])).files).toEqual(['.github/a.md', 'x/.github/b.md'])
})

it('crawls node_modules or a hidden folder that is itself the source', async () => {
  const cwd = world({ 'node_modules/a/b.md': '', 'node_modules/a/node_modules/c.md': '', '.d/e.md': '' })
  expect((await crawl(cwd, ['node_modules'])).files).toEqual(['a/b.md'])
  expect((await crawl(cwd, ['node_modules/a', '.d'])).files).toEqual(['.d/e.md', 'node_modules/a/b.md'])
})

it('indexes a file named by itself whatever is ignored or hidden', async () => {
  const cwd = world({ '.gitignore': '*.log\n', 'a.log': '', '.b.md': '', 'c.md': '' })
  expect(await crawl(cwd, ['.', 'a.log', '.b.md'])).toEqual({
    files: ['.b.md', 'a.log', 'c.md'],
    leftOut: [],
    ignored: 1,
  })
})

it('lists only what a glob matches', async () => {
  const cwd = world({ 'a.md': '', 'x/b.md': '', 'x/c.txt': '', 'x/y/d.md': '', '!e.md': '' })
  expect((await crawl(cwd, ['*/*.{md,txt}'])).files).toEqual(['x/b.md', 'x/c.txt'])
  expect((await crawl(cwd, ['**/[bd].md'])).files).toEqual(['x/b.md', 'x/y/d.md'])
  expect((await crawl(cwd, [join(cwd, '!*.md')])).files).toEqual(['!e.md'])
})

it('names a file once though two sources hold it', async () => {
  const cwd = world({ 'x/a.md': '', 'b.md': '' })
  expect((await crawl(cwd, ['.', 'x', 'x/a.md', '*.md'])).files).toEqual(['b.md', 'x/a.md'])
})

it('matches --include and --exclude as a .gitignore would, and exclude wins', async () => {
  const cwd = world({
    'a.md': '',
    'a.rst': '',
    'a.txt': '',
    'x/b.md': '',
    'x/draft-c.md': '',
    'y/d.md': '',
    '#e.md': '',
  })
  const files = async (include: string[], exclude: string[] = []) =>
    (await crawl(cwd, ['.'], { include, exclude })).files
  expect(await files(['*.{md,rst}'], ['draft*'])).toEqual(['#e.md', 'a.md', 'a.rst', 'x/b.md', 'y/d.md'])
  expect(await files(['/*.md', 'y/'])).toEqual(['#e.md', 'a.md', 'y/d.md'])
  expect(await files(['*.md', '!x/'], ['#*'])).toEqual(['a.md', 'y/d.md'])
  expect(await files([], ['*.md', '!a.md'])).toEqual(['a.md', 'a.rst', 'a.txt'])
  expect((await crawl(cwd, ['a.txt', 'x'], { exclude: ['*.txt', 'x'] })).files).toEqual([])
})

it('reports a file over the limit with both sizes', async () => {
  const cwd = world({ 'big.txt': 'x'.repeat(1001), 'fits.txt': 'x'.repeat(1000) })
  const { files, leftOut } = await walk(await resolveSources(['.'], cwd), DEFAULTS)
  expect(files).toHaveLength(1)
  expect(leftOut).toEqual([
    { path: 'big.txt', reason: 'too-large', detail: expect.stringMatching(/1,001 bytes.* 1,000/) },
  ])
})

it('reports FIFOs, sockets and devices without opening them', async () => {
  const cwd = world({ 'a.md': '' })
  execFileSync('mkfifo', [join(cwd, 'fifo'), join(cwd, '.gitignore')])
  const server = createServer().listen(join(cwd, 'socket'))
  await new Promise(next => server.once('listening', next))
  const result = await crawl(cwd)
  server.close()
  expect(result).toEqual({ files: ['a.md'], leftOut: ['special fifo', 'special socket'], ignored: 1 })
})

it.skipIf(isRoot)('reports a folder that may not be read, and goes on', async () => {
  const cwd = world({ 'shut/a.md': '', 'b.md': '' })
  chmodSync(join(cwd, 'shut'), 0)
  const result = await crawl(cwd)
  chmodSync(join(cwd, 'shut'), 0o700)
  expect(result).toEqual({ files: ['b.md'], leftOut: ['unreadable shut'], ignored: 0 })
})

it('reports a folder too deep to be named, and goes on', async () => {
  const cwd = world({ 'b.md': '' })
  const half = Array(9).fill('d'.repeat(250)).join('/')
  // No path may be that long, so the tree is made of two.
  for (const top of ['x', 'y']) mkdirSync(join(cwd, top, half), { recursive: true })
  renameSync(join(cwd, 'y'), join(cwd, 'x', half, 'y'))
  const { files, leftOut } = await walk(await resolveSources(['.'], cwd), DEFAULTS)
  expect(files.map(({ path }) => path)).toEqual(['b.md'])
  expect(leftOut).toHaveLength(1)
  expect(leftOut[0]).toMatchObject({ reason: 'unreadable', detail: 'ENAMETOOLONG: name too long' })
})

it('never crawls an index, known by its manifest, nor a folder it was told not to', async () => {
  const cwd = world({
    'a.md': '',
    'index/manifest.json': '{"gleaner":1,"checksum":"00000000",\n "format": "gleaner"',
    'index/b.md': '',
    'site/manifest.json': '{"name": "a page of gleaner"}',
    'site/c.md': '',
    'out/d.md': '',
  })
  const result = await crawl(cwd, ['.'], { neverCrawl: [join(cwd, 'out')] })
  expect(result).toEqual({ files: ['a.md', 'site/c.md', 'site/manifest.json'], leftOut: [], ignored: 2 })
  expect(await crawl(cwd, ['index'])).toEqual({ files: [], leftOut: [], ignored: 1 })
})

it('copes with every name a file can have', async () => {
  const names = [
    'new\nline.md',
    'a\r\u2028.md',
    '"\'.md',
    '[a]*.md',
    '!b.md',
    '#c.md',
    'back\\slash.md',
    ' .md',
    `${'n'.repeat(252)}.md`,
  ]
  const cwd = world(Object.fromEntries([...names, 'fol\nder/x.md', '[b]*/y.md'].map(name => [name, ''])))
  const all = [...names, 'fol\nder/x.md', '[b]*/y.md'].sort()
  expect((await crawl(cwd)).files).toEqual(all)
  expect((await crawl(cwd, ['**/*.md'])).files).toEqual(all)
  expect((await crawl(cwd, ['new\n*.md'])).files).toEqual(['new\nline.md'])
})

it.skipIf(process.platform === 'darwin')('reports names that are not UTF-8', async () => {
  const cwd = world({ 'a.md': '' })
  writeFileSync(Buffer.concat([Buffer.from(`${cwd}/b`), Buffer.from([0xff])]), '')
  mkdirSync(Buffer.concat([Buffer.from(`${cwd}/c`), Buffer.from([0xff])]))
  expect(await crawl(cwd)).toEqual({
    files: ['a.md'],
    leftOut: ['unreadable b\uFFFD', 'unreadable c\uFFFD'],
    ignored: 0,
  })
})

it.skipIf(process.platform === 'darwin')('reports each of them, also where they look the same', async () => {
  const cwd = world({ 'b\uFFFD': '' })
  for (const byte of [0xfd, 0xfe, 0xff])
    writeFileSync(Buffer.concat([Buffer.from(`${cwd}/b`), Buffer.from([byte])]), '')
  expect(await crawl(cwd)).toEqual({
    files: ['b\uFFFD'],
    leftOut: ['unreadable b\uFFFD (2)', 'unreadable b\uFFFD (3)', 'unreadable b\uFFFD (4)'],
    ignored: 0,
  })
})

it('reports a source of the last build that has gone', async () => {
  const { leftOut } = await walk({ root: world(), entries: ['gone.md'] }, DEFAULTS)
  expect(leftOut).toEqual([expect.objectContaining({ path: 'gone.md', reason: 'vanished' })])
})

it('lets the caller stop it by throwing', async () => {
  const onProgress = vi.fn().mockImplementationOnce(() => {
    throw new Error('enough')
  })
  const sources = await resolveSources(
    ['.'],
    world(Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`${n}.md`, '']))),
  )
  await expect(walk(sources, { ...DEFAULTS, onProgress })).rejects.toThrow('enough')
})

it('tells how far it is', async () => {
  const cwd = world(Object.fromEntries(Array.from({ length: 250 }, (_, n) => [`${n}.md`, ''])))
  const onProgress = vi.fn()
  await walk(await resolveSources(['.'], cwd), { ...DEFAULTS, onProgress })
  expect(onProgress.mock.calls).toEqual([[100], [200], [250]])
})

it('takes a link to a file for noise where the file is crawled, and for the file where not', async () => {
  const cwd = world({ 'a.md': '', '.hidden.md': '' })
  symlinkSync('a.md', join(cwd, '0-link.md'))
  symlinkSync('.hidden.md', join(cwd, 'link-1.md'))
  symlinkSync('.hidden.md', join(cwd, 'link-2.md'))
  expect(await crawl(cwd)).toEqual({ files: ['a.md', 'link-1.md'], leftOut: [], ignored: 3 })
})

it('reports links that lead out, and links that lead nowhere', async () => {
  const [cwd, elsewhere] = [world({ 'a.md': '' }), world({ 'b.md': '', 'sub/c.md': '' })]
  symlinkSync(join(elsewhere, 'b.md'), join(cwd, 'file'))
  symlinkSync(join(elsewhere, 'sub'), join(cwd, 'folder'))
  symlinkSync('nothing', join(cwd, 'nowhere'))
  symlinkSync('circle', join(cwd, 'circle'))
  expect(await crawl(cwd)).toEqual({
    files: ['a.md'],
    leftOut: ['unreadable circle', 'outside file', 'outside folder', 'unreadable nowhere'],
    ignored: 0,
  })
  expect((await crawl(cwd, ['file'])).files).toEqual(['file'])
})

it('lists no folder twice, whatever the links: neither in circles nor in 2^20 ways', async () => {
  const cwd = world({ 'a.md': '' })
  for (let n = 0; n < 20; n++) {
    mkdirSync(join(cwd, `d${n}`))
    for (const link of ['x', 'y']) symlinkSync(`../d${n + 1}`, join(cwd, `d${n}`, link))
  }
  mkdirSync(join(cwd, 'd20'))
  symlinkSync('..', join(cwd, 'd20', 'up'))
  expect(await crawl(cwd)).toEqual({ files: ['a.md'], leftOut: [], ignored: 41 })
})

it('follows a link to a folder inside that is not crawled itself, once', async () => {
  const cwd = world({ '.store/v1/a.md': '', '.store/v1/sub/b.md': '', 'docs/c.md': '' })
  symlinkSync('../.store/v1', join(cwd, 'docs', 'current'))
  symlinkSync('../.store/v1/sub', join(cwd, 'docs', 'zub'))
  symlinkSync('../..', join(cwd, '.store', 'v1', 'loop'))
  const everything = ['docs/c.md', 'docs/current/a.md', 'docs/current/sub/b.md']
  expect(await crawl(cwd)).toEqual({ files: everything, leftOut: [], ignored: 3 })
  expect((await crawl(cwd, ['*/*/*.md'])).files).toEqual(['docs/current/a.md', 'docs/zub/b.md'])
})

it('goes into two sources that are one folder, and indexes its files once', async () => {
  const cwd = world({ 'docs/a.md': '', 'docs/x/b.md': '' })
  symlinkSync('docs', join(cwd, 'alias'))
  expect((await crawl(cwd, ['alias', 'docs'])).files).toEqual(['docs/a.md', 'docs/x/b.md'])
})
