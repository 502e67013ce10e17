/** An index is a folder like any other: it is moved, copied, committed and mounted, and goes on answering. */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { COMMAND, type World, world } from '../world.ts'

const FILES = {
  'notes/README.md': '# Whales\n\nA whale sings.\r\n\r\nAnother whale.\n',
  'notes/squid.md': '# Squid\n\nA squid and a whale.\n',
  'notes/sub/narwhal.txt': 'The narwhal is a whale.\n',
  'notes/sub/orca.txt': 'No orca is here, but a whale.\n',
}

interface Answer {
  readonly hits: { readonly path: string; readonly state: string; readonly excerpt: string }[]
  readonly dropped: number
}

/** The index of notes, inside of notes: its root is `..`, as it is where nothing else is said. */
async function notes(): Promise<World> {
  const here = world(FILES)
  const { code, stderr } = await here.runWith({ cwd: 'notes' }, 'index')
  if (code !== 0) throw new Error(stderr)
  return here
}

async function ask(here: World, cwd: string, ...more: string[]): Promise<Answer> {
  const { stdout, stderr, code } = await here.runWith({ cwd }, 'search', '--json', 'whale', ...more)
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 })
  return JSON.parse(stdout) as Answer
}

const pathsOf = ({ hits }: Answer) => hits.map(({ path }) => path).sort()
const statesOf = ({ hits }: Answer) => [...new Set(hits.map(({ state }) => state))]
const ALL = ['README.md', 'squid.md', 'sub/narwhal.txt', 'sub/orca.txt']

test('moved with its documents it is as before, and need not be read again', async () => {
  const here = await notes()
  mkdirSync(here.path('far/away'), { recursive: true })
  renameSync(here.path('notes'), here.path('far/away/renamed'))
  const answer = await ask(here, 'far/away/renamed')
  expect([pathsOf(answer), statesOf(answer)]).toEqual([ALL, ['current']])
  const { stdout } = await here.runWith({ cwd: 'far/away/renamed' }, 'index', '--json')
  expect(JSON.parse(stdout)).toMatchObject({ changed: false, documents: 4 })
})

test('copied to an empty folder it answers by itself, and is not emptied', async () => {
  const here = await notes()
  mkdirSync(here.path('empty'))
  cpSync(here.path('notes/index'), here.path('empty/index'), { recursive: true })
  const answer = await ask(here, 'empty')
  expect([pathsOf(answer), statesOf(answer), answer.dropped]).toEqual([ALL, ['detached'], 0])
  expect(await here.runWith({ cwd: 'empty' }, 'index')).toMatchObject({ code: 2 })
  expect(await here.runWith({ cwd: 'empty' }, 'check')).toMatchObject({ code: 0 })
  expect(pathsOf(await ask(here, 'empty'))).toEqual(ALL)
})

test('beside the README of others it shows nothing of that, and takes nothing of it in', async () => {
  const here = await notes()
  here.write({ 'theirs/README.md': '# Another project\n\nIts whale is no whale of ours.\n' })
  cpSync(here.path('notes/index'), here.path('theirs/index'), { recursive: true })
  const answer = await ask(here, 'theirs')
  expect([pathsOf(answer), statesOf(answer), answer.dropped]).toEqual([ALL, ['detached'], 0])
  expect(JSON.stringify(answer)).not.toContain('ours')
})

test('with half of its documents deleted it shows the other half', async () => {
  const here = await notes()
  rmSync(here.path('notes/sub'), { recursive: true })
  const answer = await ask(here, 'notes')
  expect([pathsOf(answer), statesOf(answer), answer.dropped]).toEqual([ALL.slice(0, 2), ['current'], 2])
})

test('from a folder that nobody may write to it is read, and to write there is refused', async context => {
  const here = await notes()
  const isRoot = process.getuid?.() === 0
  chmodSync(here.folder, 0o755)
  for (const name of ['notes', 'notes/index']) {
    chmodSync(here.path(name), 0o555)
    onTestFinished(() => chmodSync(here.path(name), 0o755))
  }
  const before = readdirSync(here.path('notes/index'))
  // To root nothing is forbidden.
  const run = (...args: string[]) =>
    execFileSync(process.execPath, [COMMAND, ...args], {
      cwd: here.path('notes'),
      encoding: 'utf8',
      stdio: 'pipe',
      ...(isRoot && { uid: 65534, gid: 65534 }),
    })
  try {
    run('--version')
  } catch {
    return context.skip('nobody may run the command here')
  }
  expect(JSON.parse(run('search', '--json', 'whale')).hits).toHaveLength(ALL.length)
  expect(() => run('check')).not.toThrow()
  writeFileSync(here.path('notes/squid.md'), 'Another squid.\n')
  expect(() => run('index')).toThrow(/glean: cannot write .*EACCES.*no index was changed/)
  expect(readdirSync(here.path('notes/index'))).toEqual(before)
})

test('through git with text=auto and CRLF line ends it comes out byte for byte', async context => {
  const git = (cwd: string, ...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], {
      cwd,
      stdio: 'pipe',
    })
  const here = await notes()
  try {
    git(here.folder, '--version')
  } catch {
    return context.skip('no git')
  }
  here.write({ 'notes/.gitattributes': '* text=auto eol=crlf\n' })
  git(here.path('notes'), 'init', '-q')
  git(here.path('notes'), 'add', '.')
  git(here.path('notes'), 'commit', '-q', '-m', 'notes')
  git(here.folder, '-c', 'core.autocrlf=true', 'clone', '-q', here.path('notes'), here.path('clone'))
  expect(readFileSync(here.path('clone/squid.md'), 'utf8')).toContain('\r\n')
  const committed = readdirSync(here.path('clone/index'))
  expect(committed.filter(name => /lock|cache|tmp/.test(name))).toEqual([])
  for (const name of committed)
    expect(
      readFileSync(here.path(`clone/index/${name}`)).equals(readFileSync(here.path(`notes/index/${name}`))),
    ).toBe(true)
  expect((await here.runWith({ cwd: 'clone' }, 'check')).stderr).not.toContain('damaged')
  // What git did to the documents themselves is a change like any other.
  expect(pathsOf(await ask(here, 'clone'))).toEqual(ALL)
})

test('another version says which, and what to do; an update by this one does not touch a newer one', async () => {
  const here = await notes()
  const path = here.path('notes/index/manifest.json')
  const manifest = readFileSync(path, 'utf8')
  for (const [version, words] of [
    ['99', 'this gleaner reads up to'],
    ['0', 'this gleaner reads from'],
  ] as const) {
    const other = manifest.replace(/^\{"gleaner":\d+/, `{"gleaner":${version}`)
    writeFileSync(path, other)
    for (const command of [['search', 'whale'], ['stats'], ['check']]) {
      const { stderr, code } = await here.runWith({ cwd: 'notes' }, ...command)
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(words) })
      expect(stderr).toMatch(/index format \d+.*rebuild/)
    }
  }
  writeFileSync(path, manifest.replace(/^\{"gleaner":\d+/, '{"gleaner":99'))
  const { code, stderr } = await here.runWith({ cwd: 'notes' }, 'index')
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('format 99') })
  expect(readFileSync(path, 'utf8')).toContain('"gleaner":99')
  expect(existsSync(here.path('notes/index/lock'))).toBe(false)
})
