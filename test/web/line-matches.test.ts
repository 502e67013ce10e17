import { expect, test } from 'vitest'
import type { Hit } from '../../src/search/result.ts'
import { linesOf, matchesByLine } from '../../src/web/line-matches.ts'

function hit(excerpt: string, highlights: [number, number][], line: number, column: number): Hit {
  return { excerpt, highlights, line, column } as unknown as Hit
}

test('a match stands in the line and column the hit gives, and others where the text puts them', () => {
  // The passage begins at line 7, column 11; its first match is on line 8.
  const text = 'one two\nthree four\r\nfive three'
  const matches = matchesByLine([
    hit(
      text,
      [
        [8, 13],
        [25, 30],
      ],
      8,
      1,
    ),
  ])
  expect([...matches]).toEqual([
    [8, [[0, 5]]],
    [9, [[5, 10]]],
  ])
  expect([...matchesByLine([hit('one two', [[4, 7]], 7, 15)])]).toEqual([[7, [[14, 17]]]])
})

test('a match that goes over the end of a line is one in each', () => {
  expect([...matchesByLine([hit('page\ntable lock', [[0, 10]], 3, 1)])]).toEqual([
    [3, [[0, 4]]],
    [4, [[0, 5]]],
  ])
})

test('lines end as any system ends them, and the last end begins no line', () => {
  expect(linesOf({ text: 'a\r\nb\rc\n' })).toEqual(['a', 'b', 'c'])
  expect(linesOf({ text: '' })).toEqual([''])
})
