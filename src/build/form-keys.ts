/**
 * Which terms have a form key in common. Keys are sorted with their terms, run by run, and wait on disk where there are
 * many: there are as many as the segment has words, and as strings they would be most of what a build has in memory.
 */
import { formKey } from '../segment/form-table.ts'
import type { Stemmer } from '../text/stem.ts'
import { GrowingInts } from './growing.ts'
import type { RunStore } from './run-store.ts'
import { StringList } from './string-list.ts'
import { StringRuns } from './string-runs.ts'

/** Terms of a run. */
const RUN_TERMS = 1 << 15

/** Stands between a key and its term, before whatever may go on with it. No term has it. */
const BETWEEN = '\0'

/** The terms of a key, ascending, and their places among all. */
export interface KeyedTerms {
  readonly key: string
  readonly terms: readonly string[]
  readonly places: readonly number[]
}

export class FormKeys {
  /** Each key with a term behind it, and the place of that. */
  readonly #keyed: StringRuns
  /** For each term its group. */
  readonly #groupOf = new GrowingInts()
  /** For each group how many terms it has. */
  readonly #sizes = new GrowingInts()

  /** The keys that a stemmer makes of some terms, which ascend. Throws `io`. */
  constructor(terms: Iterable<string>, stem: Stemmer, store: Pick<RunStore, 'keep'>) {
    this.#keyed = new StringRuns(store, 1)
    this.#sort(terms, stem)
    let group = 0
    for (const { places } of this.groups()) {
      for (const place of places) this.#groupOf.values[place] = group
      this.#sizes.push(places.length)
      group++
    }
  }

  /** How many terms there are. */
  get terms(): number {
    return this.#groupOf.length
  }

  /** How many groups there are. */
  get length(): number {
    return this.#sizes.length
  }

  /** The group of the term at a place; below 0 where it is its key, and no other has that. */
  groupOf(place: number): number {
    return this.#groupOf.values[place]!
  }

  /** How many terms a group has. */
  sizeOf(group: number): number {
    return this.#sizes.values[group]!
  }

  /** The groups in ascending order of key, those left out that are but a term which is its key. Throws `io`. */
  *groups(): Generator<KeyedTerms> {
    let [key, terms, places]: [string, string[], number[]] = ['', [], []]
    const isGroup = () => terms.length > 1 || (terms.length === 1 && terms[0] !== key)
    const keyed = this.#keyed.merged()
    while (keyed.advance()) {
      const { string } = keyed
      const at = string.indexOf(BETWEEN)
      const term = string.slice(at + 1)
      if (at !== key.length || !string.startsWith(key)) {
        if (isGroup()) yield { key, terms, places }
        key = string.slice(0, at)
        terms = []
        places = []
      }
      terms.push(term)
      places.push(keyed.numberIn(keyed.runs[0]!, 0))
    }
    if (isGroup()) yield { key, terms, places }
  }

  #sort(terms: Iterable<string>, stem: Stemmer): void {
    const keyed = new StringList()
    const close = () => {
      const first = this.terms - keyed.length
      this.#keyed.add(keyed, number => first + number)
      keyed.clear()
    }
    for (const term of terms) {
      keyed.pushString(formKey(term, stem) + BETWEEN + term)
      this.#groupOf.push(-1)
      if (keyed.length === RUN_TERMS) close()
    }
    close()
  }
}
