import { expect, test } from 'vitest'
import { renderStats } from '../../src/render/stats.ts'
import { cellWidth } from '../../src/render/width.ts'
import type { IndexStats } from '../../src/search/result.ts'

const stats: IndexStats = {
  schema: 'gleaner.stats/1',
  index: 'index',
  root: '..',
  formatVersion: 1,
  analyzer: 'gleaner 1, Unicode 15.1',
  documents: 9976,
  chunks: 465_278,
  terms: 217_894,
  tokens: 10_412_345,
  textBytes: 72_100_000,
  indexBytes: 52_000_000,
  segments: [
    {
      name: 'a.seg',
      bytes: 51e6,
      documents: 9000,
      chunks: 4e5,
      sections: { text: 23e6, positions: 15e6, postings: 8e6 },
    },
    { name: 'b.seg', bytes: 9e5, documents: 976, chunks: 65_278, sections: { text: 5e5, dictionary: 4e5 } },
  ],
  languages: { en: 9970, de: 6 },
  formats: { restructuredtext: 6000, plain: 3000, markdown: 976 },
  folders: { 'doc/linux/': 7000, 'doc/python/': 1900, 'doc/': 1076 },
  sizes: { 512: 120, 1024: 900, 2048: 3000, 4096: 2800, 8192: 1500, 32768: 1600, 4194304: 56 },
  topTerms: [
    { term: 'function', chunks: 31_000 },
    { term: 'kernel', chunks: 29_111 },
    { term: '数据', chunks: 900 },
    { term: 'device', chunks: 12 },
  ],
}

test.each([60, 80, 140])('the screen of %i columns', async width => {
  const screen = renderStats(stats, { color: false, width })
  expect(screen.split('\n').filter(line => cellWidth(line) > width)).toEqual([])
  await expect(screen).toMatchFileSnapshot(`../screens/stats-${width}.txt`)
})

test('where it is narrow the bars shrink, and then go', () => {
  for (const width of [30, 40, 60]) {
    const lines = renderStats(stats, { color: false, width }).split('\n')
    expect(lines.filter(line => cellWidth(line) > width)).toEqual([])
  }
})

test('an empty index is no reason to fail', () => {
  const empty = {
    ...stats,
    segments: [],
    languages: {},
    formats: {},
    textBytes: 0,
    indexBytes: 0,
    documents: 0,
  }
  expect(renderStats(empty, { color: true, width: 80 })).not.toMatch(/NaN|Infinity/)
})
