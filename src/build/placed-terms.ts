/**
 * The places among all terms that those of a reader's table have, which that numbers as it met them. They are wanted for
 * a range of places at a time, and wait in order of place where their store keeps them: all tables together have several
 * times as many numbers as the segment has terms.
 */
import { GrowingInts, GrowingShorts } from './growing.ts'
import { type RunStore, rowsOf, type StoredRows } from './run-store.ts'

/** What stands in the rows for a term: its number in the table and its place, two numbers of 16 bits each. */
const ROW = 4

/** Numbers of the rows that are read at a time. */
const SHEET = 1024 * ROW

export interface PlacedTerms {
  /** How many there are. */
  readonly length: number
  /** Their rows, ascending by place. */
  readonly sheets: readonly {
    readonly firstPlace: number
    readonly rows: StoredRows
    readonly length: number
  }[]
}

/** Takes the terms of a table in order of place. */
export class PlacedTermsWriter {
  readonly #store: Pick<RunStore, 'keep'>
  readonly #rows = new GrowingShorts()
  readonly #sheets: PlacedTerms['sheets'][number][] = []
  #firstPlace = 0
  #length = 0

  constructor(store: Pick<RunStore, 'keep'>) {
    this.#store = store
  }

  /** Throws `io`. */
  add(number: number, place: number): void {
    if (this.#rows.length === 0) this.#firstPlace = place
    this.#rows.pushLong(number)
    this.#rows.pushLong(place)
    this.#length++
    if (this.#rows.length === SHEET) this.#close()
  }

  finish(): PlacedTerms {
    if (this.#rows.length > 0) this.#close()
    return { length: this.#length, sheets: this.#sheets }
  }

  #close(): void {
    const { values, length } = this.#rows
    const rows = this.#store.keep(values.subarray(0, length))
    this.#sheets.push({ firstPlace: this.#firstPlace, rows, length })
    this.#rows.length = 0
  }
}

/** Looks places up, of one table after the other in the same memory. */
export class PlaceLookup {
  #places = new Int32Array(0)
  /** The numbers whose places were given last. */
  readonly #noted = new GrowingInts()
  readonly #memory = new Uint16Array(SHEET)

  /**
   * For each number of a table the place of its term where that is at least `from` and below `to`, else -1: valid until
   * the next call. Throws `io`.
   */
  placesOf({ length, sheets }: PlacedTerms, from: number, to: number): Int32Array {
    const noted = this.#noted
    if (length > this.#places.length) this.#places = new Int32Array(length).fill(-1)
    else for (const number of noted.values.subarray(0, noted.length)) this.#places[number] = -1
    noted.length = 0
    for (const [number, sheet] of sheets.entries()) {
      const end = sheets[number + 1]?.firstPlace ?? to
      if (end > from && sheet.firstPlace < to)
        this.#note(rowsOf(sheet.rows, 0, sheet.length, this.#memory), from, to)
    }
    return this.#places
  }

  #note(rows: Uint16Array, from: number, to: number): void {
    for (let at = 0; at < rows.length; at += ROW) {
      const place = rows[at + 2]! + rows[at + 3]! * 0x10000
      if (place < from || place >= to) continue
      const number = rows[at]! + rows[at + 1]! * 0x10000
      this.#places[number] = place
      this.#noted.push(number)
    }
  }
}
