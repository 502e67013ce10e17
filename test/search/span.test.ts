import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Pattern, TermGroup } from '../../src/search/leaf.ts'
import { spansOf } from '../../src/search/span.ts'

const group = (...terms: string[]): TermGroup => new Map(terms.map(term => [term, 1]))
const word = (term: string): Pattern => ({ kind: 'word', group: group(term) })
const phrase = (words: string, slop = 0): Pattern => ({
  kind: 'phrase',
  groups: words.split(' ').map(term => group(term)),
  slop,
})
const near = (distance: number, ...parts: Pattern[]): Pattern => ({ kind: 'near', parts, distance })

/** Spans of a pattern in words parted by spaces. */
function spans(pattern: Pattern, text: string): number[][] {
  const words = text.split(' ')
  const placesOf = (terms: TermGroup) => words.flatMap((each, place) => (terms.has(each) ? [place] : []))
  return spansOf(pattern, placesOf).map(span => [...span])
}

describe('a phrase', () => {
  test('is its words side by side, as often as they stand so', () => {
    expect(spans(phrase('page table'), 'page table of a page and table page table')).toEqual([
      [0, 1],
      [7, 8],
    ])
    expect(spans(phrase('the the'), 'the the the')).toEqual([
      [0, 1],
      [1, 2],
    ])
  })

  test('may have as many words among its own as its slop allows, in order', () => {
    expect(spans(phrase('page lock', 2), 'page x y lock')).toEqual([[0, 3]])
    expect(spans(phrase('page lock', 1), 'page x y lock')).toEqual([])
    expect(spans(phrase('page lock', 2), 'lock page')).toEqual([])
    expect(spans(phrase('page lock', 3), 'page page x lock')).toEqual([[1, 3]])
  })
})

describe('near', () => {
  test('takes its parts in any order, with so many words between at the most', () => {
    expect(spans(near(2, word('a'), word('b')), 'a x x b')).toEqual([[0, 3]])
    expect(spans(near(2, word('b'), word('a')), 'a x x b')).toEqual([[0, 3]])
    expect(spans(near(1, word('a'), word('b')), 'a x x b')).toEqual([])
  })

  test('needs a word twice where it is asked for twice', () => {
    expect(spans(near(5, word('a'), word('a')), 'a x')).toEqual([])
    expect(spans(near(5, word('a'), word('a')), 'a x a')).toEqual([[0, 2]])
  })

  test('joins phrases, and more than two parts', () => {
    expect(spans(near(1, phrase('page table'), word('lock')), 'lock x page table')).toEqual([[0, 2, 3]])
    expect(spans(near(0, word('a'), word('b'), word('c')), 'c a b')).toEqual([[0, 1, 2]])
  })
})

test('a phrase with slop stands exactly where a naive search finds it', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', 'x'), { maxLength: 14 })
  const wanted = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(text, wanted, fc.nat({ max: 4 }), (words, terms, slop) => {
      /** Whether the terms stand in order from `from` on, the last no later than the slop allows. */
      const fits = (from: number): boolean => {
        const search = (term: number, at: number): boolean =>
          term === terms.length ||
          words.some(
            (each, place) =>
              each === terms[term] &&
              place > at &&
              place - from + 1 - terms.length <= slop &&
              search(term + 1, place),
          )
        return words[from] === terms[0] && search(1, from)
      }
      const found = spans(phrase(terms.join(' '), slop), words.join(' '))
      expect(found.length > 0).toBe(words.some((_, place) => fits(place)))
      for (const span of found) expect(span.map(place => words[place])).toEqual(terms)
    }),
  )
})
