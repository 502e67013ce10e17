/**
 * Which terms have a form key in common. A key is told by the first term that has it, and made again of that when it is
 * asked for: there are as many as the segment has words, and as strings they would be most of what a build has in memory.
 */
import { formKey } from '../segment/form-table.ts'
import type { Stemmer } from '../text/stem.ts'
import { termHash } from '../text/term-hash.ts'
import { spread, type TermList } from './term-table.ts'

export class FormKeys {
  readonly #terms: TermList
  readonly #stem: Stemmer
  /** For each term the first with its key, and for that the last. */
  readonly #firstOf: Int32Array
  readonly #lastOf: Int32Array
  /** For each term whether it is its key. */
  readonly #isKey: Uint8Array

  /** The keys that a stemmer makes of some terms. */
  constructor(terms: TermList, stem: Stemmer) {
    this.#terms = terms
    this.#stem = stem
    this.#firstOf = new Int32Array(terms.length)
    this.#lastOf = new Int32Array(terms.length)
    this.#isKey = new Uint8Array(terms.length)
    this.#find()
  }

  /** The first term that has the key of a term, all by their numbers. */
  firstOf(term: number): number {
    return this.#firstOf[term]!
  }

  /** The last that has the key of a first one. */
  lastOf(first: number): number {
    return this.#lastOf[first]!
  }

  /** Whether a term is its key. */
  isKey(term: number): boolean {
    return this.#isKey[term] === 1
  }

  /** The key of a term. */
  keyOf(term: number): string {
    const word = this.#terms.at(term)!
    return this.isKey(term) ? word : formKey(word, this.#stem)
  }

  /** A hash table as term-table.ts has one, of first terms, with the hashes of their keys beside. */
  #find(): void {
    const { length } = this.#terms
    const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * length + 1)))
    const hashes = new Int32Array(length)
    const mask = slots.length - 1
    for (let term = 0; term < length; term++) {
      const word = this.#terms.at(term)!
      const key = formKey(word, this.#stem)
      const hash = termHash(key)
      this.#isKey[term] = key === word ? 1 : 0
      let slot = spread(hash) & mask
      let first = slots[slot]! - 1
      while (first >= 0 && (hashes[first] !== hash || this.keyOf(first) !== key)) {
        slot = (slot + 1) & mask
        first = slots[slot]! - 1
      }
      if (first < 0) {
        first = term
        slots[slot] = term + 1
        hashes[term] = hash
      }
      this.#firstOf[term] = first
      this.#lastOf[first] = term
    }
  }
}
