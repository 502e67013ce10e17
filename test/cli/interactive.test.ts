/** Interactive search, in a real terminal. */
import { chmodSync } from 'node:fs'
import { expect, onTestFinished, test, vi } from 'vitest'
import { searchUnfinished, wordUnderWay } from '../../src/cli/interactive/unfinished.ts'
import { cellWidth } from '../../src/render/width.ts'
import { openIndex } from '../../src/search/open.ts'
import { hasTmux, Terminal } from '../tmux.ts'
import { COMMAND, type World, world } from '../world.ts'

// A terminal is waited for, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 })

const docs = {
  'docs/guide/backup.md':
    '# Keeping what you have\n\nA backup that was never restored is a hope, not a backup.\n\n## Before an upgrade\n\nMake a backup, and restore it on another machine first.\n',
  'docs/notes/whale.txt': `Whales\n\n${'A line before the whale.\n'.repeat(30)}The humpback whale sings for hours.\n${'A line after it.\n'.repeat(30)}`,
  'docs/notes/鲸.md': '# 座头鲸\n\n座头鲸在海里唱歌。\n',
  'docs/notes/evil.txt': 'Evil\n\nA squid \u001b[2J\u001b]0;owned\u0007 \u202edrow \u009b31m and more.\n',
}

const GLEAN = `'${process.execPath}' '${COMMAND}'`

/** A terminal in which a session has begun. */
async function session(
  here: World,
  line = 'search',
  size: { columns?: number; rows?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<Terminal> {
  const terminal = new Terminal(here, size)
  await terminal.until('$')
  terminal.type(`${GLEAN} ${line}; echo "left with $?"`).press('Enter')
  await terminal.until(/Type to search|matches|match ·/)
  return terminal
}

const skip = !hasTmux()

test.skipIf(skip)('answers come as one types, and the chosen one is shown in its document', async () => {
  const terminal = await session(await world(docs).index('docs'))
  expect(await terminal.until('Type to search')).toContain('passages of 4 documents')
  terminal.type('hump')
  const screen = await terminal.until(/^33: The humpback/m)
  expect(screen).toMatch(/^> hump .*1 match · /)
  expect(screen).toMatch(/^▌ docs\/notes\/whale\.txt:33/m)
  expect(screen).toMatch(/^33: The humpback whale sings for hours\.$/m)
  expect(screen).toMatch(/^35- A line after it\.$/m)
  terminal.press('C-u').type('backup')
  await terminal.until(/^> backup .*2 matches/)
  const first = await terminal.until(/^7: Make a backup|^3: A backup/m)
  terminal.press('Down')
  await terminal.until(first.includes('3: A backup') ? /^7: Make a backup/m : /^3: A backup/m)
})

test.skipIf(skip)(
  'keys: exact, every word, paths, copy, scroll; the last row says what they do',
  async () => {
    const terminal = await session(await world(docs).index('docs'), 'search --interactive backups')
    await terminal.until(/^> backups .*2 matches/)
    expect(terminal.screen()).toMatch(/↑↓ choose {3}Enter open {3}\^Y copy citation/)
    terminal.press('C-x')
    await terminal.until('Nothing found')
    expect(terminal.screen()).toContain('exact · 0 matches')
    terminal.press('C-x').type(' whale')
    await terminal.until(/3 matches/)
    terminal.press('C-t')
    await terminal.until(/every word · 0 matches/)
    terminal.press('C-t', 'Tab').type('notes/')
    await terminal.until(/^paths: notes\/ .*1 match/)
    terminal.press('Tab')
    await terminal.until(/^> backups whale +in notes\/ · 1 match/)
    terminal.press('C-y')
    await terminal.until(/copied notes\/whale\.txt:3-63@[0-9a-f]{8}|copied notes\/whale\.txt:\d+-\d+@/)
    terminal.press('PageDown', 'PageDown')
    await terminal.until(/^23- A line before the whale/m)
  },
)

test.skipIf(skip)(
  'after a pause more is told: how a word is spelt, and what is not in the index yet',
  async () => {
    const here = await world(docs).index('docs')
    const terminal = await session(here)
    here.write({ 'docs/new.md': 'A new document.\n' })
    terminal.type('humpbakc')
    await terminal.until(
      /^ {2}Nothing found\n {2}not in the index: humpbakc\n {2}did you mean: humpback\n {2}the index is behind: 1 new file/m,
    )
  },
)

test.skipIf(skip)(
  'Enter opens the place in the editor, and comes back; the screen is as it was in the end',
  async () => {
    const here = await world({
      ...docs,
      vim: '#!/bin/sh\necho "$@" > opened; echo in the editor; sleep 1\n',
    }).index('docs')
    chmodSync(here.path('vim'), 0o755)
    const terminal = await session(here, 'search', { env: { EDITOR: here.path('vim') } })
    terminal.type('humpback')
    await terminal.until(/^33: /m)
    terminal.press('Enter')
    await terminal.until('in the editor')
    await terminal.until(/^> humpback .*1 match/)
    expect((await here.shell('cat opened')).stdout).toBe(`+33 ${here.path('docs/notes/whale.txt')}\n`)
    terminal.press('Escape')
    const screen = await terminal.until('left with 0')
    expect(screen).not.toContain('> humpback')
    terminal.type('stty -a | grep -o "[-]*icanon"').press('Enter')
    await terminal.until(/^icanon$/m)
  },
)

test.skipIf(skip).each([
  ['Ctrl-C', (terminal: Terminal) => terminal.press('C-c'), 130],
  ['Ctrl-D', (terminal: Terminal) => terminal.press('C-u', 'C-d'), 0],
  ['SIGTERM', (_: Terminal, here: World) => here.shell('pkill -TERM -f "$PWD/[s]"'), 143],
] as const)('%s gives the terminal back', async (name, leave, code) => {
  const here = await world(docs).index('docs')
  // The name of the world is on the command line, for the signal to find this process alone.
  const terminal = await session(
    here,
    `search --index '${here.path('index')}' whale -e '${here.path('s')}'`.replace(
      'whale -e',
      '--interactive whale -e',
    ),
  )
  await terminal.until(/matches|match ·/)
  leave(terminal, here)
  const screen = await terminal.until(`left with ${code}`)
  expect([name, screen.includes('^Y copy')]).toEqual([name, false])
  terminal.type('stty -a | grep -o "[-]*icanon"').press('Enter')
  await terminal.until(/^icanon$/m)
})

test.skipIf(skip)(
  'wide characters, escape sequences in documents and a small terminal do no harm',
  async () => {
    const terminal = await session(await world(docs).index('docs'), 'search', { columns: 60, rows: 16 })
    terminal.type('座头鲸')
    await terminal.until(/3: 座头鲸在海里唱歌/)
    terminal.press('C-u').type('squid')
    const screen = await terminal.until(/^3: A squid ␛\[2J␛\]0;owned␇/m)
    expect(screen.split('\n').filter(row => cellWidth(row) > 60)).toEqual([])
    terminal.resize(24, 8)
    const small = await terminal.until(/^> squid\b/m)
    expect(small.split('\n').filter(row => cellWidth(row) > 24)).toEqual([])
    expect(small.split('\n').length).toBeLessThanOrEqual(8)
    terminal.resize(100, 30)
    await terminal.until(/^> squid .* 1 match/)
    terminal.press('Escape')
    await terminal.until('left with 0')
  },
)

test.skipIf(skip)('what is pasted is text: no key of it does anything', async () => {
  const terminal = await session(await world(docs).index('docs'))
  terminal.paste('humpback\twhale\nsings\u001b[A\u0018\u007f x')
  await terminal.until(/^> humpback whale sings x +1 match|^> humpback whale sings x +\d matches/)
  expect(terminal.screen()).not.toContain('exact ·')
})

test.skipIf(skip)('where TERM=dumb there is nothing to draw on, and words are wanted', async () => {
  const terminal = new Terminal(await world(docs).index('docs'), { env: { TERM: 'dumb' } })
  terminal.type(`TERM=dumb ${GLEAN} search`).press('Enter')
  await terminal.until('nothing to search for')
})

test.skipIf(skip)('Ctrl-Z lends the terminal back, and fg finds the size it has by then', async () => {
  const terminal = await session(await world(docs).index('docs'))
  terminal.type('humpback')
  await terminal.until(/^33: /m)
  terminal.press('C-z')
  await terminal.until(/Stopped/)
  expect(terminal.screen()).not.toContain('^Y copy')
  terminal.resize(50, 12).type('fg').press('Enter')
  const screen = await terminal.until(/^> humpback +1 match · [\d.]+ m?s$/m)
  expect(screen.split('\n').filter(row => cellWidth(row) > 50)).toEqual([])
  expect(screen).toMatch(/^↑↓ choose {3}Enter open {3}\^Y copy citation$/m)
  terminal.press('Escape')
  await terminal.until(/^\$$/m)
  terminal.type('echo "back with $?"').press('Enter')
  await terminal.until('back with 0')
})

test.skipIf(skip)('where the answer goes to a program, Enter gives it the citation', async () => {
  const here = await world(docs).index('docs')
  const terminal = await session(here, 'search --interactive humpback > chosen')
  await terminal.until(/^33: /m)
  terminal.press('Enter')
  await terminal.until('left with 0')
  expect((await here.shell('cat chosen')).stdout).toMatch(/^notes\/whale\.txt:\d+-\d+@[0-9a-f]{8}\n$/)
})

test('without a terminal it is refused, and a search without words still is', async () => {
  const here = await world(docs).index('docs')
  expect(await here.run('search', '--interactive', 'whale')).toMatchObject({
    code: 2,
    stderr:
      'glean: --interactive needs a terminal to type in and to draw on; leave it out, and name what to search for\n',
  })
  expect((await here.run('search')).stderr).toContain('nothing to search for')
})

test.each([
  ['mem', 'mem'],
  ['page tab', 'tab'],
  ['page ta', ''],
  ['page ', ''],
  ['"page tab', ''],
  ['"page" tab', 'tab'],
  ['cats AND', ''],
  ['+must', 'must'],
  ['title:wor', ''],
  ['wild*', ''],
])('while %j is typed, %j may go on', (typed, word) => {
  expect(wordUnderWay(typed)).toBe(word)
})

test('a word under way stands for those that begin so, once it is none itself', async () => {
  const here = await world(docs).index('docs')
  const index = await openIndex('index', { cwd: here.folder })
  onTestFinished(() => index.close())
  const asked = (query: string, options = {}) => searchUnfinished(index, query, options)
  const whole = await index.search('humpback whale')
  expect({ ...(await asked('humpback whale')), tookMs: 0 }).toEqual({ ...whole, tookMs: 0 })
  const begun = await asked('whale humpb')
  expect(begun).toMatchObject({ query: 'whale humpb', absent: [] })
  expect(begun.hits[0]!.excerpt).toContain('humpback whale')
  expect((await asked('humpb', { exact: true })).total).toBe(0)
  expect(await asked('humpz')).toMatchObject({ total: 0, absent: ['humpz'] })
})
