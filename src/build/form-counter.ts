/**
 * Counts the forms of words while the postings of a segment are written: for each language, which terms have a stem in
 * common and how many chunks have any of them. Postings come term by term; what is kept of them is only the chunks of
 * words whose last form is still to come, and forms of a word mostly stand close together. Terms and keys are numbers
 * here: there are as many as the segment has words.
 */
import { chunksOf, type EncodedList } from '../segment/encoded-list.ts'
import type { FormGroup } from '../segment/form-table.ts'
import { PostingBlock } from '../segment/posting.ts'
import type { Stemmer } from '../text/stem.ts'
import { FormKeys } from './form-keys.ts'
import { GrowingInts } from './growing.ts'
import { type TermList, TermTable } from './term-table.ts'

/** The forms of a word so far, and the chunks that have any of them. */
interface OpenGroup {
  readonly forms: number[]
  readonly chunks: ChunkUnion
}

/** The form table of one language in the making. */
export class FormCounter {
  readonly #terms: TermList
  readonly #keys: FormKeys
  /** By key, which is told by the first term that has it, as in all of the following. */
  readonly #open = new Map<number, OpenGroup>()
  /** For each group its key, its document frequency, and where its forms end among those of all. */
  readonly #groupKeys = new GrowingInts()
  readonly #frequencies = new GrowingInts()
  readonly #ends = new GrowingInts()
  readonly #forms = new GrowingInts()
  /** A bit for each chunk of the segment; all 0 between two unions. */
  readonly #bits: Uint32Array
  /** Memory for the chunks in hand. */
  readonly #block = new PostingBlock()

  /** `terms` are all that may come, ascending; `chunks` is how many the segment has. */
  constructor(terms: TermList, stem: Stemmer, chunks: number) {
    this.#terms = terms
    this.#keys = new FormKeys(terms, stem)
    this.#bits = new Uint32Array((chunks >>> 5) + 1)
  }

  /**
   * Takes the postings of the term at a place in the terms, which come in order. Without them, the term is passed over: it
   * is no word of this language. The list is not kept, nor need it be valid for longer than the call.
   */
  add(number: number, list: EncodedList | undefined): void {
    const keys = this.#keys
    const key = keys.firstOf(number)
    const last = keys.lastOf(key)
    if (key === last) {
      if (list && !keys.isKey(number)) this.#take(key, [number], list.documentFrequency)
      return
    }
    if (list) this.#gather(key, number, list)
    if (number === last) this.#close(key)
  }

  /** The groups, in ascending order of key. */
  *finish(): Generator<FormGroup> {
    const keys = new TermTable()
    for (let group = 0; group < this.#groupKeys.length; group++)
      keys.numberOf(this.#keys.keyOf(this.#groupKeys.values[group]!))
    for (const group of keys.ascending(0)) {
      const start = group === 0 ? 0 : this.#ends.values[group - 1]
      const forms = this.#forms.values.subarray(start, this.#ends.values[group])
      yield {
        key: keys.at(group)!,
        forms: Array.from(forms, number => this.#terms.at(number)!),
        documentFrequency: this.#frequencies.values[group]!,
      }
    }
  }

  #gather(key: number, term: number, list: EncodedList): void {
    const group = this.#open.get(key) ?? { forms: [], chunks: new ChunkUnion() }
    group.forms.push(term)
    for (const chunks of chunksOf(list, this.#block)) group.chunks.add(chunks, this.#bits.length)
    this.#open.set(key, group)
  }

  #close(key: number): void {
    const group = this.#open.get(key)
    this.#open.delete(key)
    if (!group || (group.forms.length === 1 && this.#keys.isKey(group.forms[0]!))) return
    this.#take(key, group.forms, group.chunks.count(this.#bits))
  }

  #take(key: number, forms: readonly number[], documentFrequency: number): void {
    this.#groupKeys.push(key)
    this.#frequencies.push(documentFrequency)
    for (const form of forms) this.#forms.push(form)
    this.#ends.push(this.#forms.length)
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
