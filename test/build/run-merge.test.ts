/** However the runs of a segment are made, kept and divided, their lists are the same. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BatchReader } from '../../src/build/batch.ts'
import { unpackLists } from '../../src/build/packed-lists.ts'
import { PostingRuns } from '../../src/build/posting-runs.ts'
import { RangeEncoder, type RunSet, type TermRange } from '../../src/build/run-merge.ts'
import { RunStore } from '../../src/build/run-store.ts'
import { Turns } from '../../src/build/turns.ts'
import type { FoundFile } from '../../src/crawl/file.ts'

let folder: string
let files: FoundFile[]
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gleaner-runs-'))
  files = Array.from({ length: 12 }, (_, number) => {
    const absolute = join(folder, `${number}.txt`)
    // The commonest word has some hundred postings in each run, the rarest one in all.
    const words = Array.from(
      { length: 4000 },
      (_, at) => `the w${(at * at + number) % 997} ${number}x${at % 7}`,
    )
    writeFileSync(absolute, words.map((word, at) => (at % 9 === 8 ? `${word}\n\n` : word)).join(' '))
    return { path: `${number}.txt`, absolute, size: 1 } as FoundFile
  })
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Setting {
  readonly perBatch: number
  readonly knownTerms: number
  /** Bytes of rows in memory. */
  readonly kept: number
  /** Terms that are encoded at a time. */
  readonly atOnce: number
}

/** Every term with its list and its chunks. */
async function listsOf({ perBatch, knownTerms, kept, atOnce }: Setting): Promise<string[]> {
  const store = new RunStore({ path: join(folder, 'runs'), most: kept, shares: false })
  const reader = new BatchReader({ maxFileSize: 1e6 }, store, knownTerms)
  let set: RunSet
  const encoder = {
    shares: false,
    place: (placed: RunSet) => {
      set = placed
    },
    encode: async (range: TermRange) => new RangeEncoder(set).encode(range),
  }
  const runs = new PostingRuns(encoder, new Turns({}), folder)
  try {
    for (let first = 0; first < files.length; first += perBatch) {
      const { terms, run } = await reader.read(files.slice(first, first + perBatch), () => undefined)
      runs.add(0, terms, run)
    }
    runs.begin()
    const all = [...runs.terms()]
    await runs.eachList(() => {})
    const ranges = new RangeEncoder(set!)
    const lists: string[] = []
    for (let from = 0; from < all.length; from += atOnce) {
      const range = { from, to: Math.min(all.length, from + atOnce) }
      for (const { pieces, ...list } of unpackLists(ranges.encode(range)))
        lists.push(JSON.stringify([all[lists.length], list, pieces.map(piece => [...piece])]))
    }
    expect(lists).toHaveLength(all.length)
    return lists
  } finally {
    store.drop()
    runs.drop()
  }
}

test('whatever the batches, the memory and the ranges', async () => {
  const whole = await listsOf({ perBatch: 12, knownTerms: 1e6, kept: 1e9, atOnce: 1e6 })
  expect(whole.length).toBeGreaterThan(1000)
  expect(await listsOf({ perBatch: 1, knownTerms: 1e6, kept: 1e9, atOnce: 300 })).toEqual(whole)
  expect(await listsOf({ perBatch: 5, knownTerms: 0, kept: 0, atOnce: 1 })).toEqual(whole)
  expect(await listsOf({ perBatch: 2, knownTerms: 1100, kept: 200_000, atOnce: 7 })).toEqual(whole)
})
