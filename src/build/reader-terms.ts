/**
 * The terms of a segment in the making, as its readers tell them: each reader numbers those it has met, forgets them all
 * when they are too many, and begins anew. What was told from one beginning to the next is a table; of those that are
 * whole only a run of strings is kept, which may wait on disk. All terms in order are what these runs are together.
 */
import { GrowingInts } from './growing.ts'
import { type PlacedTerms, PlacedTermsWriter } from './placed-terms.ts'
import { release } from './release.ts'
import type { RunMarks } from './run-marks.ts'
import type { RunStore } from './run-store.ts'
import { StringList } from './string-list.ts'
import { StringRuns } from './string-runs.ts'
import type { PackedTerms } from './term-table.ts'

/** A table that a reader adds to: what was told, and about how many numbers each term has in the rows that came with it. */
interface OpenTable {
  readonly table: number
  readonly told: PackedTerms[]
  readonly sizes: GrowingInts
}

export class ReaderTerms {
  readonly #store: Pick<RunStore, 'keep'>
  /** Of each table that is whole its terms in order, with their numbers in it and their sizes. */
  readonly #runs: StringRuns
  /** For each of these which table it is. */
  readonly #whole: number[] = []
  readonly #open = new Map<number, OpenTable>()
  #begun = 0

  /** What is known waits in `store`. */
  constructor(store: Pick<RunStore, 'keep'>) {
    this.#store = store
    this.#runs = new StringRuns(store, 2)
  }

  /** Takes what a reader tells, and the marks of a run whose terms are numbered so; gives the table it adds to. */
  learn(reader: number, terms: PackedTerms, { marked, offsets }: RunMarks): number {
    if (terms.from === 0) this.#begin(reader)
    const { table, told, sizes } = this.#open.get(reader)!
    told.push(terms)
    for (let term = 0; term < terms.ends.length; term++) sizes.push(0)
    for (const [mark, term] of marked.entries()) sizes.values[term]! += offsets[mark + 1]! - offsets[mark]!
    return table
  }

  /**
   * The tables, with the places of their terms among all, ascending. `take` is told of each of all terms, in order, how
   * much it has in the rows. Nothing can be told any more. Throws `io`.
   */
  placed(take: (size: number) => void): readonly PlacedTerms[] {
    for (const reader of [...this.#open.keys()]) this.#close(reader)
    const tables = this.#whole.map(() => new PlacedTermsWriter(this.#store))
    const ofRuns = this.#whole.map(table => tables[table]!)
    const terms = this.#runs.merged()
    for (let place = 0; terms.advance(); place++) {
      let size = 0
      for (let at = 0; at < terms.count; at++) {
        const run = terms.runAt(at)
        ofRuns[run]!.add(terms.numberIn(run, 0), place)
        size += terms.numberIn(run, 1)
      }
      take(size)
    }
    return tables.map(table => table.finish())
  }

  /** All terms, ascending, once they are placed. */
  *[Symbol.iterator](): Generator<string, undefined> {
    const terms = this.#runs.merged()
    while (terms.advance()) yield terms.string
  }

  /** A reader begins anew. */
  #begin(reader: number): void {
    this.#close(reader)
    this.#open.set(reader, { table: this.#begun++, told: [], sizes: new GrowingInts() })
  }

  /** The table of a reader is whole, if it has one. */
  #close(reader: number): void {
    const open = this.#open.get(reader)
    if (!open) return
    const { table, told, sizes } = open
    const terms = new StringList(told.reduce((sum, { units }) => sum + units.length, 0))
    for (const { units, ends } of told) terms.pushAll(units, ends)
    release(told.flatMap(({ units, ends }) => [units, ends]))
    this.#runs.add(
      terms,
      number => number,
      number => sizes.values[number]!,
    )
    this.#whole.push(table)
    release([terms.units])
    this.#open.delete(reader)
  }
}
