/** Text enough for a dictionary: whoever builds makes the same one, and whoever reads can do without nothing else. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BuildInternals, type BuildOptions, build } from '../../src/build/build.ts'
import { checkIndex } from '../../src/check/check.ts'
import { STAT_CACHE } from '../../src/freshness/stat-cache.ts'
import { openIndex } from '../../src/search/open.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gleaner-staged-'))
  mkdirSync(join(folder, 'docs'))
  for (let number = 0; number < 40; number++) writeFileSync(pathOf(number), textOf(number))
})
afterAll(() => rmSync(folder, { recursive: true }))

const pathOf = (number: number) => join(folder, 'docs', `chapter-${number}.md`)

function textOf(number: number): string {
  const paragraphs = Array.from(
    { length: 250 },
    (_, at) =>
      `In chapter ${number}, the whale swam ${number * 1009 + at * 7919} miles; nobody saw it dive ☂.`,
  )
  return `# Chapter ${number}\n\n${paragraphs.join('\n\n')}\n`
}

async function built(options: Partial<BuildOptions> = {}, internals: BuildInternals = {}) {
  await build({ paths: ['docs'], index: 'index', cwd: folder, ...options }, internals)
  const names = readdirSync(join(folder, 'index')).filter(name => name !== STAT_CACHE)
  return Object.fromEntries(names.map(name => [name, readFileSync(join(folder, 'index', name), 'base64')]))
}

test('threads, batches and merges make the same dictionary', async () => {
  const whole = await built({ jobs: 1, rebuild: true })
  expect(await built({ jobs: 2, rebuild: true }, { batchBytes: 20_000 })).toEqual(whole)
  writeFileSync(pathOf(3), 'gone\n')
  await built()
  writeFileSync(pathOf(3), textOf(3))
  await built()
  expect(await built({ compact: true })).toEqual(whole)
})

test('text comes back as it was, and a fault in the dictionary shows', async () => {
  await built({ rebuild: true })
  const index = await openIndex('index', { cwd: folder })
  const { name, textDictionary } = index.manifest.segments[0]!
  expect(textDictionary).toBeDefined()
  for (const number of [0, 17, 39])
    expect((await index.show(`chapter-${number}.md`)).text).toBe(textOf(number))
  expect((await index.search('"whale swam 55036 miles"')).hits[0]).toMatchObject({ path: 'chapter-31.md' })
  await index.close()
  expect((await checkIndex({ index: 'index', cwd: folder })).state).toBe('sound')

  const segment = join(folder, 'index', name)
  const bytes = readFileSync(segment)
  bytes[textDictionary![0] + 9]! ^= 1
  writeFileSync(segment, bytes)
  expect((await checkIndex({ index: 'index', cwd: folder })).state).toBe('damaged')
  const damaged = await openIndex('index', { cwd: folder })
  await expect(damaged.search('whale')).rejects.toMatchObject({ code: 'damaged' })
  await damaged.close()
})
