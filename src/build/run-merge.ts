/** Goes through the postings of several runs term by term: those of a term as though all runs were one. */
import { PostingEncoder } from '../segment/posting-encoder.ts'
import { ListPacker, type PackedLists } from './packed-lists.ts'
import { PostingReader } from './posting-run.ts'
import { rowsOf, type StoredRows } from './run-store.ts'

/** A run in its segment; see {@link PostingRun}. */
export interface PlacedRun {
  /** For each of its terms, ascending, the number it has among all terms of the segment. */
  readonly numbers: Int32Array
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
export function encodeLists({ runs, lengths }: RunSet, range: TermRange): PackedLists {
  const packer = new ListPacker()
  const encoder = new PostingEncoder()
  const postings = new RangePostings(runs, range)
  for (let number = range.from; number < range.to; number++) {
    postings.forEach(number, (reader, rows) => {
      const { chunk, text, heading, title, positions } = reader
      encoder.add(chunk, lengths[chunk]!, text, heading, title, rows, positions)
    })
    packer.add(encoder.finish())
  }
  return packer.finish()
}

/** The postings of a range of terms in all runs. */
export class RangePostings {
  readonly #runs: readonly PlacedRun[]
  readonly #from: number
  /** The rows of the range in each run, and where in its rows they begin. */
  readonly #rows: Uint16Array[] = []
  readonly #bases: number[] = []
  /** By term, where its entries begin: an entry is a run that has the term, and the term's place in it. */
  readonly #entries: Int32Array
  readonly #entryRun: Int32Array
  readonly #entryPlace: Int32Array
  readonly #reader = new PostingReader()

  /** Throws `io` where rows lie in a file that cannot be read. */
  constructor(runs: readonly PlacedRun[], { from, to }: TermRange) {
    this.#runs = runs
    this.#from = from
    this.#entries = new Int32Array(to - from + 1)
    const spans = runs.map(({ numbers }) => [placeOf(numbers, from), placeOf(numbers, to)] as const)
    for (const [which, [first, last]] of spans.entries()) {
      const { numbers, starts, rows } = runs[which]!
      for (let place = first; place < last; place++) this.#entries[numbers[place]! - from + 1]!++
      this.#bases.push(starts[first]!)
      this.#rows.push(rowsOf(rows, starts[first]!, starts[last]!))
    }
    for (let term = 0; term < to - from; term++) this.#entries[term + 1]! += this.#entries[term]!
    const next = this.#entries.slice()
    this.#entryRun = new Int32Array(next.at(-1)!)
    this.#entryPlace = new Int32Array(next.at(-1)!)
    for (const [which, [first, last]] of spans.entries()) {
      const { numbers } = runs[which]!
      for (let place = first; place < last; place++) {
        const entry = next[numbers[place]! - from]!++
        this.#entryRun[entry] = which
        this.#entryPlace[entry] = place
      }
    }
  }

  /** Visits the postings of a term in order of chunk. */
  forEach(number: number, visit: (posting: PostingReader, rows: Uint16Array) => void): void {
    const reader = this.#reader
    const end = this.#entries[number - this.#from + 1]!
    for (let entry = this.#entries[number - this.#from]!; entry < end; entry++) {
      const which = this.#entryRun[entry]!
      const place = this.#entryPlace[entry]!
      const { starts, firstChunk } = this.#runs[which]!
      const rows = this.#rows[which]!
      const base = this.#bases[which]!
      reader.begin(rows, starts[place]! - base, starts[place + 1]! - base, firstChunk)
      while (reader.advance()) visit(reader, rows)
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
