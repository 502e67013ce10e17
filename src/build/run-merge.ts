/** Goes through the postings of several runs term by term: those of a term as though all runs were one. */
import { PostingEncoder } from '../segment/posting-encoder.ts'
import { ListPacker, type PackedLists } from './packed-lists.ts'
import { PostingReader } from './posting-run.ts'
import { RowWindow, type StoredRows } from './run-store.ts'

/** A run in its segment; see {@link PostingRun}. */
export interface PlacedRun {
  /** For each of its terms, ascending, the number it has among all terms of the segment. */
  readonly numbers: Int32Array
  readonly counts: Int32Array
  readonly starts: Uint32Array
  readonly rows: StoredRows
  /** Number of its first chunk in the segment. */
  readonly firstChunk: number
}

/** Runs, ascending by chunk, and the length code of each chunk of the segment. */
export interface RunSet {
  readonly runs: readonly PlacedRun[]
  readonly lengths: Uint8Array
}

/** The terms whose numbers are at least `from` and below `to`. */
export interface TermRange {
  readonly from: number
  readonly to: number
}

/** Encodes the lists of some terms. */
export function encodeLists({ runs, lengths }: RunSet, { from, to }: TermRange): PackedLists {
  const packer = new ListPacker()
  const encoder = new PostingEncoder()
  const cursor = new TermCursor(runs, from)
  for (let number = from; number < to; number++) {
    cursor.forEach(number, (reader, rows) => {
      const { chunk, text, heading, title, positions } = reader
      encoder.add(chunk, lengths[chunk]!, text, heading, title, rows, positions)
    })
    packer.add(encoder.finish())
  }
  return packer.finish()
}

/** Goes through terms in order of their numbers. */
export class TermCursor {
  readonly #runs: readonly PlacedRun[]
  /** For each run, the place of its next term, and its rows. */
  readonly #places: number[]
  readonly #windows: RowWindow[]
  readonly #reader = new PostingReader()

  /** Begins before the term of a number. */
  constructor(runs: readonly PlacedRun[], number: number) {
    this.#runs = runs
    this.#places = runs.map(({ numbers }) => placeOf(numbers, number))
    this.#windows = runs.map(({ rows }) => new RowWindow(rows))
  }

  /** Visits the postings of a term in order of chunk. Terms are asked for in ascending order, and none is left out. */
  forEach(number: number, visit: (posting: PostingReader, rows: Uint16Array) => void): void {
    const reader = this.#reader
    const places = this.#places
    for (let which = 0; which < places.length; which++) {
      const { numbers, counts, starts, firstChunk } = this.#runs[which]!
      const place = places[which]!
      if (numbers[place] !== number) continue
      places[which] = place + 1
      const window = this.#windows[which]!
      const at = window.load(starts[place]!, starts[place + 1]!)
      reader.begin(window.rows, at, firstChunk)
      for (let left = counts[place]!; left > 0; left--) {
        reader.advance()
        visit(reader, window.rows)
      }
    }
  }
}

/** The place of the first number that is not below `number`. */
function placeOf(numbers: Int32Array, number: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (numbers[middle]! < number) low = middle + 1
    else high = middle
  }
  return low
}
