/** Strings by number, side by side in flat memory: a fifth of what as many strings take on the engine's heap. */
import { GrowingInts } from './growing.ts'
import { ascendingTerms, beginningOf } from './term-order.ts'

const FIRST_CAPACITY = 1 << 13

export class StringList {
  /** The UTF-16 units of all: read it again after every addition. */
  units: Uint16Array<ArrayBuffer>
  /** Where the units of each end; those of the first begin at 0. */
  readonly ends = new GrowingInts()

  /** `capacity` is how many units they may have before there is need of more memory. */
  constructor(capacity = FIRST_CAPACITY) {
    this.units = new Uint16Array(capacity)
  }

  get length(): number {
    return this.ends.length
  }

  /** Where the units of a string begin; of the number behind the last, where they would. */
  startOf(number: number): number {
    return number === 0 ? 0 : this.ends.values[number - 1]!
  }

  /** The string of a number; undefined where there is none. */
  at(number: number): string | undefined {
    return number < this.length
      ? stringOf(this.units, this.startOf(number), this.ends.values[number]!)
      : undefined
  }

  /** Adds the string whose units stand in an array. */
  push(units: Uint16Array, start: number, end: number): void {
    const at = this.startOf(this.length)
    const to = at + end - start
    this.#reserve(to)
    for (let from = start; from < end; from++) this.units[at + from - start] = units[from]!
    this.ends.push(to)
  }

  /** Adds strings that stand side by side: the units of all, and where those of each end. */
  pushAll(units: Uint16Array, ends: Int32Array): void {
    const at = this.startOf(this.length)
    this.#reserve(at + units.length)
    this.units.set(units, at)
    for (const end of ends) this.ends.push(at + end)
  }

  pushString(string: string): void {
    const at = this.startOf(this.length)
    this.#reserve(at + string.length)
    for (let unit = 0; unit < string.length; unit++) this.units[at + unit] = string.charCodeAt(unit)
    this.ends.push(at + string.length)
  }

  /** Compares two strings by their numbers: below 0, 0 or above, in the order of UTF-16 units. */
  readonly compare = (one: number, other: number): number => {
    const { units, ends } = this
    return compareUnits(
      units,
      this.startOf(one),
      ends.values[one]!,
      units,
      this.startOf(other),
      ends.values[other]!,
    )
  }

  /** The numbers of the strings from a number on, in ascending order of the strings. */
  ascending(from: number): Int32Array {
    const beginning = (number: number) =>
      beginningOf(this.units, this.startOf(number), this.ends.values[number]!)
    return ascendingTerms({ beginning, compare: this.compare }, from, this.length)
  }

  /** Forgets all; the memory is kept for the next ones. */
  clear(): void {
    this.ends.length = 0
  }

  #reserve(units: number): void {
    if (units <= this.units.length) return
    const grown = new Uint16Array(Math.max(units, this.units.length * 2))
    grown.set(this.units)
    this.units = grown
  }
}

/** The string whose units stand in an array. */
export function stringOf(units: Uint16Array, start: number, end: number): string {
  return String.fromCharCode.apply(null, units.subarray(start, end) as unknown as number[])
}

/** Compares two strings that stand in arrays: below 0, 0 or above, in the order of UTF-16 units. */
export function compareUnits(
  one: Uint16Array,
  oneStart: number,
  oneEnd: number,
  other: Uint16Array,
  otherStart: number,
  otherEnd: number,
): number {
  let [a, b] = [oneStart, otherStart]
  while (a < oneEnd && b < otherEnd) {
    const difference = one[a++]! - other[b++]!
    if (difference !== 0) return difference
  }
  return oneEnd - a - (otherEnd - b)
}
