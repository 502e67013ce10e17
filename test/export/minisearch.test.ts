import MiniSearch from 'minisearch'
import { expect, test } from 'vitest'
import { exportMinisearch as exportParts, MINISEARCH_OPTIONS } from '../../src/export/minisearch.ts'
import { FIELDS } from '../../src/text/field.ts'
import { withIndex } from '../build/with-index.ts'

async function exportMinisearch(...of: Parameters<typeof exportParts>): Promise<string> {
  const parts: string[] = []
  for await (const part of exportParts(...of)) parts.push(part)
  expect(parts.length).toBe(1)
  return parts[0]!
}

const files = {
  'guide.md':
    '---\ntitle: The Whale Guide\n---\n\n# Ships\n\nThe ship sails, the sea rises.\n\nThe whale dives under the ship.\n',
  'code.ts': 'function parseHtmlTree(source) {}\n\nparseHtml(htmlTree, 1.0.21, tree)\n',
  'notes.rst':
    'Ropes\n=====\n\nA rope is a rope, whatever the captain says of it.\n\nKnots\n-----\n\nTie the rope to the ship.\n',
  'sub/plain.txt':
    'Storm at sea\n\nThe captain’s storm-proof ship rode it out; 1.10 metres of water.\n\n鯨が海を泳ぐ、船も行く。\n',
}

/** Term, field, chunk and frequency of every posting, as MiniSearch has them. */
function postingsOfMinisearch(json: string): string[] {
  const { index, fieldIds } = JSON.parse(json) as {
    index: [string, Record<string, Record<string, number>>][]
    fieldIds: Record<string, number>
  }
  const names = Object.fromEntries(Object.entries(fieldIds).map(([name, id]) => [id, name]))
  return index
    .flatMap(([term, fields]) =>
      Object.entries(fields).flatMap(([field, chunks]) =>
        Object.entries(chunks).map(([chunk, frequency]) => `${term} ${names[field]} ${chunk} ${frequency}`),
      ),
    )
    .sort()
}

test('MiniSearch’s own index of the chunks holds the postings of the segment, one by one', async () => {
  await withIndex(files, async index => {
    const ours: string[] = []
    for await (const { key, information } of index.segments[0]!.dictionary.from()) {
      const list = index.segments[0]!.listOf(information)
      while (await list.next()) {
        list.block.decodeFrequencies()
        for (let at = 0; at < list.block.size; at++) {
          for (const [field, frequencies] of list.block.frequencies.entries()) {
            if (frequencies[at]! > 0)
              ours.push(`${key} ${FIELDS[field]} ${list.block.chunks[at]} ${frequencies[at]}`)
          }
        }
      }
    }
    expect(ours.length).toBeGreaterThan(40)
    expect(ours.sort()).toEqual(postingsOfMinisearch(await exportMinisearch(index)))
  })
})

test('loadJSON reads the export and finds what it should, with path and lines', async () => {
  await withIndex(files, async index => {
    const loaded = MiniSearch.loadJSON(await exportMinisearch(index), MINISEARCH_OPTIONS)
    expect(loaded.documentCount).toBe(index.manifest.totals.chunks)
    expect(loaded.search('dives')[0]).toMatchObject({ path: 'guide.md', startLine: 9, endLine: 9 })
    expect(loaded.search('guide')[0]).toMatchObject({ path: 'guide.md' })
  })
})

test('what is too large for one MiniSearch becomes several, which together hold every chunk once', async () => {
  await withIndex(files, async index => {
    const parts: MiniSearch[] = []
    for await (const json of exportParts(index, 150))
      parts.push(MiniSearch.loadJSON(json, MINISEARCH_OPTIONS))
    expect(parts.length).toBe(3)
    expect(parts.reduce((sum, part) => sum + part.documentCount, 0)).toBe(index.manifest.totals.chunks)
    const ids = parts.flatMap(part => part.search(MiniSearch.wildcard).map(({ id }) => id as number))
    expect(ids.sort((a, b) => a - b)).toEqual(ids.map((_, number) => number))
  })
})
