/**
 * The runs of a segment in the making: takes them as they come, with terms numbered as each reader numbers them, and gives
 * the postings of the whole segment by term. Encoding is most of the work, and is done by whoever does the build's tasks.
 */
import { ByteWriter } from '../segment/bytes.ts'
import type { KeptRun } from './batch.ts'
import { GrowingInts } from './growing.ts'
import { type PackedLists, unpackLists } from './packed-lists.ts'
import { memoryOf } from './posting-run.ts'
import type { PlacedRun, RunSet, TermRange } from './run-merge.ts'
import type { ListTaker, PostingSource } from './segment-writer.ts'
import { type PackedTerms, type TermList, TermTable } from './term-table.ts'
import type { Turns } from './turns.ts'

/**
 * Numbers in the rows that are encoded in one go: enough that asking for it costs nothing beside; and for each run, so
 * that of the rows that are read around a range there are no more than of its own.
 */
const RANGE_ROWS = 1 << 19
const RUN_ROWS = 1024

/**
 * Ranges of that size that are asked for ahead of the one that is waited for, so that whoever encodes has enough to do
 * meanwhile; fewer of larger ones.
 */
const AHEAD = 12
const AHEAD_AT_LEAST = 3

/** Encodes the lists of some terms of some runs. */
export interface ListEncoder {
  /** Whether other threads are to see what is placed. */
  readonly shares: boolean
  place(runs: RunSet): void
  encode(range: TermRange): Promise<PackedLists>
}

export class PostingRuns implements PostingSource {
  readonly #encoder: ListEncoder
  readonly #turns: Turns
  /** Every term, by the number it got when it was first met, and about how many numbers of the rows it has. */
  readonly #table = new TermTable()
  readonly #sizes = new GrowingInts()
  /** What readers number their terms by: for each number of theirs ours. Those in use now, by reader. */
  readonly #readerTables: GrowingInts[] = []
  readonly #tableOf = new Map<number, number>()
  readonly #runs: PlacedRun[] = []
  readonly #lengths = new ByteWriter()
  /** Numbers of the terms, ascending. */
  #ascending: Int32Array | undefined
  /** What is to be encoded, and what was asked for and is yet to be given. */
  #ranges: TermRange[] = []
  #asked: Promise<PackedLists>[] = []

  constructor(encoder: ListEncoder, turns: Turns) {
    this.#encoder = encoder
    this.#turns = turns
  }

  /** Takes the next run. `terms` are those that its reader had not told before. */
  add(reader: number, terms: PackedTerms, { lengths, ...run }: KeptRun): void {
    const table = this.#learn(reader, terms)
    const { values } = this.#readerTables[table]!
    const marked = run.marked.map(term => values[term]!)
    for (const [mark, term] of marked.entries())
      this.#sizes.values[term]! += run.offsets[mark + 1]! - run.offsets[mark]!
    this.#runs.push({ ...run, marked, table, firstChunk: this.#lengths.length })
    this.#lengths.raw(lengths)
  }

  /** All terms, ascending. */
  terms(): TermList {
    const table = this.#table
    const ascending = this.#inOrder()
    return { length: ascending.length, at: place => table.at(ascending[place]!) }
  }

  /** See {@link PostingSource}. */
  begin(): void {
    this.#encoder.place(this.#place())
    this.#ranges = this.#divided()
    this.#asked = this.#ranges.splice(0, this.#ahead).map(range => this.#encoder.encode(range))
  }

  /** See {@link PostingSource}. */
  async eachList(take: ListTaker): Promise<void> {
    let place = 0
    for (let first = this.#asked.shift(); first; first = this.#asked.shift()) {
      const lists = await first
      const next = this.#ranges.shift()
      if (next) this.#asked.push(this.#encoder.encode(next))
      for (const { list, chunks } of unpackLists(lists)) take(place++, list, chunks)
      await this.#turns.take()
    }
  }

  /** Which table a reader's terms are in, with what it tells now. */
  #learn(reader: number, { from, units, ends }: PackedTerms): number {
    // It has begun anew.
    if (from === 0) this.#tableOf.set(reader, this.#readerTables.push(new GrowingInts()) - 1)
    const place = this.#tableOf.get(reader)!
    let start = 0
    for (const end of ends) {
      const number = this.#table.numberOfUnits(units, start, end)
      if (number === this.#sizes.length) this.#sizes.push(0)
      this.#readerTables[place]!.push(number)
      start = end
    }
    return place
  }

  #inOrder(): Int32Array {
    this.#ascending ??= this.#table.ascending(0)
    return this.#ascending
  }

  /** The runs as those who encode them have to know them. Their marks are ours no longer. */
  #place(): RunSet {
    const ascending = this.#inOrder()
    const { shares } = this.#encoder
    const order = new Int32Array(ascending.length)
    for (const [place, term] of ascending.entries()) order[term] = place
    const lengths = new Uint8Array(memoryOf(this.#lengths.length, shares))
    lengths.set(this.#lengths.view())
    const places = this.#readerTables.splice(0).map(table => {
      const placed = new Int32Array(memoryOf(4 * table.length, shares))
      for (let term = 0; term < table.length; term++) placed[term] = order[table.values[term]!]!
      return placed
    })
    for (const { marked } of this.#runs)
      for (const [mark, term] of marked.entries()) marked[mark] = order[term]!
    return { runs: this.#runs, places, lengths }
  }

  get #rangeRows(): number {
    return Math.max(RANGE_ROWS, this.#runs.length * RUN_ROWS)
  }

  get #ahead(): number {
    return Math.max(AHEAD_AT_LEAST, Math.floor((AHEAD * RANGE_ROWS) / this.#rangeRows))
  }

  /** Divides the terms into ranges with about as many rows each. */
  #divided(): TermRange[] {
    const ascending = this.#inOrder()
    const most = this.#rangeRows
    const ranges: TermRange[] = []
    let from = 0
    let sum = 0
    for (let to = 1; to <= ascending.length; to++) {
      const size = this.#sizes.values[ascending[to - 1]!]!
      // One that is so much by itself stands alone: it is read bit by bit.
      if (size > most && sum > 0) {
        ranges.push({ from, to: to - 1 })
        from = to - 1
        sum = 0
      }
      sum += size
      if (sum < most && to < ascending.length) continue
      ranges.push({ from, to })
      from = to
      sum = 0
    }
    return ranges
  }
}
