/**
 * Where in the rows of a run to look for a term: of one head in every few thousand bytes, its term and its place. The
 * rows of all runs together are several times the text; what is known of them in memory is a thousandth of that.
 */
import { GrowingInts } from './growing.ts'
import { HEAD, sizeAt, termAt } from './posting-run.ts'

/** Numbers in the rows between two marks, at most, but for a term that has more by itself: that has a mark of its own. */
const STRIDE = 1024

export interface RunMarks {
  /** A term of the run for each mark, the first for the first. */
  readonly marked: Int32Array
  /** Where in the rows its head is; one more than there are marks, for the end. */
  readonly offsets: Int32Array
}

/** The marks of some rows. */
export function marksOf(rows: Uint16Array): RunMarks {
  const marked = new GrowingInts()
  const offsets = new GrowingInts()
  let last = Number.NEGATIVE_INFINITY
  for (let at = 0, next = 0; at < rows.length; at = next) {
    next = at + HEAD + sizeAt(rows, at)
    if (next - last <= STRIDE) continue
    marked.push(termAt(rows, at))
    offsets.push(at)
    last = at
  }
  offsets.push(rows.length)
  return { marked: marked.taken(), offsets: offsets.taken() }
}
