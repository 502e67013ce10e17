/**
 * Numbers terms in the order in which they are first seen. A hash table with open addressing (linear probing), asked
 * with the place of a word in a text: of a word seen before no string is made. The terms stand side by side in flat
 * memory, a fifth of what as many strings and a map of them would take.
 */
import { EMPTY_HASH, hashedOn, unitsHash } from '../text/term-hash.ts'
import { StringList } from './string-list.ts'

/** Terms that go from one thread to another: the UTF-16 units of all of them, and where each ends. */
export interface PackedTerms {
  /** The number of the first: 0 where whoever tells them begins to count anew. */
  readonly from: number
  readonly units: Uint16Array<ArrayBuffer>
  readonly ends: Int32Array<ArrayBuffer>
}

export class TermTable {
  readonly #terms = new StringList()
  /** For each slot its term's number + 1, 0 where it is free. At most half are taken. */
  #slots = new Int32Array(1 << 12)
  #asked = new Uint16Array(256)

  /** How many terms there are. */
  get length(): number {
    return this.#terms.length
  }

  /** The number of the ASCII term that stands in a text in whatever case. */
  numberOfAscii(text: string, start: number, end: number): number {
    const asked = this.#askFor(end - start)
    let hash = EMPTY_HASH
    for (let at = start; at < end; at++) {
      const unit = lowerCase(text.charCodeAt(at))
      asked[at - start] = unit
      hash = hashedOn(hash, unit)
    }
    return this.#find(hash, asked, 0, end - start)
  }

  /** The number of a term. */
  numberOf(term: string): number {
    const asked = this.#askFor(term.length)
    for (let at = 0; at < term.length; at++) asked[at] = term.charCodeAt(at)
    return this.#find(unitsHash(asked, 0, term.length), asked, 0, term.length)
  }

  /** The term of a number; undefined where there is none. */
  at(number: number): string | undefined {
    return this.#terms.at(number)
  }

  /** Compares two terms by their numbers: below 0, 0 or above, in the order of UTF-16 units. */
  get compare(): (one: number, other: number) => number {
    return this.#terms.compare
  }

  /** The numbers of the terms from a number on, in ascending order of the terms. */
  ascending(from: number): Int32Array {
    return this.#terms.ascending(from)
  }

  /** The terms from a number on, to be told to another thread. */
  packed(from: number): PackedTerms {
    const terms = this.#terms
    const start = terms.startOf(from)
    const ends = terms.ends.values.slice(from, this.length)
    for (let term = 0; term < ends.length; term++) ends[term]! -= start
    return { from, units: terms.units.slice(start, start + (ends.at(-1) ?? 0)), ends }
  }

  /** Forgets all terms; the memory is kept for the next ones. */
  clear(): void {
    this.#terms.clear()
    this.#slots.fill(0)
  }

  /** Memory for the units of a term that is asked for. */
  #askFor(length: number): Uint16Array {
    if (length > this.#asked.length) this.#asked = new Uint16Array(2 * length)
    return this.#asked
  }

  #find(hash: number, asked: Uint16Array, start: number, end: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    for (let slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
      const number = slots[slot]! - 1
      if (number < 0) {
        this.#terms.push(asked, start, end)
        return this.#add(slot)
      }
      if (this.#isOf(number, asked, start, end)) return number
    }
  }

  #isOf(number: number, asked: Uint16Array, start: number, end: number): boolean {
    const { units, ends } = this.#terms
    let at = this.#terms.startOf(number)
    if (ends.values[number]! - at !== end - start) return false
    for (let from = start; from < end; from++) if (units[at++] !== asked[from]) return false
    return true
  }

  /** Puts the term that was appended last into a slot; gives its number. */
  #add(slot: number): number {
    const { length } = this
    this.#slots[slot] = length
    if (length * 2 > this.#slots.length) this.#grow()
    return length - 1
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2)
    const mask = slots.length - 1
    const { units, ends } = this.#terms
    for (let number = 0; number < this.length; number++) {
      const hash = unitsHash(units, this.#terms.startOf(number), ends.values[number]!)
      let slot = spread(hash) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = number + 1
    }
    this.#slots = slots
  }
}

/** An ASCII unit in lower case. */
function lowerCase(unit: number): number {
  return unit >= 65 && unit <= 90 ? unit | 32 : unit
}

/** Where to begin looking. The hash's lowest bits are its weakest. */
function spread(hash: number): number {
  return hash ^ (hash >>> 15)
}
