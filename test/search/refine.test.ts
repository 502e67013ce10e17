/** Stage 2, each part against sums done by hand, and the whole in a tiny world. */
import { expect, test } from 'vitest'
import { feedbackShares } from '../../src/search/feedback.ts'
import { leadShares } from '../../src/search/lead.ts'
import type { SearchOptions } from '../../src/search/options.ts'
import { pairShares } from '../../src/search/pairs.ts'
import { parseQuery } from '../../src/search/parse.ts'
import { type Passage, passageOf, wordKeys } from '../../src/search/passage.ts'
import type { Candidate } from '../../src/search/pool.ts'
import { idf, saturation } from '../../src/search/score.ts'
import { sequencesOf } from '../../src/search/sequences.ts'
import { smoothed } from '../../src/search/smoothing.ts'
import { stemmerFor } from '../../src/text/stem.ts'
import { withIndex } from '../build/with-index.ts'

const keys = wordKeys(await stemmerFor('en'), new Set(['the', 'of']))
const NORM = 1.2

function passage(text: string, trail: string[] = []): Passage {
  const candidate = { frequencies: new Float64Array() } as unknown as Candidate
  const row = { document: 0, startLine: 1, endLine: 1, column: 1, continues: false, trail, place: 0, text }
  return passageOf({ candidate, score: 1 }, row, NORM, keys)
}

test('a passage is its words without function words, and its headings, the innermost counting most', () => {
  const { words, frequencies, headings } = passage('Locks of the page', ['Memory', 'The lock'])
  expect(words).toEqual(['lock', 'page'])
  expect(Object.fromEntries(frequencies)).toEqual({ lock: 3, page: 1, memori: 1 })
  expect(headings.map(({ isInText }) => isInText)).toEqual([false, true])
})

test('of a script without spaces, pairs of characters are words', () => {
  expect(passage('赵州桥 (bridge)').words).toEqual(['赵 州', '州 桥', 'bridg'])
})

test('a pair counts where its words stand side by side in the order of the query', () => {
  const asked = [
    { key: 'page', weight: 1, idf: 2 },
    { key: 'tabl', weight: 1, idf: 3 },
  ]
  const passages = [passage('page of the table'), passage('table page'), passage('page and table')]
  const worth = Math.min(2 + 3, idf(1, 3))
  expect([...pairShares(passages, [asked])]).toEqual([0.9 * worth * saturation(1, NORM), 0, 0])
  expect([...pairShares(passages, [[asked[0]!], [asked[1]!]])]).toEqual([0, 0, 0])
})

test('what a passage begins with counts most, each word once, and function words are no places', () => {
  const asked = [{ key: 'whale', weight: 0.5, idf: 4 }]
  const late = `${'bread and water '.repeat(5)}whale whale`
  const passages = [
    passage('The whale and the whale'),
    passage(late),
    passage('bread'),
    passage('water', ['Whale']),
  ]
  // Fifteen words before it: `and` is no function word here.
  expect([...leadShares(passages, asked)]).toEqual([0.2 * 0.5 * 4, (0.2 * 0.5 * 4) / (1 + 15 / 10), 0, 0])
})

test('feedback lifts what has the words that the best have in common', () => {
  const passages = ['whale ship captain', 'whale ship harpoon', 'whale pie', 'whale ship'].map(text =>
    passage(text),
  )
  const shares = feedbackShares(passages, [4, 3, 2, 1], new Set(['whale']), 1)
  expect(shares[3]).toBeGreaterThan(shares[2]!)
  // Two words are in two passages or asked for; with their gains they share 0.9 of the query's weight.
  const worth = (having: number) => 1 + idf(having, 4) / 4
  const one = saturation(1, NORM)
  const gain = {
    whale: worth(4) * one * (1 + 1 / 2 + 1 / 3 + 1 / 4),
    ship: worth(3) * one * (1 + 1 / 2 + 1 / 4),
  }
  const sum = gain.whale + gain.ship
  expect(shares[2]).toBeCloseTo((0.9 * gain.whale * worth(4) * one) / sum, 12)
  expect(shares[0]).toBeCloseTo((0.9 * one * (gain.whale * worth(4) + gain.ship * worth(3))) / sum, 12)
})

test('a score leans towards those of its neighbours, and stays where there are none', () => {
  const alike = [passage('whale ship'), passage('whale ship'), passage('bread')]
  expect([...smoothed(alike, [4, 2, 1])].map(score => Number(score.toFixed(9)))).toEqual([3.4, 2.6, 1])
})

test('words follow one another where nothing but words parts them', () => {
  expect(sequencesOf(parseQuery('page table "a lock" old barrier -x'))).toEqual([
    ['page', 'table'],
    ['old', 'barrier'],
  ])
})

const MANUAL = {
  'a.md': 'The lock of the page is held while the table is read, and the table is not.',
  'b.md': 'A page table is walked by the processor. A page table has entries.',
  'c.md': 'The table in the kitchen has one page of a book on it, and bread, and a page.',
  'd.md': '# Locks of the page table\n\nText here.\n\nThey are taken in order, one after the other.',
}

test('side by side comes first; plain, each word counts as it was typed', async () => {
  await withIndex(MANUAL, async index => {
    const { hits, ignored } = await index.search('what is a page table', { explain: true })
    // The heading asks just that, then the words side by side, then both anywhere.
    expect(hits.map(({ path }) => path).slice(0, 2)).toEqual(['d.md', 'b.md'])
    expect(ignored).toEqual(['what', 'is', 'a'])
    const plain = await index.search('what is a page table', { rank: 'plain', explain: true })
    expect(plain.ignored).toEqual([])
    expect(plain.hits.every(({ refinement }) => refinement?.length === 0)).toBe(true)
    expect(plain.total).toBeGreaterThanOrEqual(hits.length)
  })
})

test('what is explained adds up to the score, and scores fall', async () => {
  await withIndex(MANUAL, async index => {
    for (const group of [undefined, 'document'] as const) {
      const { hits } = await index.search('page table locks', { explain: true, group })
      expect(hits.length).toBeGreaterThan(2)
      for (const { score, explanation, refinement } of hits) {
        const sum = [...explanation!, ...refinement!].reduce((all, share) => all + share.score, 0)
        expect(sum).toBeCloseTo(score, 6)
      }
      expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).sort((a, b) => b - a))
    }
  })
})

test('a part of the ranking can be left out, to see what it is worth', async () => {
  await withIndex(MANUAL, async index => {
    const partsOf = async (without: SearchOptions['without']) => {
      const { hits } = await index.search('page table locks', { explain: true, without })
      return new Set(hits.flatMap(({ refinement }) => refinement!.map(({ part }) => part)))
    }
    expect(await partsOf([])).toContain('lead')
    const others = [...(await partsOf([]))].filter(part => part !== 'lead')
    expect(await partsOf(['lead'])).toEqual(new Set(others))
    const { ignored } = await index.search('what is a page table', { without: ['query words'] })
    expect(ignored).toEqual([])
  })
})

test('a query that is mostly phrases keeps the order of stage 1', async () => {
  await withIndex(MANUAL, async index => {
    const refinedIn = async (query: string) =>
      (await index.search(query, { explain: true })).hits.some(({ refinement }) => refinement!.length > 0)
    expect(await refinedIn('"page table" processor bread')).toBe(true)
    expect(await refinedIn('"page table" "the processor" "has entries" table')).toBe(false)
  })
})

test('a ranking alone is the order of the search', async () => {
  await withIndex(MANUAL, async index => {
    for (const group of [undefined, 'document'] as const) {
      for (const offset of [0, 2]) {
        const { hits } = await index.search('page table locks', { group, offset, limit: 3 })
        const places = await index.ranking('page table locks', { group, offset, limit: 3 })
        expect(places).toEqual(
          hits.map(({ path, score, startLine, endLine }) =>
            group ? { path, score } : { path, score, lines: [startLine, endLine] },
          ),
        )
      }
    }
  })
})

test('of a few keywords, what has all comes before what lacks one, on every page', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_, number) => [
      `r${number}.txt`,
      `seqlock seqlock seqlock ${number} words here`,
    ]),
  )
  const long = `A seqlock may be read while ${'other things are written elsewhere and '.repeat(9)} in the kernel.`
  await withIndex({ ...files, 'z.txt': long }, async index => {
    const { hits } = await index.search('seqlock kernel', { limit: 50 })
    expect(hits.map(({ matched }) => matched.length)).toEqual([2, ...Array(40).fill(1)])
    const second = await index.search('seqlock kernel', { limit: 10, offset: 10 })
    expect(second.hits.map(({ path }) => path)).toEqual(hits.slice(10, 20).map(({ path }) => path))
  })
})

test('what has all keywords is not lost among a thousand passages that score higher', async () => {
  const one = Array.from(
    { length: 600 },
    (_, number) => `${'alpha '.repeat(4)}w${number}.\n\n${'beta '.repeat(4)}v${number}.`,
  )
  const both = `alpha ${Array.from({ length: 150 }, (_, number) => `z${number}`).join(' ')} beta.`
  await withIndex({ 'a.txt': [...one, both].join('\n\n') }, async index => {
    const { hits, total } = await index.search('alpha beta', { limit: 3 })
    expect(total).toBe(1200)
    expect(hits[0]).toMatchObject({ line: 2401, matched: ['alpha', 'beta'] })
    const free = await index.search('alpha beta', { limit: 3, without: ['every word'] })
    expect(free.hits[0]!.line).toBeLessThan(2401)
  })
})
