/**
 * Where in the rows of a run to look for a term: of one head in every few thousand bytes, its term and its place. The
 * rows of all runs together are several times the text; what is known of them in memory is a thousandth of that.
 */
import { GrowingInts } from './growing.ts'
import { HEAD, setTerm, sizeAt, termAt } from './posting-run.ts'

/** Numbers in the rows between two marks, at least. */
const STRIDE = 1024

export interface RunMarks {
  /** A term of the run for each mark, the first for the first. */
  readonly marked: Int32Array
  /** Where in the rows its head is. */
  readonly offsets: Int32Array
  /** How many numbers the rows are. */
  readonly length: number
}

/**
 * Gives the terms of some rows other numbers, in place, and marks them. `tell` hears of each term, by its new number, how
 * many numbers of the rows it has.
 */
export function renumber(
  rows: Uint16Array,
  numberOf: (term: number) => number,
  tell: (term: number, size: number) => void,
): RunMarks {
  const marked = new GrowingInts()
  const offsets = new GrowingInts()
  let next = 0
  for (let at = 0; at < rows.length; ) {
    const term = numberOf(termAt(rows, at))
    const size = HEAD + sizeAt(rows, at)
    setTerm(rows, at, term)
    tell(term, size)
    if (at >= next) {
      marked.push(term)
      offsets.push(at)
      next = at + STRIDE
    }
    at += size
  }
  return { marked: marked.taken(), offsets: offsets.taken(), length: rows.length }
}
