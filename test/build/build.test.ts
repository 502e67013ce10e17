/** What a build must never do to an index that is there. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildIndex } from '../../src/build/build.ts'
import { LOCK, takeLock } from '../../src/build/lock.ts'
import { STAT_CACHE } from '../../src/freshness/stat-cache.ts'
import { openIndex } from '../../src/search/open.ts'
import { withIndex } from './with-index.ts'

const FILES = { 'a.txt': 'the whale dives under the ship\n', 'b.txt': 'the captain mends a torn sail\n' }

/** The files that make an index, with their bytes: not what is of use on this machine alone. */
function contents(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .filter(name => name !== STAT_CACHE)
      .map(name => [name, readFileSync(join(folder, name), 'base64')]),
  )
}

test('a second writer is refused while there is one, and not after it', async () => {
  await withIndex(FILES, async (_, folder) => {
    const again = () => buildIndex({ index: 'index', cwd: folder })
    const lock = await takeLock(join(folder, 'index'), 'index')
    await expect(again()).rejects.toMatchObject({ code: 'locked' })
    lock.release()
    await expect(again()).resolves.toMatchObject({ changed: false })
    expect(existsSync(join(folder, 'index', LOCK))).toBe(false)
  })
})

test('sources that have become empty do not empty the index', async () => {
  await withIndex(FILES, async (_, folder) => {
    const before = contents(join(folder, 'index'))
    for (const name of Object.keys(FILES)) rmSync(join(folder, 'docs', name))
    await expect(buildIndex({ index: 'index', cwd: folder })).rejects.toThrow(
      /no file to index.*2 documents.*kept/,
    )
    await expect(buildIndex({ paths: ['docs/*.md'], index: 'index', cwd: folder })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(contents(join(folder, 'index'))).toEqual(before)
  })
})

test('files that were all renamed are taken over, where the folders are those of the last build', async () => {
  await withIndex(FILES, async (_, folder) => {
    for (const name of Object.keys(FILES))
      renameSync(join(folder, 'docs', name), join(folder, 'docs', `new-${name}`))
    const { changes } = await buildIndex({ index: 'index', cwd: folder })
    expect(changes).toMatchObject({ renamed: 2, added: 0, removed: 0 })
  })
})

test('a copied index is not overwritten by what happens to lie beside it', async () => {
  await withIndex(FILES, async (_, folder) => {
    mkdirSync(join(folder, 'elsewhere/docs'), { recursive: true })
    writeFileSync(join(folder, 'elsewhere/docs/other.txt'), 'words of another')
    cpSync(join(folder, 'index'), join(folder, 'elsewhere/index'), { recursive: true })
    const cwd = join(folder, 'elsewhere')
    await expect(buildIndex({ index: 'index', cwd })).rejects.toThrow(/none of the files.*kept/)
    await expect(buildIndex({ paths: ['docs'], index: 'index', cwd })).resolves.toMatchObject({
      documents: 1,
    })
  })
})

test('a damaged index is repaired from its sources, and that is told as a change', async () => {
  await withIndex(FILES, async (_, folder) => {
    const before = contents(join(folder, 'index'))
    const segment = Object.keys(before).find(name => name.endsWith('.seg'))!
    const bytes = readFileSync(join(folder, 'index', segment))
    bytes[100]! ^= 1
    writeFileSync(join(folder, 'index', segment), bytes)
    expect(await buildIndex({ index: 'index', cwd: folder, rebuild: true })).toMatchObject({
      changed: true,
      documents: 2,
    })
    expect(contents(join(folder, 'index'))).toEqual(before)
  })
})

test('a manifest that cannot be read is replaced only by named folders', async () => {
  await withIndex(FILES, async (_, folder) => {
    const path = join(folder, 'index/manifest.json')
    writeFileSync(path, readFileSync(path, 'utf8').replace('"chunks"', '"junks"'))
    const options = { index: 'index', cwd: folder, rebuild: true }
    await expect(buildIndex(options)).rejects.toThrow(/name the folders/)
    await expect(buildIndex({ ...options, paths: ['docs'] })).resolves.toMatchObject({ documents: 2 })
    await (await openIndex('index', { cwd: folder })).close()
  })
})

test('an index is the same bytes whatever the order and the times of its files', async () => {
  const parts: Record<string, string>[] = []
  for (const names of [Object.keys(FILES), Object.keys(FILES).reverse()]) {
    const files = Object.fromEntries(names.map(name => [name, FILES[name as keyof typeof FILES]]))
    await withIndex(files, async (_, folder) => {
      parts.push(contents(join(folder, 'index')))
    })
  }
  expect(parts[0]).toEqual(parts[1])
})
