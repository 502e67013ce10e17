import type { ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, onTestFinished, test, vi } from 'vitest'
import { COMMAND, type World, world } from '../world.ts'

/** `glean watch` in a world, and what it has said so far. */
function watching(here: World, ...args: string[]) {
  const child: ChildProcess = here.start({}, process.execPath, COMMAND, 'watch', ...args)
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]!.setEncoding('utf8').on('data', piece => {
      said[name] += piece
    })
  }
  const ended = new Promise<number | null>(resolve => child.on('close', resolve))
  const says = (name: 'stdout' | 'stderr', what: RegExp) =>
    vi.waitFor(() => expect(said[name]).toMatch(what), { timeout: 40_000, interval: 50 })
  return { child, said, ended, says }
}

test('it says what each update did, and ends by a signal with its code and without a lock', async () => {
  for (const [signal, code] of [['SIGINT', 130] as const, ['SIGTERM', 143] as const]) {
    const here = world({ 'docs/a.md': 'a whale\n' })
    const { child, ended, said, says } = watching(here, 'docs')
    await says('stderr', /^glean: \d\d:\d\d:\d\d .*1 document/)
    here.write({ 'docs/b.md': 'a squid\n' })
    await says('stderr', /2 documents of docs/)
    child.kill(signal)
    expect(await ended).toBe(code)
    expect(said.stdout).toBe('')
    expect(readdirSync(here.path('index')).filter(name => /lock|tmp/.test(name))).toEqual([])
  }
})

test('--json prints each report on a line of its own; --quiet nothing else', async () => {
  const here = world({ 'docs/a.md': 'a whale\n' })
  const { child, ended, said, says } = watching(here, 'docs', '--json', '--quiet')
  await says('stdout', /\n/)
  here.write({ 'docs/b.md': 'a squid\n' })
  await says('stdout', /\n.*\n/)
  child.kill('SIGTERM')
  await ended
  const reports = said.stdout.trimEnd().split('\n')
  expect(reports.map(line => JSON.parse(line))).toMatchObject([{ documents: 1 }, { documents: 2 }])
  expect(said.stderr).toBe('')
})

test('what is not there to be watched is an error', async () => {
  const { ended, said } = watching(world(), 'nowhere')
  expect(await ended).toBe(2)
  expect(said.stderr).toMatch(/^glean: no such file or folder: nowhere/)
})

test('a build that is stopped twice leaves no lock; one that waits for another goes on after it', async () => {
  const words = Array.from({ length: 30_000 }, (_, n) => `word${n} and again.\n\n`).join('')
  const here = world(Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`docs/${n}.txt`, words])))
  const { child, ended } = building(here)
  await vi.waitFor(() => expect(existsSync(here.path('index/lock'))).toBe(true), { timeout: 40_000 })
  expect(JSON.parse(readFileSync(here.path('index/lock'), 'utf8'))).toMatchObject({ process: child.pid })
  const refused = await here.run('index', 'docs')
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining(`process ${child.pid} on`) })
  const waits = here.run('index', 'docs', '--wait', '60')
  child.kill('SIGINT')
  child.kill('SIGINT')
  expect(await ended).toBe(130)
  expect(await waits).toMatchObject({ code: 0 })
  expect(existsSync(here.path('index/lock'))).toBe(false)
})

function building(here: World): { child: ChildProcess; ended: Promise<number | null> } {
  const child = here.start({}, process.execPath, COMMAND, 'index', 'docs')
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, ended: new Promise(resolve => child.on('close', resolve)) }
}
