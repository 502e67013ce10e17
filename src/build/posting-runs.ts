/**
 * The runs of a segment in the making: takes them as they come, with terms numbered as each reader numbers them, and gives
 * the postings of the whole segment by term. Encoding is most of the work, and is done by whoever does the build's tasks.
 */
import { ByteWriter } from '../segment/bytes.ts'
import { GrowingInts } from './growing.ts'
import { type PackedLists, unpackLists } from './packed-lists.ts'
import { memoryOf, type PostingRun } from './posting-run.ts'
import { renumber } from './run-marks.ts'
import type { PlacedRun, RunSet, TermRange } from './run-merge.ts'
import { RunStore } from './run-store.ts'
import type { ListTaker, PostingSource } from './segment-writer.ts'
import { type PackedTerms, type TermList, TermTable } from './term-table.ts'
import type { Turns } from './turns.ts'

/**
 * Numbers in the rows that are encoded in one go: enough that asking for it costs nothing beside; and for each run, so
 * that of the rows that are read around a range there are fewer than of its own.
 */
const RANGE_ROWS = 1 << 20
const RUN_ROWS = 4096

/** Ranges that are asked for ahead of the one that is waited for. */
const AHEAD = 4

/** Encodes the lists of some terms of some runs. */
export interface ListEncoder {
  place(runs: RunSet): void
  encode(range: TermRange): Promise<PackedLists>
}

/** Who encodes, and who has a turn meanwhile. */
export interface PostingRunsPlan {
  readonly encoder: ListEncoder
  readonly turns: Turns
  readonly kept: number | undefined
}

export class PostingRuns implements PostingSource {
  readonly #encoder: ListEncoder
  readonly #turns: Turns
  /** Every term, by the number it got when it was first met, and how many numbers of the rows it has. */
  readonly #table = new TermTable()
  readonly #sizes = new GrowingInts()
  /** For each reader, the numbers of its terms by its own. */
  readonly #known = new Map<number, GrowingInts>()
  readonly #runs: PlacedRun[] = []
  readonly #store: RunStore
  readonly #lengths = new ByteWriter()
  #isShared = false
  /** Numbers of the terms, ascending. */
  #ascending: Int32Array | undefined

  /** `folder` is where postings may wait that are too many for the memory: more than `kept` bytes. */
  constructor(folder: string, { encoder, turns, kept }: PostingRunsPlan) {
    this.#store = new RunStore(folder, kept)
    this.#encoder = encoder
    this.#turns = turns
  }

  /** Takes the next run. `terms` are those that its reader had not told before. */
  add(reader: number, terms: PackedTerms, { rows, lengths }: PostingRun): void {
    const known = this.#learn(reader, terms)
    const sizes = this.#sizes
    const marks = renumber(
      rows,
      term => known.values[term]!,
      (term, size) => {
        sizes.values[term]! += size
      },
    )
    this.#isShared ||= rows.buffer instanceof SharedArrayBuffer
    this.#runs.push({ ...marks, rows: this.#store.keep(rows), firstChunk: this.#lengths.length })
    this.#lengths.raw(lengths)
  }

  /** All terms, ascending. */
  terms(): TermList {
    const table = this.#table
    const ascending = this.#inOrder()
    return { length: ascending.length, at: place => table.at(ascending[place]!) }
  }

  /** See {@link PostingSource}. */
  async eachList(take: ListTaker, wants: (place: number) => boolean): Promise<void> {
    this.#encoder.place(this.#place(wants))
    const ranges = this.#ranges()
    const asked = ranges.slice(0, AHEAD).map(range => this.#encoder.encode(range))
    for (const [which, range] of ranges.entries()) {
      const lists = await asked.shift()!
      const next = ranges[which + AHEAD]
      if (next) asked.push(this.#encoder.encode(next))
      let place = range.from
      for (const { list, chunks } of unpackLists(lists)) take(place++, list, chunks)
      await this.#turns.take()
    }
  }

  /** Lets go of what waits on disk. */
  drop(): void {
    this.#store.drop()
  }

  /** The numbers of a reader's terms, with what it tells now. */
  #learn(reader: number, { from, units, ends }: PackedTerms): GrowingInts {
    const known = (from > 0 && this.#known.get(reader)) || new GrowingInts()
    this.#known.set(reader, known)
    let start = 0
    for (const end of ends) {
      const number = this.#table.numberOfUnits(units, start, end)
      if (number === this.#sizes.length) this.#sizes.push(0)
      known.push(number)
      start = end
    }
    return known
  }

  #inOrder(): Int32Array {
    this.#ascending ??= Int32Array.from({ length: this.#table.length }, (_, term) => term).sort(
      this.#table.compare,
    )
    return this.#ascending
  }

  /** The runs as those who encode them have to know them. */
  #place(wants: (place: number) => boolean): RunSet {
    const ascending = this.#inOrder()
    const places = new Int32Array(memoryOf(4 * ascending.length, this.#isShared))
    const wanted = new Uint8Array(memoryOf(ascending.length, this.#isShared))
    for (const [place, term] of ascending.entries()) {
      places[term] = place
      wanted[place] = wants(place) ? 1 : 0
    }
    const lengths = new Uint8Array(memoryOf(this.#lengths.length, this.#isShared))
    lengths.set(this.#lengths.view())
    this.#known.clear()
    const runs = this.#runs.map(run => ({ ...run, marked: run.marked.map(term => places[term]!) }))
    return { runs, places, wanted, lengths }
  }

  /** Divides the terms into ranges with about as many rows each. */
  #ranges(): TermRange[] {
    const ascending = this.#inOrder()
    const most = Math.max(RANGE_ROWS, this.#runs.length * RUN_ROWS)
    const ranges: TermRange[] = []
    let from = 0
    let sum = 0
    for (let to = 1; to <= ascending.length; to++) {
      sum += this.#sizes.values[ascending[to - 1]!]!
      if (sum < most && to < ascending.length) continue
      ranges.push({ from, to })
      from = to
      sum = 0
    }
    return ranges
  }
}
