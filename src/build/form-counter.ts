/**
 * Counts the forms of words while the postings of a segment are written: for each language, which terms have a stem in
 * common and how many chunks have any of them. Postings come term by term; what is kept of them is only the chunks of
 * words whose last form is still to come, and forms of a word mostly stand close together.
 */
import { type FormGroup, formKey } from '../segment/form-table.ts'
import type { Stemmer } from '../text/stem.ts'

/** The forms of a word so far. */
interface OpenGroup {
  readonly forms: string[]
  readonly chunks: Int32Array[]
}

/** The form table of one language in the making. */
export class FormCounter {
  readonly #keys: string[]
  /** The last term with a key, where others have it too. */
  readonly #lastOf = new Map<string, number>()
  readonly #open = new Map<string, OpenGroup>()
  readonly #groups: FormGroup[] = []
  /** For each chunk the last union it was counted in. */
  readonly #countedIn: Int32Array
  #unions = 0

  /** `terms` are all that may come, ascending; `chunks` is how many the segment has. */
  constructor(terms: readonly string[], stem: Stemmer, chunks: number) {
    this.#keys = terms.map(term => formKey(term, stem))
    this.#countedIn = new Int32Array(chunks)
    const seen = new Map<string, number>()
    for (const [number, key] of this.#keys.entries()) {
      if (seen.has(key)) this.#lastOf.set(key, number)
      else seen.set(key, number)
    }
  }

  /**
   * Takes the chunks of the term at a place in the terms, which come in order. Without chunks, the term is passed over:
   * it is no word of this language. The array is not kept, nor need it be valid for longer than the call.
   */
  add(number: number, term: string, chunks: Int32Array | undefined): void {
    const key = this.#keys[number]!
    const last = this.#lastOf.get(key)
    if (last === undefined) {
      if (chunks && term !== key) this.#groups.push({ key, forms: [term], documentFrequency: chunks.length })
      return
    }
    if (chunks) this.#gather(key, term, chunks)
    if (number === last) this.#close(key)
  }

  /** The groups, in ascending order of key. */
  finish(): readonly FormGroup[] {
    return this.#groups.sort((a, b) => (a.key < b.key ? -1 : 1))
  }

  #gather(key: string, term: string, chunks: Int32Array): void {
    const group = this.#open.get(key) ?? { forms: [], chunks: [] }
    group.forms.push(term)
    group.chunks.push(chunks.slice())
    this.#open.set(key, group)
  }

  #close(key: string): void {
    const group = this.#open.get(key)
    this.#open.delete(key)
    if (!group || (group.forms.length === 1 && group.forms[0] === key)) return
    this.#groups.push({ key, forms: group.forms, documentFrequency: this.#countUnion(group.chunks) })
  }

  #countUnion(lists: readonly Int32Array[]): number {
    if (lists.length === 1) return lists[0]!.length
    const union = ++this.#unions
    const countedIn = this.#countedIn
    let count = 0
    for (const chunks of lists) {
      for (const chunk of chunks) {
        if (countedIn[chunk] === union) continue
        countedIn[chunk] = union
        count++
      }
    }
    return count
  }
}
