import { execFileSync } from 'node:child_process'
import { readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { SearchResult } from '../../src/search/result.ts'
import { COMMAND, world } from '../world.ts'

const whales = {
  'docs/whale.md':
    '# Whales\n\nThe blue whale is the largest animal.\n\n## Song\n\nA humpback whale sings for hours.\n',
  'docs/ship.txt': 'Ships\n\nThe ship sailed north.\nIts crew saw a whale at noon.\n',
}
const indexed = () => world(whales).index('docs')

test('hits go to standard output and the exit code is 0; without hits it is 1 and nothing is printed', async () => {
  const here = await indexed()
  const found = await here.run('search', 'whale')
  expect(found).toMatchObject({ code: 0, stderr: '' })
  expect(found.stdout.split('\n')[0]).toMatch(/^docs\/\w+\.\w+:\d+:\d+: .*whale/)
  expect(await here.run('search', 'zebra')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'glean: not in the index: zebra\n',
  })
})

test('a phrase may stand in quotation marks of other kinds, which are beyond ASCII', async () => {
  const here = await indexed()
  for (const phrase of ['"whale sings"', '“whale sings”', '„whale sings“', '«whale sings»'])
    expect(await here.run('search', '-c', phrase)).toMatchObject({ code: 0, stdout: '1\n' })
  for (const phrase of ['“sings whale”', '„sings whale“', '«sings whale»'])
    expect(await here.run('search', '-c', phrase)).toMatchObject({ code: 1, stdout: '0\n' })
})

test('--json prints one object, also when nothing is found', async () => {
  const here = await indexed()
  const found = await here.run('search', '--json', 'humpback', 'zebra')
  const answer = JSON.parse(found.stdout) as SearchResult
  expect(answer).toMatchObject({
    schema: 'gleaner.search/1',
    query: 'humpback zebra',
    total: 1,
    absent: ['zebra'],
  })
  expect(answer.hits[0]).toMatchObject({
    path: 'whale.md',
    line: 7,
    column: 3,
    heading: ['Whales', 'Song'],
    state: 'current',
  })
  expect(found.stdout.split('\n')).toHaveLength(2)
  const nothing = await here.run('search', '--json', 'zebra')
  expect(nothing).toMatchObject({ code: 1, stderr: '' })
  expect(JSON.parse(nothing.stdout)).toMatchObject({ total: 0, hits: [] })
})

test('words are joined as they were typed, and those of -e come last', async () => {
  const here = await indexed()
  const query = async (...args: string[]) =>
    (JSON.parse((await here.run('search', '--json', ...args)).stdout) as SearchResult).query
  expect(await query('1.10', '007', '-', '1e3', '', '0x10')).toBe('1.10 007 - 1e3  0x10')
  expect(await query('-e', '-ship', 'whale')).toBe('whale -ship')
  expect(await query('--', 'whale', '-ship', '--all')).toBe('whale -ship --all')
})

test('a minus before a word leaves passages out', async () => {
  const here = await indexed()
  const { stdout } = await here.run('search', 'whale', '-e', '-crew', '-l')
  expect(stdout).toBe('docs/whale.md\n')
})

test('-n, --offset and --all do what they say', async () => {
  const here = await indexed()
  const paths = async (...args: string[]) =>
    (await here.run('search', ...args)).stdout.split('\n').filter(Boolean).length
  expect([await paths('whale'), await paths('whale', '-n1'), await paths('whale', '--offset', '2')]).toEqual([
    3, 1, 1,
  ])
  expect([await paths('whale crew'), await paths('whale crew', '--all')]).toEqual([3, 1])
})

test('-l prints each document once, -c the number of passages', async () => {
  const here = await indexed()
  expect((await here.run('search', '-l', 'whale')).stdout.split('\n').sort()).toEqual([
    '',
    'docs/ship.txt',
    'docs/whale.md',
  ])
  expect((await here.run('search', '-l', '-n1', 'whale')).stdout.split('\n')).toHaveLength(2)
  expect((await here.run('search', '-c', 'whale')).stdout).toBe('3\n')
  expect(await here.run('search', '-c', 'zebra')).toMatchObject({ stdout: '0\n', code: 1 })
})

test('-l, -c and --vimgrep say that the index is behind its files, and -l names no file without a hit', async () => {
  const here = await indexed()
  here.write({ 'docs/ship.txt': 'Ships\n\nNothing was seen at noon.\n', 'docs/new.txt': 'A whale.\n' })
  const stderr =
    'glean: the index is behind: 1 new file, 1 changed, 0 gone; bring it up to date: glean index\n'
  expect(await here.run('search', '-l', 'whale')).toEqual({ code: 0, stdout: 'docs/whale.md\n', stderr })
  expect(await here.run('search', '-c', 'whale')).toEqual({ code: 0, stdout: '3\n', stderr })
  expect(await here.run('search', '-q', '-l', 'whale')).toMatchObject({
    stdout: 'docs/whale.md\n',
    stderr: '',
  })
  // So few were asked for that nothing is said of the others.
  expect(await here.run('search', '-l', '-n1', 'whale')).toEqual({
    code: 0,
    stdout: 'docs/whale.md\n',
    stderr: '',
  })
  expect(await here.run('search', '-l', '-n2', 'whale')).toEqual({
    code: 0,
    stdout: 'docs/whale.md\n',
    stderr,
  })
  const list = await here.run('search', '--vimgrep', 'whale')
  expect(list.stdout.split('\n')).toHaveLength(3)
  expect(list.stderr).toContain(stderr)
})

test('what the system will not look at stops no search', async () => {
  const here = await world({ 'docs/a.md': 'A whale.\n', 'docs/sub/b.md': 'A whale.\n' }).index('docs')
  rmSync(here.path('docs/sub'), { recursive: true })
  symlinkSync('sub', here.path('docs/sub'))
  expect(await here.run('search', '-l', 'whale')).toMatchObject({ code: 0, stdout: 'docs/a.md\n' })
  const long = await here.run('search', 'zebra', '--path', `${'x'.repeat(300)}.md`)
  expect([long.code, long.stderr]).toEqual([1, expect.stringContaining('not in the index: zebra')])
})

test('-l and -c say that they are of the index alone where the files are not here', async () => {
  const here = await indexed()
  renameSync(here.path('docs'), here.path('elsewhere'))
  const stderr = 'glean: the source files are not here: what they hold now was not looked at\n'
  expect(await here.run('search', '-c', 'whale')).toEqual({ code: 0, stdout: '3\n', stderr })
  expect(await here.run('search', '-l', 'humpback')).toEqual({ code: 0, stdout: 'whale.md\n', stderr })
})

test('--quiet answers with the exit code alone', async () => {
  const here = await indexed()
  expect(await here.run('search', '-q', 'whale')).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(await here.run('search', '-q', 'zebra')).toEqual({ code: 1, stdout: '', stderr: '' })
})

test('two forms at once are refused, one form named twice is not', async () => {
  const here = await indexed()
  const both = await here.run('search', '--json', '--vimgrep', 'whale')
  expect(both).toEqual({
    code: 2,
    stdout: '',
    stderr: 'glean: --json and --vimgrep do not go together: choose one\n',
  })
  expect((await here.run('search', '--json', '--format=json', 'whale')).code).toBe(0)
})

test.each([
  [['--context', '2', '--vimgrep'], '--context and --format vimgrep'],
  [['-C1', '-l'], '--context and --format paths'],
  [['--budget', '90', '-c'], '--budget and --count'],
  [['--budget', '90', '-C2'], '--budget and --context'],
  [['--open', '-f', '-'], '--open and --file'],
  [['--interactive', '--open'], '--interactive and --open'],
])('%j are refused: one would be passed over in silence', async (flags, named) => {
  const { stderr, code } = await (await indexed()).run('search', 'whale', ...flags)
  expect([code, stderr]).toEqual([2, `glean: ${named} do not go together: choose one\n`])
})

test('--vimgrep counts bytes, in the whole line, and names files from the folder one stands in', async () => {
  const here = await world({
    'docs/a.txt': `Title\n\n${'über '.repeat(200)}whale song\n`,
    'docs/sub/x': '',
  }).index('docs')
  const { stdout } = await here.runWith({ cwd: 'docs/sub' }, 'search', '--vimgrep', 'whale')
  expect(stdout).toMatch(/^\.\.\/a\.txt:3:1201:.*whale song\n$/)
})

test('pretty output groups by document, and has no colour unless asked', async () => {
  const here = await indexed()
  const { stdout } = await here.run('search', '--format', 'pretty', 'humpback')
  expect(stdout.replace(/\d[\d.]* ms/, 'N ms')).toMatchInlineSnapshot(`
    "Whales
    docs/whale.md:7  Song
        A humpback whale sings for hours.

    1 hit in 2 documents · N ms · checked against all files
    "
  `)
  const colored = await here.run('search', '--format=pretty', '--color=always', 'humpback')
  expect(colored.stdout).toContain('\u001b[1;31mhumpback\u001b[0m')
})

test('without its sources the index answers, and says that they are not here', async () => {
  const here = await indexed()
  renameSync(here.path('docs'), here.path('moved'))
  const { stdout, stderr, code } = await here.run('search', 'humpback')
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: 'glean: the source files are not here: the text is that of the index\n',
  })
  expect(stdout).toMatch(/^whale\.md:7:3: /)
})

test('what a changed file no longer says is not shown', async () => {
  const here = await indexed()
  writeFileSync(here.path('docs/whale.md'), '# Whales\n\nThe blue whale is the largest animal.\n')
  const { stdout, stderr, code } = await here.run('search', 'humpback')
  expect({ stdout, code }).toEqual({ stdout: '', code: 1 })
  expect(stderr).toContain('1 hit left out: gone from the files')
})

test('text of others cannot reach the terminal as anything but text', async () => {
  const evil = 'Title\n\nA whale \u001b]0;owned\u0007 \u001b[2J \u202edrow\u202c \u009b31m \u007f end.\n'
  const here = await world({ 'docs/evil\u001b[31m.txt': evil }).index('docs')
  const unsafe = /[^\n -~\u00a0-\u2027\u202f-\u2065\u206a-\uffff]/
  for (const form of ['pretty', 'plain', 'vimgrep', 'paths', 'json']) {
    const { stdout, code } = await here.run('search', 'whale', '--format', form)
    expect([form, code, unsafe.test(stdout)]).toEqual([form, 0, false])
  }
  expect(unsafe.test((await here.run('show', 'evil\u001b[31m.txt')).stdout)).toBe(false)
})

test('a quickfix list of Vim takes --vimgrep as it is', async context => {
  const here = await indexed()
  const vim = ['vim', 'nvim'].find(name => {
    try {
      execFileSync(name, ['--version'], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  })
  if (!vim) return context.skip('no Vim on this machine')
  here.write({
    'find.vim': `set grepprg=${process.execPath}\\ ${COMMAND}\\ search\\ --vimgrep\\ $* grepformat=%f:%l:%c:%m
silent grep humpback
call writefile([bufname('%') .. ':' .. line('.') .. ':' .. col('.')], 'at')
qa!
`,
  })
  execFileSync(vim, ['-es', '-u', 'NONE', '-N', '-S', 'find.vim'], { cwd: here.folder })
  expect(readFileSync(here.path('at'), 'utf8')).toBe('docs/whale.md:7:3\n')
})
