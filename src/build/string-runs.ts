/**
 * Strings, each with some numbers, more of them than memory should hold: they come in runs, each sorted by itself, wait
 * where their store keeps them, and are gone through as though all runs were one.
 *
 * The rows of a run are 16-bit numbers. For each string in ascending order they have how many UTF-16 units it has, and
 * then its numbers, two each, low half first; then the units.
 */
import { GrowingShorts } from './growing.ts'
import { type RunStore, rowsOf, type StoredRows } from './run-store.ts'
import { compareUnits, type StringList, stringOf } from './string-list.ts'
import { beginningOf } from './term-order.ts'

/** Numbers from which on a piece of a run is full. */
const PIECE = 1 << 13

/** A run in pieces, and the numbers of each. */
type StringRun = readonly { readonly rows: StoredRows; readonly length: number }[]

export class StringRuns {
  readonly #store: Pick<RunStore, 'keep'>
  readonly #columns: number
  readonly #runs: StringRun[] = []

  /** Each string has so many numbers. */
  constructor(store: Pick<RunStore, 'keep'>, columns: number) {
    this.#store = store
    this.#columns = columns
  }

  /** Takes a copy of some strings, each of them there once, and what the columns have for each of them. Throws `io`. */
  add(strings: StringList, ...columns: readonly ((number: number) => number)[]): void {
    const run: { rows: StoredRows; length: number }[] = []
    const rows = new GrowingShorts()
    const close = () => {
      const { length } = rows
      run.push({ rows: this.#store.keep(rows.values.subarray(0, length)), length })
      rows.length = 0
    }
    for (const number of strings.ascending(0)) {
      const [start, end] = [strings.startOf(number), strings.ends.values[number]!]
      rows.pushLong(end - start)
      for (const column of columns) rows.pushLong(column(number))
      rows.pushAll(strings.units, start, end)
      if (rows.length >= PIECE) close()
    }
    if (rows.length > 0) close()
    this.#runs.push(run)
  }

  /** All strings, as often as it is asked. */
  merged(): MergedStrings {
    return new MergedStrings(this.#runs.map(run => new StringCursor(run, this.#columns)))
  }
}

/** The strings of several runs in ascending order, each once. */
export class MergedStrings {
  readonly #cursors: readonly StringCursor[]
  /** For each run what its next string begins with, infinite where there is none. */
  readonly #beginnings: Float64Array
  /** The runs that have the string in hand, by their numbers, ascending; and how many they are. */
  readonly #holders: Int32Array
  count = 0

  constructor(cursors: readonly StringCursor[]) {
    this.#cursors = cursors
    this.#beginnings = Float64Array.from(cursors, cursor => cursor.next())
    this.#holders = new Int32Array(cursors.length)
  }

  /** Goes to the next string; false where there is none. Throws `io`. */
  advance(): boolean {
    for (let at = 0; at < this.count; at++) {
      const run = this.#holders[at]!
      this.#beginnings[run] = this.#cursors[run]!.next()
    }
    this.#findLeast()
    return this.count > 0
  }

  /** The string in hand. */
  get string(): string {
    return this.#cursors[this.#holders[0]!]!.string
  }

  /** Whether it begins with another. */
  startsWith(beginning: string): boolean {
    return this.#cursors[this.#holders[0]!]!.startsWith(beginning)
  }

  /** One of the runs that have it. */
  runAt(at: number): number {
    return this.#holders[at]!
  }

  /** One of the numbers that it has in a run. */
  numberIn(run: number, column: number): number {
    return this.#cursors[run]!.numberAt(column)
  }

  #findLeast(): void {
    const holders = this.#holders
    let least = Number.POSITIVE_INFINITY
    let count = 0
    for (let run = 0; run < this.#beginnings.length; run++) {
      const beginning = this.#beginnings[run]!
      if (beginning > least || beginning === Number.POSITIVE_INFINITY) continue
      const order = beginning < least ? -1 : this.#cursors[run]!.compare(this.#cursors[holders[0]!]!)
      if (order < 0) {
        least = beginning
        count = 0
      }
      if (order <= 0) holders[count++] = run
    }
    this.count = count
  }
}

/** Goes through the strings of a run. */
class StringCursor {
  readonly #run: StringRun
  readonly #columns: number
  /** Pieces that were begun, the last of them, and where in it the next string is. */
  #begun = 0
  #rows: Uint16Array = new Uint16Array(0)
  #memory = new Uint16Array(0)
  #next = 0
  #start = 0
  #end = 0

  constructor(run: StringRun, columns: number) {
    this.#run = run
    this.#columns = columns
  }

  /** Goes to the next string; gives what it begins with, infinite where there is none. Throws `io`. */
  next(): number {
    if (this.#next === this.#rows.length && !this.#begin()) return Number.POSITIVE_INFINITY
    this.#start = this.#next + 2 + 2 * this.#columns
    this.#end = this.#start + longAt(this.#rows, this.#next)
    this.#next = this.#end
    return beginningOf(this.#rows, this.#start, this.#end) >>> 0
  }

  get string(): string {
    return stringOf(this.#rows, this.#start, this.#end)
  }

  startsWith(beginning: string): boolean {
    if (this.#end - this.#start < beginning.length) return false
    for (let at = 0; at < beginning.length; at++)
      if (this.#rows[this.#start + at] !== beginning.charCodeAt(at)) return false
    return true
  }

  numberAt(column: number): number {
    return longAt(this.#rows, this.#start - 2 * (this.#columns - column))
  }

  compare(other: StringCursor): number {
    return compareUnits(this.#rows, this.#start, this.#end, other.#rows, other.#start, other.#end)
  }

  /** Begins with the next piece; false where there is none. */
  #begin(): boolean {
    const piece = this.#run[this.#begun++]
    if (!piece) return false
    const { rows, length } = piece
    if (length > this.#memory.length && !(rows instanceof Uint16Array)) this.#memory = new Uint16Array(length)
    this.#rows = rowsOf(rows, 0, length, this.#memory)
    this.#next = 0
    return true
  }
}

function longAt(rows: Uint16Array, at: number): number {
  return rows[at]! + rows[at + 1]! * 0x10000
}
