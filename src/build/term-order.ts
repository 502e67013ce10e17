/**
 * Puts terms in the order of their UTF-16 units. The engine sorts plain numbers many times faster than it calls back to
 * compare, so terms are sorted by a number made of their first characters; only among those that begin alike is compared.
 */

/** Terms by number, as far as they are sorted by. */
export interface ComparableTerms {
  /** A number of 32 bits, which is never above that of a term that comes later in the order. */
  beginning(number: number): number
  compare(one: number, other: number): number
}

/** Units that a beginning is made of, the bits of each, and what stands for a unit that takes more. */
const UNITS = 4
const BITS = 8
const OTHERS = 255

/** Terms that begin alike, up to which they are put in order by insertion. */
const FEW = 16

/** In which half of 64 bits the higher 32 are kept. */
const HIGH = new Uint8Array(Uint16Array.of(1).buffer)[0]!

/** The numbers of the terms from one number to another, in ascending order of the terms. */
export function ascendingTerms(terms: ComparableTerms, from: number, to: number): Int32Array {
  const keys = new BigUint64Array(to - from)
  const halves = new Uint32Array(keys.buffer)
  for (let term = from; term < to; term++) {
    const at = 2 * (term - from)
    halves[at + HIGH] = terms.beginning(term)
    halves[at + 1 - HIGH] = term
  }
  keys.sort()
  const order = new Int32Array(to - from)
  for (let at = 0; at < order.length; at++) order[at] = halves[2 * at + 1 - HIGH]!
  for (let start = 0, end = 1; end <= order.length; end++) {
    if (end < order.length && halves[2 * end + HIGH] === halves[2 * start + HIGH]) continue
    if (end - start > FEW) order.subarray(start, end).sort(terms.compare)
    else insertEach(order, start, end, terms.compare)
    start = end
  }
  return order
}

/** The beginning of the term whose units stand in an array from `start` to `end`; see {@link ComparableTerms}. */
export function beginningOf(units: Uint16Array, start: number, end: number): number {
  let beginning = 0
  for (let at = start; at < start + UNITS; at++) {
    const rank = at < end ? Math.min(units[at]! + 1, OTHERS) : 0
    beginning = (beginning << BITS) | rank
    // Many units share that rank: what follows one does not count.
    if (rank === OTHERS) return beginning << (BITS * (start + UNITS - 1 - at))
  }
  return beginning
}

function insertEach(
  order: Int32Array,
  start: number,
  end: number,
  compare: ComparableTerms['compare'],
): void {
  for (let at = start + 1; at < end; at++) {
    const term = order[at]!
    let to = at
    for (; to > start && compare(order[to - 1]!, term) > 0; to--) order[to] = order[to - 1]!
    order[to] = term
  }
}
