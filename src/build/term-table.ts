/**
 * Numbers terms in the order in which they are first seen. A hash table with open addressing (linear probing), asked
 * with the place of a word in a text: a string is made of a term once, when it is new.
 */
import { decodeUtf8, encodeUtf8 } from '../segment/bytes.ts'
import { termHash } from '../text/term-hash.ts'

export class TermTable {
  /** The terms by number. */
  readonly terms: string[] = []
  /** For each slot the hash of its term, and the term's number + 1, 0 where it is free. At most half are taken. */
  #slots = new Int32Array(2 << 12)

  /** The number of the ASCII term that stands in a text in whatever case; `hash` is the term's. */
  numberOfAscii(text: string, start: number, end: number, hash: number): number {
    const slots = this.#slots
    const mask = slots.length - 2
    for (let slot = spread(hash) & mask; ; slot = (slot + 2) & mask) {
      const number = slots[slot + 1]! - 1
      if (number < 0) return this.#add(slot, text.slice(start, end).toLowerCase(), hash)
      if (slots[slot] === hash && standsAt(this.terms[number]!, text, start, end)) return number
    }
  }

  /** The number of a term. */
  numberOf(term: string): number {
    const slots = this.#slots
    const hash = termHash(term)
    const mask = slots.length - 2
    for (let slot = spread(hash) & mask; ; slot = (slot + 2) & mask) {
      const number = slots[slot + 1]! - 1
      if (number < 0) return this.#add(slot, term, hash)
      if (slots[slot] === hash && this.terms[number] === term) return number
    }
  }

  #add(slot: number, term: string, hash: number): number {
    this.#slots[slot] = hash
    this.#slots[slot + 1] = this.terms.push(ownCopy(term))
    const number = this.terms.length - 1
    if (this.terms.length * 4 > this.#slots.length) this.#grow()
    return number
  }

  #grow(): void {
    const before = this.#slots
    const slots = new Int32Array(before.length * 2)
    const mask = slots.length - 2
    for (let old = 0; old < before.length; old += 2) {
      if (before[old + 1] === 0) continue
      let slot = spread(before[old]!) & mask
      while (slots[slot + 1] !== 0) slot = (slot + 2) & mask
      slots[slot] = before[old]!
      slots[slot + 1] = before[old + 1]!
    }
    this.#slots = slots
  }
}

/** Whether an ASCII stretch of a text, in lower case, is the term. */
function standsAt(term: string, text: string, start: number, end: number): boolean {
  if (term.length !== end - start) return false
  for (let at = 0; at < term.length; at++) {
    const unit = text.charCodeAt(start + at)
    if (term.charCodeAt(at) !== (unit >= 65 && unit <= 90 ? unit | 32 : unit)) return false
  }
  return true
}

/** Where to begin looking; twice the place, for a slot is two numbers. The hash's lowest bits are its weakest. */
function spread(hash: number): number {
  return (hash ^ (hash >>> 15)) << 1
}

/** Characters from which V8 makes a part of a string a view of the whole. */
const SLICED = 13

/** A term that does not keep the text it was cut from in memory. */
function ownCopy(term: string): string {
  return term.length < SLICED ? term : decodeUtf8(encodeUtf8(term))
}
