/**
 * Which terms have a form key in common. Keys are sorted with their terms, run by run, and wait on disk where there are
 * many: there are as many as the segment has words, and as strings they would be most of what a build has in memory.
 */
import { formKey } from '../segment/form-table.ts'
import type { Stemmer } from '../text/stem.ts'
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
  /** How many terms there are. */
  terms = 0

  /** The keys that a stemmer makes of some terms, which ascend. Throws `io`. */
  constructor(terms: Iterable<string>, stem: Stemmer, store: Pick<RunStore, 'keep'>) {
    this.#keyed = new StringRuns(store, 1)
    const keyed = new StringList()
    const close = () => {
      const first = this.terms - keyed.length
      this.#keyed.add(keyed, number => first + number)
      keyed.clear()
    }
    for (const term of terms) {
      keyed.pushString(formKey(term, stem) + BETWEEN + term)
      this.terms++
      if (keyed.length === RUN_TERMS) close()
    }
    close()
  }

  /** In ascending order of key, as often as it is asked; but not a term which is its key, and alone. Throws `io`. */
  *groups(): Generator<KeyedTerms> {
    let [key, terms, places]: [string, string[], number[]] = ['', [], []]
    let beginning: string = BETWEEN
    const isGroup = () => terms.length > 1 || (terms.length === 1 && terms[0] !== key)
    const keyed = this.#keyed.merged()
    while (keyed.advance()) {
      if (!keyed.startsWith(beginning)) {
        if (isGroup()) yield { key, terms, places }
        const { string } = keyed
        key = string.slice(0, string.indexOf(BETWEEN))
        beginning = key + BETWEEN
        terms = []
        places = []
      }
      terms.push(keyed.string.slice(beginning.length))
      places.push(keyed.numberIn(keyed.runAt(0), 0))
    }
    if (isGroup()) yield { key, terms, places }
  }
}
