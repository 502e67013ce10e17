import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expandFuzzy } from '../../src/search/fuzzy.ts'
import { contents, term } from './term-arbitrary.ts'
import { union, withDictionaries } from './with-dictionaries.ts'

/** Optimal string alignment, from its definition. */
function distanceOf(from: readonly string[], to: readonly string[]): number {
  const known = new Map<number, number>()
  const distance = (i: number, j: number): number => {
    if (i === 0 || j === 0) return i + j
    const place = i * 1000 + j
    const before = known.get(place)
    if (before !== undefined) return before
    const ways = [distance(i - 1, j) + 1, distance(i, j - 1) + 1]
    ways.push(distance(i - 1, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1))
    if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
      ways.push(distance(i - 2, j - 2) + 1)
    }
    known.set(place, Math.min(...ways))
    return Math.min(...ways)
  }
  return distance(from.length, to.length)
}

test('the terms within a distance are those a naive count of edits finds, with their distances', async () => {
  await fc.assert(
    fc.asyncProperty(contents, fc.array(term, { minLength: 1, maxLength: 8 }), async (lists, words) => {
      await withDictionaries(lists, async dictionaries => {
        for (const word of words) {
          for (const limit of [0, 1, 2, 3]) {
            const naive = union(lists)
              .map(other => ({ term: other, distance: distanceOf([...word], [...other]) }))
              .filter(({ distance }) => distance <= limit)
            expect(await expandFuzzy(dictionaries, word, limit)).toEqual(naive)
          }
        }
      })
    }),
    { numRuns: 40 },
  )
})

test('accents, swapped neighbours and the first letter each cost one edit', async () => {
  await withDictionaries([['cafe', 'café', 'acfe', 'safe', 'caffé', 'fcae']], async dictionaries => {
    expect(await expandFuzzy(dictionaries, 'cafe', 1)).toEqual([
      { term: 'acfe', distance: 1 },
      { term: 'cafe', distance: 0 },
      { term: 'café', distance: 1 },
      { term: 'safe', distance: 1 },
    ])
  })
})

test('words longer than any term, and terms longer than the word, are no trouble', async () => {
  const long = 'x'.repeat(300)
  await withDictionaries([['x', long, `${long}yz`]], async dictionaries => {
    expect(await expandFuzzy(dictionaries, long, 2)).toEqual([
      { term: long, distance: 0 },
      { term: `${long}yz`, distance: 2 },
    ])
    expect(await expandFuzzy(dictionaries, '', 1)).toEqual([{ term: 'x', distance: 1 }])
  })
})
