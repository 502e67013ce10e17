import { expect, test } from 'vitest'
import { HEAD, setSize, setTerm } from '../../src/build/posting-run.ts'
import { marksOf, spanOf } from '../../src/build/run-marks.ts'

/** Rows of terms that take so many numbers each, and where each begins. */
function rowsOf(sizes: ReadonlyMap<number, number>) {
  const starts = new Map<number, number>()
  let length = 0
  for (const [term, size] of sizes) {
    starts.set(term, length)
    length += HEAD + size
  }
  const rows = new Uint16Array(length)
  for (const [term, size] of sizes) {
    setTerm(rows, starts.get(term)!, term)
    setSize(rows, starts.get(term)!, size)
  }
  return { rows, starts, length }
}

test('a span has all terms of a range, little around them, and nothing of a large one beside it', () => {
  const sizes = new Map(Array.from({ length: 900 }, (_, at) => [3 * at, 5 + ((at * 37) % 90)] as const))
  const large = [600, 603, 1500]
  for (const term of large) sizes.set(term, 50_000)
  const { rows, starts, length } = rowsOf(sizes)
  const marks = marksOf(rows)
  for (let from = 0; from < 2700; from += 7)
    for (const to of [from + 1, from + 2, from + 60]) {
      const within = [...sizes].filter(([term]) => term >= from && term < to)
      const [start, end] = spanOf(marks, from, to)
      for (const [term, size] of within) {
        expect(start).toBeLessThanOrEqual(starts.get(term)!)
        expect(end).toBeGreaterThanOrEqual(starts.get(term)! + HEAD + size)
      }
      const own = within.reduce((sum, [, size]) => sum + HEAD + size, 0)
      expect(Math.min(end, length) - start - own).toBeLessThanOrEqual(2 * 1024)
    }
})
