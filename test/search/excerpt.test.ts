import fc from 'fast-check'
import { expect, test } from 'vitest'
import { excerptOf } from '../../src/search/excerpt.ts'
import type { CountedLeaf } from '../../src/search/match.ts'
import { FIELD_WEIGHTS } from '../../src/search/score.ts'
import { tokenize } from '../../src/text/analyzer.ts'

/** A leaf for words side by side, worth `idf`. */
function leaf(words: string, idf = 1): CountedLeaf {
  const groups = words.split(' ').map(term => new Map([[term, 1]]))
  const pattern = { kind: 'phrase', groups, slop: 0 } as const
  return { leaf: { label: words, pattern, fieldWeights: FIELD_WEIGHTS, boost: 1 }, documentFrequency: 1, idf }
}

const lit = (text: string, leaves: CountedLeaf[], length?: number) =>
  excerptOf(text, leaves, length).highlights.map(([start, end]) => text.slice(start, end))

test('a short chunk is shown whole, with every match lit as it stands', () => {
  const text = 'The Page Table lock guards ﬁle tables.'
  expect(excerptOf(text, [leaf('page')])).toMatchObject({ start: 0, end: text.length })
  expect(lit(text, [leaf('page'), leaf('file'), leaf('table')])).toEqual(['Page', 'Table', 'ﬁle'])
})

test('words side by side are lit where they stand so, and not elsewhere', () => {
  expect(lit('a table of the page, and the page table', [leaf('page table')])).toEqual(['page table'])
})

test('in one long line the window goes where the rarest words stand together', () => {
  const filler = 'nothing to be seen here, only common water and more of it. '.repeat(20)
  const text = `${filler}Here the copper heron of Vadsund stands in water. ${filler}`
  const { start, end } = excerptOf(text, [leaf('water', 0.1), leaf('heron', 5), leaf('vadsund', 6)])
  expect(text.slice(start, end)).toMatch(/^Here the copper heron of Vadsund stands in water\./)
})

test('an excerpt is never longer than asked, never cuts a match, and its highlights lie within it', () => {
  const words = fc.array(fc.constantFrom('whale', 'ship', 'sea.', 'the', 'a', 'captain\n', '鯨', '😀', 'é'), {
    maxLength: 200,
  })
  fc.assert(
    fc.property(words, fc.integer({ min: 20, max: 200 }), (parts, length) => {
      const text = parts.join(' ')
      const excerpt = excerptOf(text, [leaf('whale', 3), leaf('captain', 1), leaf('鯨', 2)], length)
      expect(excerpt.end - excerpt.start).toBeLessThanOrEqual(Math.max(length, 0))
      for (const [start, end] of excerpt.highlights) {
        expect(start).toBeGreaterThanOrEqual(excerpt.start)
        expect(end).toBeLessThanOrEqual(excerpt.end)
        expect(['whale', 'captain', '鯨']).toContain(text.slice(start, end))
      }
    }),
  )
})

test('no other window of the length holds more idf of distinct words', () => {
  const leaves = [leaf('whale', 3), leaf('ship', 2), leaf('sea', 1.5), leaf('rope', 0.5)]
  const words = fc.array(fc.constantFrom('whale', 'ship', 'sea', 'rope', 'x', 'yy', 'zzz'), {
    minLength: 1,
    maxLength: 120,
  })
  const weightOf = (text: string) => {
    const terms = new Set(tokenize(text).map(({ term }) => term))
    return leaves.reduce((sum, { leaf: { label }, idf }) => sum + (terms.has(label) ? idf : 0), 0)
  }
  fc.assert(
    fc.property(words, fc.integer({ min: 10, max: 60 }), (parts, length) => {
      const text = parts.join(' ')
      const { start, end } = excerptOf(text, leaves, length)
      let best = 0
      const tokens = tokenize(text)
      for (const from of tokens) {
        const last = tokens.findLast(token => token.end - from.start <= length)
        if (last) best = Math.max(best, weightOf(text.slice(from.start, last.end)))
      }
      expect(weightOf(text.slice(start, end))).toBeGreaterThanOrEqual(best - 1e-9)
    }),
  )
})
