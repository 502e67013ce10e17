import { existsSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { hasScript, onTerminal } from '../terminal.ts'
import { COMMAND, type World, world } from '../world.ts'

/** Enough text that indexing it takes a while. */
const LARGE = Object.fromEntries(
  Array.from({ length: 60 }, (_, n) => [
    `docs/${n}.txt`,
    `Words of file ${n}, again and again.\n\n`.repeat(20_000),
  ]),
)

/** How a build ends that is sent a signal as soon as it writes. */
const ended = (here: World, signal: NodeJS.Signals, ...args: string[]) =>
  new Promise<{ code: number | null; stderr: string }>(resolve => {
    const child = here.start({}, process.execPath, COMMAND, ...args)
    let stderr = ''
    child.stderr?.on('data', piece => {
      stderr += piece
    })
    const lock = here.path(`${args.includes('--index') ? args.at(-1) : 'index'}/lock`)
    const waiting = setInterval(() => {
      if (!existsSync(lock)) return
      clearInterval(waiting)
      child.kill(signal)
    }, 20)
    child.on('close', code => {
      clearInterval(waiting)
      resolve({ code, stderr })
    })
  })

test('a reader that goes away ends the run quietly', async () => {
  const text = Array.from({ length: 3000 }, (_, n) => `A whale, number ${n}, swims past the ship.\n\n`).join(
    '',
  )
  const here = await world({ 'docs/a.txt': text }).index('docs')
  const { stdout, stderr, code } = await here.shell('glean search -n 3000 whale | head -1; echo $PIPESTATUS')
  expect({ stderr, code, lines: stdout.split('\n').length, status: stdout.split('\n')[1] }).toEqual({
    stderr: '',
    code: 0,
    lines: 3,
    status: '0',
  })
})

test('nor is it a fault when nobody reads the messages', async () => {
  const here = world({ 'docs/a.md': 'A whale sings.\n' })
  const { stdout } = await here.shell('(glean index docs; echo $?) 2>&1 >status | head -0; cat status')
  expect(stdout.trim().split('\n').at(-1)).toBe('0')
  expect((await here.shell('glean search zebra 2>&1 >/dev/null | head -0; echo $PIPESTATUS')).stdout).toBe(
    '1\n',
  )
})

test('a stopped build leaves with 129, 130 or 143, and no half index', async () => {
  const here = world(LARGE)
  expect(await ended(here, 'SIGINT', 'index', 'docs')).toEqual({
    code: 130,
    stderr: 'glean: stopped; nothing was written\n',
  })
  expect(await ended(here, 'SIGTERM', 'index', 'docs')).toMatchObject({ code: 143 })
  // The terminal it ran in was closed.
  expect(await ended(here, 'SIGHUP', 'index', 'docs', '--index', 'a/b/index')).toMatchObject({ code: 129 })
  expect(readdirSync(here.folder)).toEqual(['docs'])
  expect((await here.run('search', 'words')).code).toBe(2)
  here.write({ 'small/a.md': 'A whale.\n' })
  await here.run('index', 'small')
  const files = readdirSync(here.path('index'))
  expect(await ended(here, 'SIGINT', 'index', 'docs')).toMatchObject({
    stderr: 'glean: stopped; the index is as it was\n',
  })
  expect(readdirSync(here.path('index')).filter(name => !name.includes('.tmp-'))).toEqual(files)
})

test('on a terminal there is progress, colour and the pretty form; NO_COLOR and TERM=dumb take the colour away', async context => {
  const here = world({ 'docs/a.md': '# Whales\n\nA whale sings.\n' })
  if (!hasScript()) return context.skip('no script(1) to make a terminal with')
  const color = '\u001b['
  expect(await onTerminal(here, { columns: 80 }, 'index', 'docs')).toContain(`${color}?25h`)
  const pretty = await onTerminal(here, {}, 'search', 'whale')
  expect(pretty).toContain(`${color}1mWhales${color}0m`)
  expect(pretty).toContain(`A ${color}1;31mwhale${color}0m sings.`)
  for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
    const plain = await onTerminal(here, { env }, 'search', 'whale')
    expect([plain.includes('A whale sings.'), plain.includes('\u001b')]).toEqual([true, false])
  }
})

test('a narrow terminal gets notes, errors and reports in lines of its width, notes before what they are about', async context => {
  const here = await world({
    'docs/a.md': '# Whales\n\nA whale sings.\n',
    'docs/b.bin': 'nothing\0to read',
  }).index('docs')
  if (!hasScript()) return context.skip('no script(1) to make a terminal with')
  here.write({ 'docs/c.md': 'New.\n' })
  const narrow = { columns: 40, env: { NO_COLOR: '1' } }
  const seen = async (...args: string[]) => {
    const text = await onTerminal(here, narrow, ...args)
    // What progress was drawn with stands before the first line, and puts the cursor back behind the last.
    const drawn = (line: string) =>
      line
        .split('\u001b')
        .at(-1)!
        .replace(/^\[[?\d;]*[a-zA-Z]/, '')
    const lines = text.split('\n').map(line => (line.includes('\u001b') ? drawn(line) : line))
    const paths = (line: string) => line.trim().split(' ').length === 1
    expect([args, lines.filter(line => line.length > 40 && !paths(line))]).toEqual([args, []])
    return lines.join('\n')
  }
  expect(await seen('search', 'whale', '-l')).toMatch(
    /^glean: the index is behind: 1 new file,\n[\s\S]*\ndocs\/a\.md\n$/,
  )
  expect(await seen('check')).toContain('\n  bring it up to date: glean index\n')
  expect(await seen('show', 'nothing.md')).toMatch(/^glean: index has no document nothing\.md;\n/)
  expect(await seen('index', 'docs', '-q')).toBe('')
  expect(await seen('index', 'docs')).toMatch(/^ {2}b\.bin: binary, a NUL byte at offset 7$/m)
  await seen('stats', '--fields')
})

test('a terminal that does not know its width gets no progress, and its text', async context => {
  const here = world({ 'docs/a.md': '# Whales\n\nA whale sings.\n' })
  if (!hasScript()) return context.skip('no script(1) to make a terminal with')
  const output = await onTerminal(here, { columns: 0 }, 'index', 'docs')
  expect(output).toContain('Indexed 1 document of docs')
  expect(output).not.toContain('?25')
})
