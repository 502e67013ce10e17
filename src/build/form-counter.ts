/**
 * Counts the forms of words while the postings of a segment are written: for each language, which terms have a stem in
 * common and how many chunks have any of them. Postings come term by term; what is kept of them is only the chunks of
 * words whose last form is still to come, and forms of a word mostly stand close together. Terms and words are numbers
 * here: there are as many as the segment has terms.
 */
import { chunksOf, type EncodedList } from '../segment/encoded-list.ts'
import type { FormGroup } from '../segment/form-table.ts'
import { PostingBlock } from '../segment/posting.ts'
import type { Stemmer } from '../text/stem.ts'
import { FormKeys } from './form-keys.ts'
import { GrowingInts } from './growing.ts'
import type { RunStore } from './run-store.ts'

/** The form table of one language in the making. */
export class FormCounter {
  readonly #keys: FormKeys
  /** For each term its group; below 0 where it is its key, and no other term has that. */
  readonly #groupOf: Int32Array
  /** For each group how many of its terms are still to come, and the chunks that have any of those that have come. */
  readonly #left = new GrowingInts()
  readonly #open = new Map<number, ChunkUnion>()
  /** For each group in how many chunks it stands, once all its terms have come. */
  readonly #frequencies: Int32Array
  /** A bit for each term: whether it is a word of this language. */
  readonly #words: Uint32Array
  #terms = 0
  /** A bit for each chunk of the segment; all 0 between two unions. */
  readonly #bits: Uint32Array
  /** Memory for the chunks in hand. */
  readonly #block = new PostingBlock()

  /**
   * `terms` are all that may come, ascending; `chunks` is how many the segment has; in `store` waits what is known of the
   * terms, where they are many. Throws `io`.
   */
  constructor(terms: Iterable<string>, stem: Stemmer, chunks: number, store: Pick<RunStore, 'keep'>) {
    this.#keys = new FormKeys(terms, stem, store)
    this.#groupOf = new Int32Array(this.#keys.terms).fill(-1)
    for (const { places } of this.#keys.groups()) {
      for (const place of places) this.#groupOf[place] = this.#left.length
      this.#left.push(places.length)
    }
    this.#frequencies = new Int32Array(this.#left.length)
    this.#words = new Uint32Array((this.#keys.terms >>> 5) + 1)
    this.#bits = new Uint32Array((chunks >>> 5) + 1)
  }

  /**
   * Takes the postings of the next of the terms. Without them, the term is passed over: it is no word of this language. The
   * list is not kept, nor need it be valid for longer than the call.
   */
  add(list: EncodedList | undefined): void {
    const term = this.#terms++
    const group = this.#groupOf[term]!
    if (group < 0) return
    if (list) {
      this.#words[term >>> 5]! |= 1 << (term & 31)
      this.#gather(group, list)
    }
    if (--this.#left.values[group]! === 0) this.#close(group)
  }

  /** The groups, in ascending order of key. Throws `io`. */
  *finish(): Generator<FormGroup> {
    let group = 0
    for (const { key, terms, places } of this.#keys.groups()) {
      const forms = terms.filter((_, at) => hasBit(this.#words, places[at]!))
      const documentFrequency = this.#frequencies[group++]!
      if (forms.length > 1 || (forms.length === 1 && forms[0] !== key))
        yield { key, forms, documentFrequency }
    }
  }

  #gather(group: number, list: EncodedList): void {
    const before = this.#open.get(group)
    if (!before && this.#left.values[group] === 1) {
      this.#frequencies[group] = list.documentFrequency
      return
    }
    const union = before ?? new ChunkUnion()
    for (const chunks of chunksOf(list, this.#block)) union.add(chunks, this.#bits.length)
    this.#open.set(group, union)
  }

  #close(group: number): void {
    const union = this.#open.get(group)
    if (union) this.#frequencies[group] = union.count(this.#bits)
    this.#open.delete(group)
  }
}

/**
 * Chunks that have one word or another: lists of them, or, where a bit for each chunk of the segment takes less memory
 * than the lists would, these bits.
 */
class ChunkUnion {
  readonly #lists: Int32Array[] = []
  #listed = 0
  #bits: Uint32Array | undefined
  /** Bits that are set. */
  #set = 0

  /** Adds some chunks, ascending; `words` is how many numbers of 32 bits have a bit for each chunk of the segment. */
  add(chunks: Int32Array, words: number): void {
    this.#listed += chunks.length
    if (this.#bits) this.#set += setBits(this.#bits, chunks)
    else if (this.#listed > words) {
      this.#bits = new Uint32Array(words)
      for (const list of [...this.#lists.splice(0), chunks]) this.#set += setBits(this.#bits, list)
    } else this.#lists.push(chunks.slice())
  }

  /** How many there are. `bits` is memory lent: all 0, and again afterwards. */
  count(bits: Uint32Array): number {
    if (this.#bits) return this.#set
    if (this.#lists.length === 1) return this.#listed
    let count = 0
    for (const list of this.#lists) count += setBits(bits, list)
    for (const list of this.#lists) for (const chunk of list) bits[chunk >>> 5] = 0
    return count
  }
}

/** Sets the bits of some chunks; gives how many were not set. */
function setBits(bits: Uint32Array, chunks: Int32Array): number {
  let count = 0
  for (const chunk of chunks) {
    const word = bits[chunk >>> 5]!
    const bit = 1 << (chunk & 31)
    if (word & bit) continue
    bits[chunk >>> 5] = word | bit
    count++
  }
  return count
}

function hasBit(bits: Uint32Array, at: number): boolean {
  return (bits[at >>> 5]! & (1 << (at & 31))) !== 0
}
