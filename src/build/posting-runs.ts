/**
 * The runs of a segment in the making: takes them as they come, with terms numbered as each reader numbers them, and gives
 * the postings of the whole segment by term. Encoding is most of the work, and is done by whoever does the build's tasks.
 */
import type { KeptRun } from './batch.ts'
import { type PackedLists, unpackLists } from './packed-lists.ts'
import { PlaceLookup } from './placed-terms.ts'
import { memoryOf } from './posting-run.ts'
import { ReaderTerms } from './reader-terms.ts'
import { release } from './release.ts'
import type { PlacedRun, RunSet, TermRange } from './run-merge.ts'
import { RunStore } from './run-store.ts'
import type { ListTaker, PostingSource } from './segment-writer.ts'
import { temporaryPath } from './temporary-file.ts'
import type { PackedTerms } from './term-table.ts'
import type { Turns } from './turns.ts'

/**
 * Numbers in the rows that are encoded in one go: enough that asking for it costs nothing beside; and for each run, so
 * that of the rows that are read around a range there are not many more than of its own.
 */
const RANGE_ROWS = 1 << 19
const RUN_ROWS = 512

/**
 * Such numbers in what is asked for ahead of what is waited for, so that whoever encodes has enough to do meanwhile; and
 * ranges, where these are larger.
 */
const AHEAD_ROWS = 12 * RANGE_ROWS
const AHEAD_AT_LEAST = 3

/** Bytes of terms that are kept in memory. */
const KEPT_TERMS = 1 << 20

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
  /** Where the terms wait. */
  readonly #store: RunStore
  readonly #runs: PlacedRun[] = []
  /** The length codes of the chunks of each run, none any more once they are placed; and how many there are. */
  #lengths: Uint8Array[] = []
  #chunks = 0
  /** What is to be encoded, the next last, and what was asked for and is yet to be given. */
  #ranges: SizedRange[] = []
  readonly #asked: { readonly rows: number; readonly lists: Promise<PackedLists> }[] = []
  #askedRows = 0

  /** `folder` is where the segment will stand. */
  constructor(encoder: ListEncoder, turns: Turns, folder: string) {
    this.#encoder = encoder
    this.#turns = turns
    const path = temporaryPath(folder, 'terms')
    this.#store = new RunStore({ path, most: KEPT_TERMS, shares: encoder.shares })
    this.#terms = new ReaderTerms(this.#store)
  }

  /** Takes the next run. `terms` are those that its reader had not told before. */
  add(reader: number, terms: PackedTerms, { lengths, ...run }: KeptRun): void {
    const table = this.#terms.learn(reader, terms, run)
    this.#runs.push({ ...run, table, firstChunk: this.#chunks })
    this.#lengths.push(lengths)
    this.#chunks += lengths.length
  }

  /** All terms, ascending, once it has begun. */
  terms(): Iterable<string> {
    return this.#terms
  }

  /** See {@link PostingSource}. */
  begin(): void {
    this.#encoder.place(this.#place())
    this.#askAhead()
  }

  /** See {@link PostingSource}. */
  async eachList(take: ListTaker): Promise<void> {
    const terms = this.#terms[Symbol.iterator]()
    for (let first = this.#asked.shift(); first; first = this.#asked.shift()) {
      const lists = await first.lists
      this.#askedRows -= first.rows
      this.#askAhead()
      for (const list of unpackLists(lists)) take(terms.next().value!, list)
      release(lists.pieces)
      await this.#turns.take()
    }
  }

  /** Removes what waits on disk. Never throws. */
  drop(): void {
    this.#store.drop()
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

  /** The runs as those who encode them have to know them. Divides the terms, by how much they have in the rows. */
  #place(): RunSet {
    const lengths = new Uint8Array(memoryOf(this.#chunks, this.#encoder.shares))
    for (const [number, { firstChunk }] of this.#runs.entries())
      lengths.set(this.#lengths[number]!, firstChunk)
    this.#lengths = []
    const ranges = new RangeDivision(Math.max(RANGE_ROWS, this.#runs.length * RUN_ROWS))
    const tables = this.#terms.placed(size => ranges.add(size))
    this.#ranges = ranges.finish().reverse()
    const lookup = new PlaceLookup()
    for (const [table, terms] of tables.entries()) {
      const places = lookup.placesOf(terms, 0, Number.POSITIVE_INFINITY)
      for (const { marked } of this.#runs.filter(run => run.table === table))
        for (const [mark, term] of marked.entries()) marked[mark] = places[term]!
    }
    return { runs: this.#runs, tables, lengths }
  }
}

/** Divides terms, which come in order, into ranges with about as many rows each. */
class RangeDivision {
  readonly #most: number
  readonly #ranges: SizedRange[] = []
  #from = 0
  #to = 0
  #rows = 0

  constructor(most: number) {
    this.#most = most
  }

  /** Takes the next term, by how much it has in the rows. */
  add(size: number): void {
    // One that is so much by itself stands alone: it is read bit by bit.
    if (size > this.#most) this.#close()
    this.#to++
    this.#rows += size
    if (this.#rows >= this.#most) this.#close()
  }

  finish(): SizedRange[] {
    this.#close()
    return this.#ranges
  }

  #close(): void {
    const [from, to, rows] = [this.#from, this.#to, this.#rows]
    if (to > from) this.#ranges.push({ from, to, rows })
    this.#from = to
    this.#rows = 0
  }
}
