import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import { expect, onTestFinished, test, vi } from 'vitest'
import { CLAIM, LOCK, takeLock } from '../../src/build/lock.ts'
import { type LockOwner, ownerHere } from '../../src/build/lock-owner.ts'

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** A folder with a lock that was last touched so many seconds ago. */
function lockedBy(owner: LockOwner | string, secondsAgo: number): string {
  const folder = emptyFolder()
  const path = join(folder, LOCK)
  writeFileSync(path, typeof owner === 'string' ? owner : JSON.stringify(owner))
  const time = Date.now() / 1000 - secondsAgo
  utimesSync(path, time, time)
  return folder
}

/** Whether the lock of a folder can be had at once, and is gone when it has been given back. */
async function isFree(folder: string): Promise<boolean> {
  try {
    const lock = await takeLock(folder, 'index')
    lock.release()
    expect(readdirSync(folder)).toEqual([])
    return true
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: 'locked' })
    return false
  }
}

test('while it is held nobody else gets it, and the message says by whom', async () => {
  const folder = emptyFolder()
  const lock = await takeLock(folder, 'the/index')
  const refused = `the/index is being written by process ${process.pid} on `
  await expect(takeLock(folder, 'the/index')).rejects.toThrow(refused)
  lock.release()
  expect(await isFree(folder)).toBe(true)
})

/** Reads a lock again and again until it is told to end; gives how often it was there without saying whose it is. */
const READER = `
  const { readFileSync } = require('node:fs')
  const { workerData: { path, signs } } = require('node:worker_threads')
  while (Atomics.load(signs, 0) === 0) {
    let text
    try { text = readFileSync(path, 'utf8') } catch { continue }
    Atomics.add(signs, text.endsWith('}') ? 1 : 2, 1)
  }`

test('a lock says whose it is from the moment it is there, and nothing is left beside it', async () => {
  const folder = emptyFolder()
  const signs = new Int32Array(new SharedArrayBuffer(12))
  const reader = new Worker(READER, { eval: true, workerData: { path: join(folder, LOCK), signs } })
  await vi.waitFor(async () => {
    for (let time = 0; time < 200; time++) {
      const lock = await takeLock(folder, 'index')
      expect(readdirSync(folder)).toEqual([LOCK])
      lock.release()
    }
    expect(signs[1]).toBeGreaterThan(50)
  })
  Atomics.store(signs, 0, 1)
  await once(reader, 'exit')
  expect(signs[2]).toBe(0)
})

test('who waits gets it when it is given back, or is refused when the time is over', async () => {
  const folder = emptyFolder()
  const lock = await takeLock(folder, 'index')
  await expect(takeLock(folder, 'index', { wait: 50 })).rejects.toMatchObject({ code: 'locked' })
  const second = takeLock(folder, 'index', { wait: Number.POSITIVE_INFINITY })
  lock.release()
  ;(await second).release()
  const stop = new AbortController()
  const third = await takeLock(folder, 'index')
  const fourth = takeLock(folder, 'index', { wait: 60_000, signal: stop.signal })
  stop.abort()
  await expect(fourth).rejects.toMatchObject({ name: 'AbortError' })
  third.release()
})

test('of a process of this machine its id, its start and the boot tell whether it is there', async () => {
  const here = ownerHere()
  expect(await isFree(lockedBy(here, 3600))).toBe(false)
  expect(await isFree(lockedBy({ ...here, process: 2 ** 22 + 1 }, 0))).toBe(true)
  if (process.platform !== 'linux') return
  expect(here).toMatchObject({ started: expect.stringMatching(/^\d+$/), boot: expect.stringMatching(/-/) })
  expect(await isFree(lockedBy({ ...here, started: '1' }, 0))).toBe(true)
  expect(await isFree(lockedBy({ ...here, boot: 'another' }, 0))).toBe(true)
})

test.runIf(process.platform === 'linux')(
  'a process that ended and was not asked for it is gone',
  async () => {
    // The shell's child ends, and `sleep`, which takes the shell's place, never asks for its exit code.
    const shell = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    onTestFinished(() => void shell.kill())
    const id = Number(await new Promise(next => shell.stdout!.once('data', next)))
    await vi.waitFor(() => expect(readFileSync(`/proc/${id}/stat`, 'utf8')).toContain(') Z '))
    const started = readFileSync(`/proc/${id}/stat`, 'utf8').split(' ')[21]!
    expect(await isFree(lockedBy({ ...ownerHere(), process: id, started }, 0))).toBe(true)
  },
)

test('a lock of elsewhere, or a damaged one, is left behind after a minute without a touch', async () => {
  const elsewhere = { ...ownerHere(), host: 'elsewhere', place: '0123456789abcdef' }
  for (const owner of [elsewhere, '', '{"process":', 'null', '{"process":"1","place":1}']) {
    expect(await isFree(lockedBy(owner, 50))).toBe(false)
    expect(await isFree(lockedBy(owner, 70))).toBe(true)
  }
  // The clock of the file server went back: what was touched in an hour is not touched now.
  expect(await isFree(lockedBy(elsewhere, -3600))).toBe(true)
})

test('it is touched while it is held, and one that was lost says so and removes nothing', async () => {
  const folder = emptyFolder()
  const lock = await takeLock(folder, 'index')
  const path = join(folder, LOCK)
  const text = readFileSync(path, 'utf8')
  const later = performance.now() + 6_000
  const clock = vi.spyOn(performance, 'now')
  onTestFinished(() => clock.mockRestore())
  utimesSync(path, 1, 1)
  lock.touch()
  expect(statSync(path).mtimeMs).toBe(1000)
  clock.mockReturnValue(later)
  lock.touch()
  expect(Math.abs(Date.now() - statSync(path).mtimeMs)).toBeLessThan(30_000)
  expect(readFileSync(path, 'utf8')).toBe(text)
  const other = text.replace(/"lock":"./, '"lock":"x')
  writeFileSync(path, other)
  clock.mockReturnValue(later + 6_000)
  expect(() => lock.touch()).toThrow('another process has taken the lock of index')
  lock.release()
  expect(readFileSync(path, 'utf8')).toBe(other)
})

test('a claim that was left behind keeps nobody out', async () => {
  const folder = lockedBy({ ...ownerHere(), process: 2 ** 22 + 1 }, 0)
  writeFileSync(join(folder, CLAIM), readFileSync(join(folder, LOCK)))
  expect(await isFree(folder)).toBe(true)
})

test.runIf(process.platform === 'linux')(
  'of many that steal and die only one is inside at any time',
  async () => {
    const folder = emptyFolder()
    const lockFile = join(folder, 'lock.mjs')
    await build({
      entryPoints: ['src/build/lock.ts'],
      bundle: true,
      format: 'esm',
      platform: 'node',
      outfile: lockFile,
    })
    const script = join(folder, 'thief.mjs')
    writeFileSync(script, THIEF)
    const ended: Promise<string>[] = []
    const children: ChildProcess[] = []
    onTestFinished(() => children.forEach(child => void child.kill('SIGKILL')))
    for (let number = 0; number < 12; number++) {
      const child = spawn(process.execPath, [script, folder, String(number)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      children.push(child)
      ended.push(
        new Promise(resolve => {
          let output = ''
          child.stdout!.on('data', piece => {
            output += piece
          })
          child.on('close', (code, signal) => resolve(`${output}${signal ?? code}`))
        }),
      )
    }
    // Every third dies while it holds the lock.
    const expected = ended.map((_, number) => (number % 3 === 0 ? 'SIGKILL' : '0'))
    expect(await Promise.all(ended)).toEqual(expected)
    expect(existsSync(join(folder, CLAIM))).toBe(false)
  },
)

/** Takes the lock again and again; says where it meets another that is alive, and dies in the end if it is to. */
const THIEF = `
import { readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { takeLock } from './lock.mjs'
const [folder, number] = process.argv.slice(2)
// One that has ended may still be listed, as Z.
const isThere = id => { try { return !readFileSync('/proc/' + id + '/stat', 'utf8').includes(') Z ') } catch { return false } }
for (let round = 0; round < 20; round++) {
  const lock = await takeLock(folder, 'index', { wait: 60_000 })
  for (const name of readdirSync(folder)) {
    const other = /^inside-(\\d+)$/.exec(name)?.[1]
    if (other === undefined) continue
    if (isThere(Number(other))) console.log('two at once')
    else unlinkSync(folder + '/' + name)
  }
  writeFileSync(folder + '/inside-' + process.pid, '')
  await setImmediate()
  if (round === 10 && number % 3 === 0) process.kill(process.pid, 'SIGKILL')
  unlinkSync(folder + '/inside-' + process.pid)
  lock.release()
}
`
