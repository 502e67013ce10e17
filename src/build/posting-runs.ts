/**
 * The runs of a segment in the making: takes them as they come, with terms numbered as each reader numbers them, and gives
 * the postings of the whole segment by term. Encoding is most of the work, and is done by whoever does the build's tasks.
 */
import { ByteWriter } from '../segment/bytes.ts'
import type { KeptRun } from './batch.ts'
import { GrowingInts } from './growing.ts'
import { type PackedLists, unpackLists } from './packed-lists.ts'
import { memoryOf } from './posting-run.ts'
import { ReaderTerms } from './reader-terms.ts'
import { release } from './release.ts'
import type { PlacedRun, RunSet, TermRange } from './run-merge.ts'
import type { ListTaker, PostingSource } from './segment-writer.ts'
import type { PackedTerms, TermList } from './term-table.ts'
import type { Turns } from './turns.ts'

/**
 * Numbers in the rows that are encoded in one go: enough that asking for it costs nothing beside; and for each run, so
 * that of the rows that are read around a range there are no more than of its own.
 */
const RANGE_ROWS = 1 << 19
const RUN_ROWS = 1024

/**
 * Such numbers in what is asked for ahead of what is waited for, so that whoever encodes has enough to do meanwhile; and
 * ranges, where these are larger.
 */
const AHEAD_ROWS = 12 * RANGE_ROWS
const AHEAD_AT_LEAST = 3

/** A range, and about how many numbers of the rows it has. */
interface SizedRange extends TermRange {
  readonly rows: number
}

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
  readonly #terms: ReaderTerms
  /** About how many numbers of the rows each term has; none any more once the terms are divided. */
  #sizes = new GrowingInts()
  readonly #runs: PlacedRun[] = []
  /** The length code of each chunk; none any more once they are placed. */
  #lengths = new ByteWriter()
  /** Numbers of the terms, ascending. */
  #ascending: Int32Array | undefined
  /** What is to be encoded, the next last, and what was asked for and is yet to be given. */
  #ranges: SizedRange[] = []
  readonly #asked: { readonly rows: number; readonly lists: Promise<PackedLists> }[] = []
  #askedRows = 0

  constructor(encoder: ListEncoder, turns: Turns) {
    this.#encoder = encoder
    this.#turns = turns
    this.#terms = new ReaderTerms(encoder.shares)
  }

  /** Takes the next run. `terms` are those that its reader had not told before. */
  add(reader: number, terms: PackedTerms, { lengths, ...run }: KeptRun): void {
    const { table, numbers } = this.#terms.learn(reader, terms)
    while (this.#sizes.length < this.#terms.all.length) this.#sizes.push(0)
    const marked = run.marked.map(term => numbers.values[term]!)
    for (const [mark, term] of marked.entries())
      this.#sizes.values[term]! += run.offsets[mark + 1]! - run.offsets[mark]!
    this.#runs.push({ ...run, marked, table, firstChunk: this.#lengths.length })
    this.#lengths.raw(lengths)
  }

  /** All terms, ascending. */
  terms(): TermList {
    const { all } = this.#terms
    const ascending = this.#inOrder()
    return { length: ascending.length, at: place => all.at(ascending[place]!) }
  }

  /** See {@link PostingSource}. */
  begin(): void {
    this.#encoder.place(this.#place())
    this.#ranges = this.#divided().reverse()
    this.#askAhead()
  }

  /** See {@link PostingSource}. */
  async eachList(take: ListTaker): Promise<void> {
    let place = 0
    for (let first = this.#asked.shift(); first; first = this.#asked.shift()) {
      const lists = await first.lists
      this.#askedRows -= first.rows
      this.#askAhead()
      for (const list of unpackLists(lists)) take(place++, list)
      release(lists.pieces)
      await this.#turns.take()
    }
  }

  #askAhead(): void {
    for (;;) {
      const next = this.#ranges.at(-1)
      const isMuch = next && this.#askedRows + next.rows > AHEAD_ROWS
      if (!next || (isMuch && this.#asked.length >= AHEAD_AT_LEAST)) return
      this.#ranges.pop()
      this.#asked.push({ rows: next.rows, lists: this.#encoder.encode(next) })
      this.#askedRows += next.rows
    }
  }

  #inOrder(): Int32Array {
    this.#ascending ??= this.#terms.all.ascending(0)
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
    this.#lengths = new ByteWriter(0)
    for (const { marked } of this.#runs)
      for (const [mark, term] of marked.entries()) marked[mark] = order[term]!
    return { runs: this.#runs, places: this.#terms.placed(order), lengths }
  }

  /** Divides the terms into ranges with about as many rows each. */
  #divided(): SizedRange[] {
    const ascending = this.#inOrder()
    const most = Math.max(RANGE_ROWS, this.#runs.length * RUN_ROWS)
    const ranges: SizedRange[] = []
    let from = 0
    let rows = 0
    const close = (to: number): void => {
      if (to > from) ranges.push({ from, to, rows })
      from = to
      rows = 0
    }
    for (let place = 0; place < ascending.length; place++) {
      const size = this.#sizes.values[ascending[place]!]!
      // One that is so much by itself stands alone: it is read bit by bit.
      if (size > most) close(place)
      rows += size
      if (rows >= most) close(place + 1)
    }
    close(ascending.length)
    this.#sizes = new GrowingInts()
    return ranges
  }
}
