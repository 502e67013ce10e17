import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { BuildReport } from '../../src/build/report.ts'
import { faultsOf } from '../schema.ts'
import { world } from '../world.ts'

test('the summary says what is in the index, and what is not and why', async () => {
  const here = world({
    'docs/a.md': '# A\n\nSome words here.\n',
    'docs/b.bin': new Uint8Array([0, 1, 2, 0]),
    'docs/.hidden': 'x',
  })
  const { stdout, stderr, code } = await here.run('index', 'docs')
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 })
  expect(stdout).toMatch(/^Indexed 1 document of docs in /)
  expect(stdout).toContain('Left out 1 file: 1 binary\n  b.bin: binary')
})

test('--json is the report, with every file left out', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 12 }, (_, n) => [`docs/${n}.bin`, new Uint8Array([0])]),
  )
  const here = world({ ...files, 'docs/a.md': 'words in a file' })
  const { stdout, code } = await here.run('index', 'docs', '--json')
  const report = JSON.parse(stdout) as BuildReport
  expect(code).toBe(0)
  expect(report).toMatchObject({
    schema: 'gleaner.index/1',
    index: 'index',
    root: 'docs',
    documents: 1,
    leftOutCounts: { binary: 12 },
  })
  expect(report.leftOut).toHaveLength(12)
  expect((await here.run('index', 'docs')).stdout).toContain('and 2 more; glean index --json lists all')
})

test('text that is no Unicode is read, a doubtful guess reported, and --encoding remembered', async () => {
  const here = world({ 'docs/a.txt': Buffer.from('caf\xe9', 'latin1') })
  expect((await here.run('index', 'docs')).stdout).toContain('\n  a.txt: read as windows-1252, a guess')
  expect((await here.run('search', 'café', '--count')).stdout).toBe('1\n')
  const named = JSON.parse((await here.run('index', 'docs', '--encoding', 'latin1', '--json')).stdout)
  expect(named.doubts).toEqual([])
  const again = JSON.parse((await here.run('index', '--json')).stdout)
  expect(again).toMatchObject({ doubts: [], changed: false })
  const { code, stderr } = await here.run('index', 'docs', '--encoding', 'klingon')
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining('"klingon"; name one such as'),
  })
})

test('--dry-run writes nothing', async () => {
  const here = world({ 'docs/a.md': 'words in a file' })
  const { stdout, code } = await here.run('index', 'docs', '--dry-run')
  expect({ stdout, code }).toEqual({
    stdout: 'Would index 1 file of docs, 15 B, into index\n  nothing was written\n',
    code: 0,
  })
  expect((await here.run('search', 'words')).code).toBe(2)
})

test('--dry-run tells what an update would do and names every file it would leave out', async () => {
  const files = { 'docs/a.md': 'words in a file', 'docs/b.bin': 'no\0text', 'docs/c.md': 'more words' }
  const here = world(files)
  const dry = async () => (await here.run('index', 'docs', '--dry-run')).stdout
  const left = 'Left out 1 file: 1 binary\n  b.bin: binary, a NUL byte at offset 2\n'
  expect(await dry()).toBe(`Would index 2 files of docs, 25 B, into index\n  nothing was written\n${left}`)
  await here.index('docs')
  const before = readFileSync(here.path('index/manifest.json'), 'utf8')
  here.write({ 'docs/a.md': 'other words', 'docs/d.md': 'new', 'docs/e.bin': 'nor\0text' })
  rmSync(here.path('docs/c.md'))
  expect(await dry()).toBe(
    `Would index 2 files of docs, 14 B, into index
  1 added, 1 changed, 1 removed
  nothing was written
Left out 2 files: 2 binary
  b.bin: binary, a NUL byte at offset 2
  e.bin: binary, a NUL byte at offset 3
`,
  )
  const report = JSON.parse((await here.run('index', 'docs', '--dry-run', '--json')).stdout)
  expect(faultsOf('index', report)).toEqual([])
  expect(report.leftOut).toHaveLength(2)
  expect(readFileSync(here.path('index/manifest.json'), 'utf8')).toBe(before)
})

test('without paths the last build is repeated, from a folder below too', async () => {
  const here = await world({
    'docs/a.md': 'words in a file',
    'docs/b.txt': 'other words',
    'docs/sub/c.md': 'more words',
  }).index('docs', '--include', '*.md')
  const { stdout } = await here.runWith({ cwd: 'docs/sub' }, 'index', '--json')
  expect(JSON.parse(stdout)).toMatchObject({ index: '../../index', documents: 2, changed: false })
})

test('segments without a manifest are not taken for an index of the current folder', async () => {
  const here = await world({ 'docs/a.md': 'words in a file', 'other.md': 'other words' }).index('docs')
  rmSync(here.path('index/manifest.json'))
  const names = readdirSync(here.path('index'))
  const { stdout, stderr, code } = await here.run('index')
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/no manifest\.json.*name the folders to index: glean index DIR --index index\n$/)
  expect(readdirSync(here.path('index'))).toEqual(names)
  expect(await here.run('search', '--update', 'words')).toMatchObject({ code: 2, stdout: '' })
  await here.index('docs')
  expect((await here.run('search', '-c', 'words')).stdout).toBe('1\n')
})

test('flags reach the build', async () => {
  const here = world({
    'docs/a.md': 'words in a file',
    'docs/big.md': 'x '.repeat(600),
    'docs/.h.md': 'hidden words',
    'docs/i.md': 'ignored',
    'docs/.gitignore': 'i.md',
  })
  let builds = 0
  const paths = async (...flags: string[]) => {
    const index = `--index=${++builds}`
    await here.index('docs', index, ...flags)
    const { stdout } = await here.run('search', '-l', 'words x hidden ignored', index)
    return stdout
      .split('\n')
      .filter(Boolean)
      .map(path => path.replace('docs/', ''))
      .sort()
  }
  expect(await paths()).toEqual(['a.md', 'big.md'])
  expect(await paths('--max-file-size', '1k')).toEqual(['a.md'])
  expect(await paths('--no-ignore')).toEqual(['a.md', 'big.md', 'i.md'])
  expect(await paths('--hidden', '--exclude', 'a.*', '--exclude=big.md')).toEqual(['.h.md'])
})

test('--index and GLEAN_INDEX name the folder', async () => {
  const here = await world({ 'docs/a.md': 'words in a file' }).index('docs', '--index', 'one')
  expect((await here.run('search', 'words')).code).toBe(2)
  expect((await here.run('search', 'words', '--index=one')).code).toBe(0)
  expect((await here.runWith({ env: { GLEAN_INDEX: 'one' } }, 'search', 'words')).code).toBe(0)
})

test('--quiet prints nothing', async () => {
  const here = world({ 'docs/a.md': 'words in a file' })
  expect(await here.run('index', 'docs', '--quiet')).toEqual({ stdout: '', stderr: '', code: 0 })
})

test('export prints what MiniSearch loads, and show and stats what they found', async () => {
  const here = await world({ 'docs/a.md': '# A\r\n\r\nFirst line.\r\nSecond line.\r\n' }).index('docs')
  const exported = await here.run('export', 'minisearch')
  expect(exported.code).toBe(0)
  expect(JSON.parse(exported.stdout)).toMatchObject({ documentCount: 1 })
  expect((await here.run('show', 'a.md:3-4')).stdout).toBe('First line.\nSecond line.\n')
  expect(JSON.parse((await here.run('show', 'a.md:4', '--json')).stdout)).toMatchObject({
    schema: 'gleaner.passage/1',
    path: 'a.md',
    startLine: 4,
    endLine: 4,
    text: 'Second line.\r\n',
  })
  expect(JSON.parse((await here.run('stats', '--json')).stdout)).toMatchObject({
    schema: 'gleaner.stats/1',
    documents: 1,
    formats: { markdown: 1 },
  })
  expect((await here.run('stats')).stdout).toMatch(/documents +1\n/)
})

test('the version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(await world().run('--version')).toEqual({ stdout: `${version}\n`, stderr: '', code: 0 })
  expect((await world().run('search', '--version')).stdout).toBe(`${version}\n`)
})

test('without arguments, and with --help, there is help; a global flag may come first', async () => {
  const here = await world({ 'docs/a.md': 'words in a file' }).index('docs')
  expect(await here.run()).toMatchObject({ code: 0, stderr: '' })
  expect((await here.run()).stdout).toContain('glean search')
  expect((await here.run('index', '--help')).stdout).toContain('--max-file-size')
  expect((await here.run('--index', 'index', '-q', 'search', 'words')).code).toBe(0)
})
