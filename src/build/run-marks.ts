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

/**
 * From where to where in the rows all terms of a run are that are not below `from` and below `to`, by what they are marked
 * with, and a few around them.
 */
export function spanOf({ marked, offsets }: RunMarks, from: number, to: number): [number, number] {
  let first = Math.max(0, firstNotBelow(marked, from + 1) - 1)
  // A term that takes more than a stride has it to itself; one before the range may be as much as all of the range.
  if (marked[first]! < from && offsets[first + 1]! - offsets[first]! > STRIDE) first++
  return [offsets[first]!, offsets[firstNotBelow(marked, to)]!]
}

/** The place of the first number that is not below `number`. */
function firstNotBelow(numbers: Int32Array, number: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (numbers[middle]! < number) low = middle + 1
    else high = middle
  }
  return low
}
