/**
 * The terms of a segment in the making, as its readers tell them: each reader numbers those it has met, forgets them all
 * when they are too many, and begins anew. What was told from one beginning to the next is a table.
 */
import { GrowingInts } from './growing.ts'
import { memoryOf } from './posting-run.ts'
import { type PackedTerms, TermTable } from './term-table.ts'

export class ReaderTerms {
  /** Every term, by the number it got when it was first met. */
  readonly all = new TermTable()
  readonly #shares: boolean
  /** For each number of a table that of all; those that readers still add to are not there yet. */
  readonly #tables: Int32Array[] = []
  readonly #open = new Map<number, { readonly table: number; readonly numbers: GrowingInts }>()
  #begun = 0

  /** `shares`: whether other threads are to see the tables. */
  constructor(shares: boolean) {
    this.#shares = shares
  }

  /** Takes what a reader tells; gives the table it adds to, and the numbers in that. */
  learn(
    reader: number,
    { from, units, ends }: PackedTerms,
  ): { readonly table: number; readonly numbers: GrowingInts } {
    if (from === 0) {
      this.#close(reader)
      this.#open.set(reader, { table: this.#begun++, numbers: new GrowingInts() })
    }
    const open = this.#open.get(reader)!
    let start = 0
    for (const end of ends) {
      open.numbers.push(this.all.numberOfUnits(units, start, end))
      start = end
    }
    return open
  }

  /** The tables, with the place of each term instead of its number. Nothing can be told any more. */
  placed(placeOf: Int32Array): readonly Int32Array[] {
    this.all.settle()
    for (const reader of [...this.#open.keys()]) this.#close(reader)
    for (const table of this.#tables)
      for (let number = 0; number < table.length; number++) table[number] = placeOf[table[number]!]!
    return this.#tables
  }

  /** A reader has begun anew: its table is whole. */
  #close(reader: number): void {
    const open = this.#open.get(reader)
    if (!open) return
    const { length, values } = open.numbers
    const table = new Int32Array(memoryOf(4 * length, this.#shares))
    table.set(values.subarray(0, length))
    this.#tables[open.table] = table
    this.#open.delete(reader)
  }
}
