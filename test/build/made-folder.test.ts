/** A first build that fails leaves nothing behind, and nothing of others is taken. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { buildIndex } from '../../src/build/build.ts'
import { makeFolder } from '../../src/build/made-folder.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const SEGMENT = `${'0'.repeat(32)}.seg`

test('what was made is taken away, as far as nobody else has put anything there', () => {
  const root = temporaryFolder('made', onTestFinished)
  const made = makeFolder(join(root, 'a/b/index'))
  for (const name of [SEGMENT, '.gitignore', 'x.tmp-7', 'stat-cache'])
    writeFileSync(join(root, 'a/b/index', name), '')
  writeFileSync(join(root, 'a/note'), '')
  made.clear()
  made.remove()
  expect(readdirSync(join(root, 'a'))).toEqual(['note'])
})

test("a folder that was there stays, with what is the user's own; so does an index", () => {
  const root = temporaryFolder('made', onTestFinished)
  const folder = join(root, 'index')
  mkdirSync(folder)
  for (const name of [SEGMENT, '.gitignore']) writeFileSync(join(folder, name), '')
  const made = makeFolder(folder)
  made.clear()
  made.remove()
  expect(readdirSync(folder)).toEqual(['.gitignore'])
  for (const name of [SEGMENT, 'manifest.json']) writeFileSync(join(folder, name), '')
  made.clear()
  expect(readdirSync(folder)).toHaveLength(3)
})

test('a first build that is stopped while it writes leaves no folder', async () => {
  const root = temporaryFolder('made', onTestFinished)
  mkdirSync(join(root, 'docs'))
  for (let number = 0; number < 40; number++)
    writeFileSync(join(root, `docs/${number}.txt`), 'A whale lies on the shore. '.repeat(4000))
  const stop = new AbortController()
  const onProgress = ({ phase }: { phase: string }) => phase !== 'crawl' && stop.abort()
  const options = { paths: ['docs'], index: 'deep/index', cwd: root, onProgress, signal: stop.signal }
  await expect(buildIndex(options)).rejects.toMatchObject({ name: 'AbortError' })
  expect(readdirSync(root)).toEqual(['docs'])
})

test.skipIf(!existsSync('/proc/self'))('what the system refuses is told, and not tried for ever', () => {
  expect(() => makeFolder('/proc/self/gleaner/index')).toThrow(/cannot write .*gleaner.index/)
})
