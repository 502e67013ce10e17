/** A file that was compared is not read again while nobody touches it, and is as soon as somebody does. */
import { statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { KnownFiles } from '../../src/search/known-files.ts'
import { withIndex } from '../build/with-index.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const HASH = 'a'.repeat(32)
const MINUTES = 60_000

function newFile(): string {
  const path = join(temporaryFolder('known', onTestFinished), 'a.txt')
  writeFileSync(path, 'one')
  return path
}

test('what was compared long after its last change is known, until it looks different', () => {
  const path = newFile()
  const look = statSync(path)
  const files = new KnownFiles()
  files.note(path, look, HASH, true, look.ctimeMs + 2 * MINUTES)
  expect(files.isSame(path, statSync(path), HASH)).toBe(true)
  expect(files.isSame(path, look, 'b'.repeat(32))).toBeUndefined()
  // As many bytes, and the old time: that something was done to it shows all the same.
  writeFileSync(path, 'two')
  utimesSync(path, look.atime, look.mtime)
  expect(files.isSame(path, statSync(path), HASH)).toBeUndefined()
})

test('what changed shortly before, or lies within an archive, is not known', () => {
  const path = newFile()
  const look = statSync(path)
  const files = new KnownFiles()
  files.note(path, look, HASH, true, look.ctimeMs + MINUTES / 2)
  expect(files.isSame(path, look, HASH)).toBeUndefined()
  const { size, mtime } = look
  files.note(path, { size, mtime }, HASH, true, look.ctimeMs + 2 * MINUTES)
  expect(files.isSame(path, { size, mtime }, HASH)).toBeUndefined()
})

test('of very many files the first are forgotten', () => {
  const files = new KnownFiles()
  const look = { size: 1, mtime: new Date(0), mtimeMs: 0, ctimeMs: 0, ino: 1, dev: 1 }
  for (let number = 0; number < 5000; number++) files.note(`${number}`, look, HASH, true)
  expect(files.isSame('0', look, HASH)).toBeUndefined()
  expect(files.isSame('4999', look, HASH)).toBe(true)
})

test('an open index that knows a file sees a change of the same length at once', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5 * MINUTES })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  await withIndex({ 'a.txt': 'A harbour town lies here by the sea.\n' }, async (index, folder) => {
    const stateOf = async () => (await index.search('harbour')).hits[0]?.state
    expect([await stateOf(), await stateOf()]).toEqual(['current', 'current'])
    writeFileSync(join(folder, 'docs/a.txt'), 'A harbour town lies here by the bay.\n')
    expect(await stateOf()).toBe('changed')
  })
})
