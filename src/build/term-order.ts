/**
 * The order of terms: a merge sort of their numbers, as fast as that of typed arrays, which takes five times the memory.
 */
import type { TermTable } from './term-table.ts'

/** The numbers of the terms of a table, from one on, in ascending order of the terms. */
export function termOrder({ length, compare }: TermTable, from = 0): Int32Array {
  const order = new Int32Array(length - from)
  for (let at = 0; at < order.length; at++) order[at] = from + at
  sort(order.slice(), order, 0, order.length, compare)
  return order
}

/** Sorts the numbers between two places, which both arrays hold there: then they stand in the second. */
function sort(
  other: Int32Array,
  into: Int32Array,
  start: number,
  end: number,
  compare: (a: number, b: number) => number,
): void {
  if (end - start < 2) return
  const middle = (start + end) >> 1
  sort(into, other, start, middle, compare)
  sort(into, other, middle, end, compare)
  let [a, b] = [start, middle]
  for (let at = start; at < end; at++) {
    const takesFirst = b === end || (a < middle && compare(other[a]!, other[b]!) <= 0)
    into[at] = takesFirst ? other[a++]! : other[b++]!
  }
}
