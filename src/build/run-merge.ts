/** Goes through the postings of several runs term by term: those of a term as though all runs were one. */
import type { EncodedList } from '../segment/encoded-list.ts'
import { PostingEncoder } from '../segment/posting-encoder.ts'
import { GrowingInts } from './growing.ts'
import { ListPacker, type PackedLists } from './packed-lists.ts'
import { type PlacedTerms, PlaceLookup } from './placed-terms.ts'
import { HEAD, PostingReader, sizeAt, termAt } from './posting-run.ts'
import { type RunMarks, spanOf } from './run-marks.ts'
import { rowsOf, type StoredRows } from './run-store.ts'

/** A run in its segment. What is marked are places among all terms. */
export interface PlacedRun extends RunMarks {
  readonly rows: StoredRows
  /** Which of the tables its terms are numbered by. */
  readonly table: number
  /** Number of its first chunk in the segment. */
  readonly firstChunk: number
}

/** The runs of a segment, ascending by chunk. */
export interface RunSet {
  readonly runs: readonly PlacedRun[]
  /** The tables by which their terms are numbered. */
  readonly tables: readonly PlacedTerms[]
  /** The length code of each chunk of the segment. */
  readonly lengths: Uint8Array
}

/** The terms whose places are at least `from` and below `to`. */
export interface TermRange {
  readonly from: number
  readonly to: number
}

/** Encodes lists, one range of terms after the other in the same memory. */
export class RangeEncoder {
  readonly #set: RunSet
  readonly #postings: RangePostings
  readonly #encoder = new PostingEncoder()
  readonly #packer = new ListPacker()

  constructor(set: RunSet) {
    this.#set = set
    this.#postings = new RangePostings(set)
  }

  /** Throws `io` where rows lie in a file that cannot be read. */
  encode(range: TermRange): PackedLists {
    this.#postings.begin(range)
    for (let place = range.from; place < range.to; place++) this.#packer.add(this.#listOf(place))
    return this.#packer.take()
  }

  /** The list of the term at a place in the range. */
  #listOf(place: number): EncodedList {
    const postings = this.#postings
    for (let entry = postings.firstOf(place); entry < postings.firstOf(place + 1); entry++)
      addPostings(postings.readerOf(entry), this.#set.lengths, this.#encoder)
    return this.#encoder.finish()
  }
}

/** Encodes what a reader reads. */
function addPostings(reader: PostingReader, lengths: Uint8Array, encoder: PostingEncoder): void {
  while (reader.advance()) {
    const { chunk, text, heading, title, rows, positions } = reader
    encoder.add(chunk, lengths[chunk]!, text, heading, title, rows, positions)
  }
}

/** Numbers that are noted of a run that has a term. */
const STRIDE = 3

/** The postings of a range of terms in all runs. */
class RangePostings {
  readonly #set: RunSet
  #range: TermRange = { from: 0, to: 0 }
  /** Of each run the rows from the last mark before the range to the first behind it. */
  readonly #pieces: Uint16Array[] = []
  #memory = new Uint16Array(0)
  /** For each table the runs whose terms it numbers. */
  readonly #runsOf: readonly number[][]
  readonly #lookup = new PlaceLookup()
  /** For each run that has a term of the range: the term's place, the run, where in the piece its head is. */
  readonly #found = new GrowingInts()
  /** From where to where in these those of each run are: they come table by table. */
  readonly #spans: [from: number, to: number][] = []
  /** By term, where its entries begin, and these: where in the above they are. */
  #starts = new Int32Array(0)
  readonly #entries = new GrowingInts()
  readonly #reader = new PostingReader()

  constructor(set: RunSet) {
    this.#set = set
    this.#runsOf = set.tables.map(() => [])
    for (const [which, { table }] of set.runs.entries()) this.#runsOf[table]!.push(which)
  }

  /** Goes to a range. Throws `io` where rows lie in a file that cannot be read. */
  begin(range: TermRange): void {
    this.#range = range
    this.#found.length = this.#entries.length = this.#pieces.length = 0
    this.#makeRoom()
    let used = 0
    for (const [table, terms] of this.#set.tables.entries()) {
      const places = this.#lookup.placesOf(terms, range.from, range.to)
      for (const which of this.#runsOf[table]!) {
        const piece = pieceOf(this.#set.runs[which]!, range, this.#memory.subarray(used))
        const before = this.#found.length
        this.#find(piece, which, places)
        this.#spans[which] = [before, this.#found.length]
        if (this.#isSingle) continue
        this.#pieces[which] = piece
        used += piece.length
      }
    }
    this.#sort()
  }

  /** The first of the entries of the term at a place, in order of chunk; it has those up to the first of the next. */
  firstOf(place: number): number {
    return this.#starts[place - this.#range.from]!
  }

  /** Reads the postings of an entry, until the next is asked for. */
  readerOf(entry: number): PostingReader {
    const found = this.#found.values
    const at = this.#entries.values[entry]!
    const which = found[at + 1]!
    const run = this.#set.runs[which]!
    const rows = this.#isSingle ? pieceOf(run, this.#range, this.#memory) : this.#pieces[which]!
    const start = found[at + 2]! + HEAD
    this.#reader.begin(rows, start, start + sizeAt(rows, start - HEAD), run.firstChunk)
    return this.#reader
  }

  /** Of one term alone there may be more than should be in memory at a time: it is read run by run. */
  get #isSingle(): boolean {
    return this.#range.to - this.#range.from === 1
  }

  #makeRoom(): void {
    const sizes = this.#set.runs.map(run => {
      const [start, end] = spanOf(run, this.#range.from, this.#range.to)
      return end - start
    })
    const needed = sizes.reduce((sum, size) => (this.#isSingle ? Math.max(sum, size) : sum + size), 0)
    // With some to spare: the next range needs a little more or less.
    if (needed > this.#memory.length) this.#memory = new Uint16Array(needed + (needed >> 2))
  }

  #find(piece: Uint16Array, which: number, places: Int32Array): void {
    for (let at = 0; at < piece.length; at += HEAD + sizeAt(piece, at)) {
      const place = places[termAt(piece, at)]!
      if (place < 0) continue
      this.#found.push(place)
      this.#found.push(which)
      this.#found.push(at)
    }
  }

  /** A counting sort by term, which keeps the order of the runs. */
  #sort(): void {
    const { from, to } = this.#range
    const { values, length } = this.#found
    this.#starts = startsOf(values, length, from, to)
    const next = this.#starts.slice()
    for (let at = 0; at < length; at += STRIDE) this.#entries.push(0)
    const entries = this.#entries.values
    for (const [start, end] of this.#spans)
      for (let at = start; at < end; at += STRIDE) entries[next[values[at]! - from]!++] = at
  }
}

/** Where the entries of each term of a range begin, once they are sorted; and behind the last term, where they end. */
function startsOf(found: Int32Array, length: number, from: number, to: number): Int32Array<ArrayBuffer> {
  const starts = new Int32Array(to - from + 1)
  for (let at = 0; at < length; at += STRIDE) starts[found[at]! - from + 1]!++
  for (let term = 0; term < to - from; term++) starts[term + 1]! += starts[term]!
  return starts
}

/** The rows of a run that have all its terms of a range, and a few around them; read into some memory from a file. */
function pieceOf(run: PlacedRun, range: TermRange, memory: Uint16Array): Uint16Array {
  const [start, end] = spanOf(run, range.from, range.to)
  return rowsOf(run.rows, start, end, memory)
}
