/** Trees that nobody would make on purpose, or only on purpose: nothing hangs, nothing is lost without a word. */
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { buildIndex } from '../../src/build/build.ts'
import type { BuildOptions } from '../../src/build/plan.ts'
import { openIndex } from '../../src/search/open.ts'
import { COMMAND, type World, world } from '../world.ts'

const GIGABYTE = 1 << 30

/** Builds, with something that happens between the walk and the reading. */
function building(here: World, meanwhile: () => void = () => {}, options: Partial<BuildOptions> = {}) {
  let isDone = false
  const onProgress = () => {
    // With fewer than a hundred files the walk tells of itself once, at its end.
    if (!isDone) meanwhile()
    isDone = true
  }
  return buildIndex({ paths: ['docs'], index: 'index', cwd: here.folder, onProgress, ...options })
}

async function found(here: World, query: string): Promise<string[]> {
  const index = await openIndex('index', { cwd: here.folder })
  try {
    return (await index.search(query, { limit: 100 })).hits.map(({ path }) => path).sort()
  } finally {
    await index.close()
  }
}

test('a file is found, shown and updated whatever its name', async () => {
  const names = [
    'new\nline.md',
    '"quo\'ted".md',
    'tab\t.md',
    '\u001b[31mred.md',
    '\u202edm.exe',
    '-n.md',
    '%s.md',
  ]
  const all = [
    ...names,
    `${'n'.repeat(252)}.md`,
    `${'ü'.repeat(126)}.md`,
    '\ud7ff\u{10ffff}.md',
    'sub\n/x:1.md',
  ].sort()
  const here = world(
    Object.fromEntries(all.map((name, number) => [`docs/${name}`, `whale number${number}\n`])),
  )
  expect(await building(here)).toMatchObject({ documents: all.length, leftOut: [] })
  expect(await found(here, 'whale')).toEqual(all)
  expect(await building(here)).toMatchObject({ changed: false })
  const index = await openIndex('index', { cwd: here.folder })
  for (const [number, name] of all.entries())
    expect(await index.show(name)).toMatchObject({ path: name, text: `whale number${number}\n` })
  await index.close()
  const { stdout, code } = await here.run('search', '--all', '-n', '100', 'whale', '--color', 'never')
  const unsafe = [...stdout].filter(unit => (unit < ' ' && unit !== '\n') || unit === '\u202e')
  expect({ code, unsafe }).toEqual({ code: 0, unsafe: [] })
})

test.skipIf(process.platform !== 'linux')('names that are not UTF-8 are reported, each time', async () => {
  const here = world({ 'docs/a.md': 'whale\n' })
  for (const name of [[0x62, 0xff], [0xc3], [0xed, 0xa0, 0x80]])
    writeFileSync(Buffer.concat([Buffer.from(here.path('docs/')), Buffer.from(name)]), 'whale\n')
  for (let time = 0; time < 2; time++) {
    const { documents, leftOut } = await building(here)
    expect(documents).toBe(1)
    // Two of them look the same, once they are text.
    expect(leftOut.map(({ reason, detail }) => `${reason}: ${detail}`)).toEqual(
      leftOut.map(() => 'unreadable: its name is not valid UTF-8'),
    )
    expect(leftOut.map(({ path }) => path)).toEqual(['b\ufffd', '\ufffd', '\ufffd\ufffd\ufffd'])
  }
})

test('files that vanish, grow, shrink or turn into something else before they are read', async () => {
  const names = ['gone', 'grows', 'grows-too-large', 'shrinks', 'pipe', 'folder']
  const here = world(Object.fromEntries(names.map(name => [`docs/${name}.md`, 'a whale sings\n'.repeat(50)])))
  const { documents, leftOut } = await building(
    here,
    () => {
      for (const name of ['gone', 'pipe', 'folder']) rmSync(here.path(`docs/${name}.md`))
      execFileSync('mkfifo', [here.path('docs/pipe.md')])
      mkdirSync(here.path('docs/folder.md'))
      appendFileSync(here.path('docs/grows.md'), '\na squid\n')
      appendFileSync(here.path('docs/grows-too-large.md'), 'x'.repeat(2000))
      truncateSync(here.path('docs/shrinks.md'), 14)
    },
    { maxFileSize: 2000 },
  )
  expect(documents).toBe(2)
  expect(leftOut.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
    'folder.md special',
    'gone.md vanished',
    'grows-too-large.md too-large',
    'pipe.md special',
  ])
  expect(await found(here, 'squid')).toEqual(['grows.md'])
  expect(await found(here, 'whale')).toEqual(['grows.md', 'shrinks.md'])
})

test('links in circles, to devices and to pipes end', async () => {
  const here = world({ 'docs/a.md': 'whale\n', 'docs/sub/b.md': 'whale\n' })
  symlinkSync('.', here.path('docs/self'))
  symlinkSync('../..', here.path('docs/sub/up'))
  symlinkSync('b', here.path('docs/sub/c'))
  symlinkSync('c', here.path('docs/sub/b'))
  execFileSync('mkfifo', [here.path('pipe')])
  for (const target of ['/dev/zero', '/dev/tty', here.path('pipe')])
    symlinkSync(target, here.path(`docs/to-${target.split('/').pop()}`))
  const { documents, leftOut } = await building(here)
  expect(documents).toBe(2)
  expect(leftOut.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
    'sub/b unreadable',
    'sub/c unreadable',
    'sub/up outside',
    'to-pipe outside',
    'to-tty outside',
    'to-zero outside',
  ])
  // Named by themselves, links are followed wherever they lead.
  const named = await building(here, undefined, { paths: ['docs/to-zero', 'docs/to-pipe', 'docs/a.md'] })
  expect(named.leftOut.map(({ detail }) => detail)).toEqual(['a FIFO', 'a device'])
})

test('names that differ in case alone are two files, where the file system has two', async context => {
  const here = world({ 'docs/README.md': 'a whale\n' })
  if (existsSync(here.path('docs/readme.md')))
    return context.skip('names are the same whatever their case here')
  here.write({ 'docs/readme.md': 'a squid\n', 'docs/Sub/a.md': 'a whale\n', 'docs/sub/a.md': 'a whale\n' })
  await building(here)
  expect(await found(here, 'whale')).toEqual(['README.md', 'Sub/a.md', 'sub/a.md'])
  expect(await found(here, 'squid')).toEqual(['readme.md'])
})

test('a file of a gigabyte is reported at once, also where it is allowed and is no text', async () => {
  const here = world({ 'docs/a.md': 'whale\n', 'docs/huge.txt': '' })
  truncateSync(here.path('docs/huge.txt'), GIGABYTE)
  const before = process.memoryUsage().arrayBuffers
  const limited = await building(here)
  expect(limited).toMatchObject({ documents: 1, leftOut: [{ path: 'huge.txt', reason: 'too-large' }] })
  const allowed = await building(here, undefined, { maxFileSize: 2 * GIGABYTE })
  expect(allowed).toMatchObject({ documents: 1, leftOut: [{ path: 'huge.txt', reason: 'binary' }] })
  truncateSync(here.path('docs/huge.txt'), 4 * GIGABYTE)
  const beyond = await building(here, undefined, { maxFileSize: 8 * GIGABYTE })
  expect(beyond).toMatchObject({ documents: 1, leftOut: [{ path: 'huge.txt' }] })
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100e6)
})

test('what may not be read is reported, and the rest is indexed', async context => {
  const here = world({ 'docs/a.md': 'whale\n', 'docs/shut.md': 'whale\n', 'docs/closed/b.md': 'whale\n' })
  const [nobody, isRoot] = [65534, process.getuid?.() === 0]
  chmodSync(here.folder, 0o777)
  for (const name of ['docs/shut.md', 'docs/closed']) {
    chmodSync(here.path(name), 0)
    onTestFinished(() => chmodSync(here.path(name), 0o700))
  }
  let output: string
  try {
    output = execFileSync(process.execPath, [COMMAND, 'index', 'docs', '--json'], {
      cwd: here.folder,
      encoding: 'utf8',
      stdio: 'pipe',
      // To root nothing is forbidden.
      ...(isRoot && { uid: nobody, gid: nobody, env: { ...process.env, HOME: here.folder } }),
    })
  } catch (thrown) {
    if (isRoot && /EACCES|MODULE_NOT_FOUND/.test(String(thrown)))
      return context.skip('nobody may run the command here')
    throw thrown
  }
  expect(JSON.parse(output)).toMatchObject({
    documents: 1,
    leftOut: [
      { path: 'closed', reason: 'unreadable', detail: 'EACCES: permission denied' },
      { path: 'shut.md', reason: 'unreadable', detail: 'EACCES: permission denied' },
    ],
  })
  expect(existsSync(join(here.folder, 'index/lock'))).toBe(false)
})
