/**
 * The runs of a segment in the making: takes them as they come, with terms numbered as each reader numbers them, and gives
 * the postings of the whole segment by term. Encoding is most of the work, and is done by whoever does the build's tasks.
 */
import { type PackedLists, unpackLists } from './packed-lists.ts'
import { memoryOf, type PostingRun } from './posting-run.ts'
import { type PlacedRun, RangePostings, type RunSet, type TermRange } from './run-merge.ts'
import { RunStore, type StoredRows } from './run-store.ts'
import type { ListTaker, PostingSource } from './segment-writer.ts'
import type { Turns } from './turns.ts'

/** Numbers in the rows that are encoded in one go: enough that asking for it costs nothing beside. */
const RANGE_ROWS = 1 << 20

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
  /** Every term, by the number it got when it was first met. */
  readonly #numbers = new Map<string, number>()
  /** For each reader, the numbers of its terms by its own. */
  readonly #known = new Map<number, number[]>()
  readonly #runs: TakenRun[] = []
  readonly #store: RunStore
  #chunks = 0
  #terms: readonly string[] | undefined

  /** `folder` is where postings may wait that are too many for the memory: more than `kept` bytes. */
  constructor(folder: string, { encoder, turns, kept }: PostingRunsPlan) {
    this.#store = new RunStore(folder, kept)
    this.#encoder = encoder
    this.#turns = turns
  }

  /** Takes the next run. `terms` are those that its reader had not met before. */
  add(reader: number, terms: readonly string[], run: PostingRun): void {
    const known = this.#known.get(reader) ?? []
    this.#known.set(reader, known)
    for (const term of terms) {
      let number = this.#numbers.get(term)
      if (number === undefined) {
        number = this.#numbers.size
        this.#numbers.set(term, number)
      }
      known.push(number)
    }
    this.#runs.push({ run: { ...run, rows: this.#store.keep(run.rows) }, known, firstChunk: this.#chunks })
    this.#chunks += run.lengths.length
  }

  /** All terms, ascending. */
  terms(): readonly string[] {
    this.#terms ??= [...this.#numbers.keys()].sort()
    return this.#terms
  }

  /** See {@link PostingSource}. */
  async eachList(take: ListTaker): Promise<void> {
    const set = this.#place()
    this.#encoder.place(set)
    const chunks = new Int32Array(this.#chunks)
    const ranges = rangesOf(set, this.terms().length)
    const asked = ranges.slice(0, AHEAD).map(range => this.#encoder.encode(range))
    for (const [which, range] of ranges.entries()) {
      const lists = await asked.shift()!
      const next = ranges[which + AHEAD]
      if (next) asked.push(this.#encoder.encode(next))
      const postings = new RangePostings(set.runs, range)
      let number = range.from
      for (const list of unpackLists(lists)) {
        let size = 0
        postings.forEach(number, ({ chunk }) => {
          chunks[size++] = chunk
        })
        take(number++, chunks.subarray(0, size), list)
      }
      await this.#turns.take()
    }
  }

  /** The runs with terms numbered in ascending order. */
  #place(): RunSet {
    const order = new Int32Array(this.#numbers.size)
    for (const [place, term] of this.terms().entries()) order[this.#numbers.get(term)!] = place
    const lengths = new Uint8Array(memoryOf(this.#chunks, this.#isShared))
    const runs = this.#runs.map(({ run, known, firstChunk }): PlacedRun => {
      const { terms: numbers, starts, rows } = run
      // In place: nobody asks for the reader's own numbers any more.
      for (const [place, term] of numbers.entries()) numbers[place] = order[known[term]!]!
      lengths.set(run.lengths, firstChunk)
      return { numbers, starts, rows, firstChunk }
    })
    return { runs, lengths }
  }

  get #isShared(): boolean {
    return this.#runs.some(({ run }) => run.starts.buffer instanceof SharedArrayBuffer)
  }

  /** Lets go of what waits on disk. */
  drop(): void {
    this.#store.drop()
  }
}

interface TakenRun {
  readonly run: Omit<PostingRun, 'rows'> & { readonly rows: StoredRows }
  /** The numbers of its reader's terms. */
  readonly known: readonly number[]
  readonly firstChunk: number
}

/** Divides the terms into ranges with about as many rows each. */
function rangesOf({ runs }: RunSet, terms: number): TermRange[] {
  const rows = new Float64Array(terms)
  for (const { numbers, starts } of runs)
    for (const [place, number] of numbers.entries()) rows[number]! += starts[place + 1]! - starts[place]!
  const ranges: TermRange[] = []
  let from = 0
  let sum = 0
  for (let to = 1; to <= terms; to++) {
    sum += rows[to - 1]!
    if (sum < RANGE_ROWS && to < terms) continue
    ranges.push({ from, to })
    from = to
    sum = 0
  }
  return ranges
}
