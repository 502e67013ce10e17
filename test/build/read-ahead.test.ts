import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { ReadAhead } from '../../src/build/read-ahead.ts'
import { world } from '../crawl/world.ts'

const IO = '/proc/self/io'
/** Bytes that this process has read so far. */
const bytesRead = () => Number(/rchar: (\d+)/.exec(readFileSync(IO, 'latin1'))![1])

const BIG = 4 << 20

function readingAhead(blocksFetched: () => number) {
  const cwd = world({ 'big.txt': 'x'.repeat(BIG) })
  execFileSync('mkfifo', [join(cwd, 'fifo')])
  const ahead = new ReadAhead(blocksFetched)
  onTestFinished(() => ahead.close())
  return (...paths: string[]) =>
    ahead.expect(paths.map(path => ({ path, absolute: join(cwd, path), size: 0 })))
}

test.skipIf(!existsSync(IO))('files are fetched ahead once those before had to be fetched', async () => {
  let blocks = 0
  const expectFiles = readingAhead(() => blocks)
  const before = bytesRead()
  expectFiles('big.txt')
  blocks = 4096
  expectFiles('gone.txt', 'fifo', 'big.txt')
  await vi.waitFor(() => expect(bytesRead() - before).toBeGreaterThanOrEqual(BIG), { timeout: 20_000 })
  expect(bytesRead() - before).toBeLessThan(2 * BIG)
})

test.skipIf(!existsSync(IO))('what is in memory is left there', async () => {
  const expectFiles = readingAhead(() => 4096)
  const before = bytesRead()
  expectFiles('big.txt')
  expectFiles('big.txt')
  await new Promise(next => setTimeout(next, 300))
  expect(bytesRead() - before).toBeLessThan(BIG)
})
