import { mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { resolveSources } from '../../src/crawl/source.ts'
import { walk } from '../../src/crawl/walk.ts'
import { readIdentity } from '../../src/document/file-identity.ts'
import { StatCache, writeStatCache } from '../../src/freshness/stat-cache.ts'
import { compareTree } from '../../src/freshness/tree-changes.ts'
import type { ListedDocument } from '../../src/segment/document-list.ts'

const rules = { include: [], exclude: [], ignoreFiles: true, hidden: false, maxFileSize: 1000 }

/** A folder of three files, listed as an index would have them, and noted in a cache. */
async function recorded(ageMs: number) {
  const cwd = mkdtempSync(join(tmpdir(), 'gleaner-'))
  onTestFinished(() => rmSync(cwd, { recursive: true }))
  for (const name of ['a.md', 'b.md', 'c.md']) writeFileSync(join(cwd, name), `${name}\n`)
  const sources = await resolveSources([cwd], cwd)
  const files = async () => (await walk(sources, rules)).files
  const listed = (await files()).map((file, document): ListedDocument => {
    const identity = readIdentity(file, rules)
    if ('reason' in identity) throw new Error(identity.detail)
    return { path: file.path, size: identity.bytes, hash: identity.hash, segment: 0, document }
  })
  const known = (await files()).map(({ path, stamp }, number) => ({
    path,
    stamp,
    outcome: { hash: listed[number]!.hash },
  }))
  // In a folder of its own: the cache is no source.
  const cacheFolder = mkdtempSync(join(tmpdir(), 'gleaner-'))
  onTestFinished(() => rmSync(cacheFolder, { recursive: true }))
  const began = BigInt(Date.now() + ageMs) * 1_000_000n
  writeStatCache(cacheFolder, { manifest: 'm', rules, place: 'p', began }, known)
  const compare = async () =>
    compareTree({ files: await files(), listed, cache: StatCache.read(cacheFolder, rules), rules })
  return { cwd, compare, cacheFolder }
}

const paths = (some: readonly { path: string }[]) => some.map(({ path }) => path)

test('files that look as they did are not opened, others are hashed', async () => {
  const { cwd, compare } = await recorded(10_000)
  expect(await compare()).toMatchObject({ hashed: false, changed: [], added: [], gone: [] })
  const now = new Date()
  utimesSync(join(cwd, 'a.md'), now, now)
  const touched = await compare()
  expect(touched.hashed).toBe(true)
  expect(paths(touched.same)).toEqual(['a.md', 'b.md', 'c.md'])
})

test('a file of the same length and times is found to be another by its time of change, or its number', async () => {
  const { cwd, compare } = await recorded(10_000)
  writeFileSync(join(cwd, 'z'), 'A.MD\n')
  const long = new Date(1_600_000_000_000)
  utimesSync(join(cwd, 'z'), long, long)
  renameSync(join(cwd, 'z'), join(cwd, 'a.md'))
  expect(paths((await compare()).changed)).toEqual(['a.md'])
})

test('what is younger than the cache is hashed again', async () => {
  const { compare } = await recorded(0)
  expect(await compare()).toMatchObject({ hashed: true, changed: [] })
})

test('new, changed and gone are told apart, wherever they stand', async () => {
  const { cwd, compare } = await recorded(10_000)
  writeFileSync(join(cwd, '0.md'), 'first\n')
  writeFileSync(join(cwd, 'b.md'), 'longer than before\n')
  writeFileSync(join(cwd, 'bb.md'), 'between\n')
  writeFileSync(join(cwd, 'z.md'), 'last\n')
  rmSync(join(cwd, 'c.md'))
  const { added, changed, gone, same } = await compare()
  expect(paths(added)).toEqual(['0.md', 'bb.md', 'z.md'])
  expect([paths(changed), paths(gone), paths(same)]).toEqual([['b.md'], ['c.md'], ['a.md']])
})

test('a cache that is damaged, or of other rules, is as none', async () => {
  const { cacheFolder } = await recorded(10_000)
  expect(StatCache.read(cacheFolder, rules).size).toBe(3)
  expect(StatCache.read(cacheFolder, { maxFileSize: 5 }).size).toBe(0)
  writeFileSync(join(cacheFolder, 'stat-cache'), 'gleaner stat cache 3\n00000000\nnonsense')
  expect(StatCache.read(cacheFolder, rules).size).toBe(0)
})
