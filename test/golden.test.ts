/**
 * A tiny index of every format version stays here, as the gleaner of its day wrote it, and must go on answering. It is
 * made once, by this test where there is none yet, and never again: a change that breaks it needs a new version.
 */
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { buildIndex } from '../src/build/build.ts'
import { openIndex } from '../src/search/open.ts'
import { FORMAT_VERSION } from '../src/segment/format.ts'

const fixtures = fileURLToPath(new URL('fixtures/golden', import.meta.url))

const FILES = {
  'guide.md':
    '---\ntitle: A Guide to Whales\nlevel: 4.5\n---\n\n# Diving\n\nA sperm whale dives for an hour.\n\n## Depth\n\nTwo kilometres down it hunts for squid.\n',
  'haus.txt':
    'Die Häuser am Hafen\n\nDas Haus am Ende der Straße gehört dem Lotsen und ist älter als der Hafen.\n',
  // Since format 2.
  'talk.srt':
    '1\n00:00:01,000 --> 00:00:04,000\nWelcome to the <i>harbour</i>.\n\n2\n00:01:02,500 --> 00:01:05,000\nThe pilot boat came in today.\n',
  'chinese.txt': '鯨は海に住む。\n\n赵州桥由工匠李春设计，至今已有一千四百年。\n',
}

/** Writes the index of the current version where there is none; an existing one is never touched. */
async function makeMissing(): Promise<void> {
  const golden = join(fixtures, `format-${FORMAT_VERSION}`)
  if (existsSync(golden)) return
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-'))
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text)
  await buildIndex({ paths: ['.'], index: 'index', cwd: folder })
  renameSync(join(folder, 'index'), golden)
  rmSync(folder, { recursive: true })
}

await makeMissing()

test.each(readdirSync(fixtures))('an index of %s answers as it did', async name => {
  const index = await openIndex(join(fixtures, name))
  const answer = async (query: string) =>
    (await index.search(query)).hits.map(({ path, line, column }) => `${path}:${line}:${column}`)
  expect(await answer('whales')).toEqual(['guide.md:8:9'])
  expect(await answer('hunted squid')).toEqual(['guide.md:12:24'])
  expect(await answer('"dives for an hour"')).toEqual(['guide.md:8:15'])
  expect(await answer('赵州桥')).toEqual(['chinese.txt:3:1'])
  expect(await answer('strasse')).toEqual(['haus.txt:3:22'])
  expect(await answer('heading:depth')).toEqual(['guide.md:10:4'])
  expect((await index.show('guide.md:12')).text).toBe('Two kilometres down it hunts for squid.\n')
  expect((await index.search('diving')).hits[0]!.metadata).toEqual({ title: 'A Guide to Whales', level: 4.5 })
  if (name !== 'format-1') {
    expect((await index.search('pilot')).hits[0]).toMatchObject({ path: 'talk.srt', position: { time: 62 } })
    expect(await index.show('talk.srt')).toMatchObject({ position: { time: 1 }, lines: 3 })
  }
  await index.close()
})
