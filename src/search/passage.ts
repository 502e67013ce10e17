/**
 * A candidate as stage 2 sees it: the words of its text in order, and how often each stands in the text and the
 * headings above it. In comes a chunk that has been read, out come keys of word forms; function words are left out, and
 * of scripts without spaces the parts that a query would be matched by stand for words.
 */
import { formKey } from '../segment/form-table.ts'
import type { ChunkRow } from '../segment/text-reader.ts'
import { forEachToken } from '../text/analyzer.ts'
import type { Stemmer } from '../text/stem.ts'
import type { Ranked } from './rank.ts'
import { isSolo, runParts } from './run.ts'

/** What an occurrence in the innermost heading counts, and in those further out. */
export const HEADING_WEIGHTS = { innermost: 2, outer: 1 } as const

/** A heading above a passage. */
export interface PassageHeading {
  readonly words: readonly string[]
  readonly weight: number
  /** Whether its words stand in the passage's text too: then they have been counted there. */
  readonly isInText: boolean
}

export interface Passage {
  readonly ranked: Ranked
  /** Keys of its words, in order. */
  readonly words: readonly string[]
  readonly headings: readonly PassageHeading[]
  /** Weighted occurrences by key. */
  readonly frequencies: ReadonlyMap<string, number>
  /** What its length adds to BM25's denominator. */
  readonly norm: number
}

/** Makes keys of words. */
export interface WordKeys {
  /** Of a term of the analyzer; undefined for a function word. */
  readonly of: (term: string) => string | undefined
}

/** Keys under the stemmer of a language; each term is stemmed once. */
export function wordKeys(stem: Stemmer, functionWords: ReadonlySet<string>): WordKeys {
  const known = new Map<string, string | undefined>()
  const of = (term: string): string | undefined => {
    if (known.has(term)) return known.get(term)
    const key = functionWords.has(term) ? undefined : formKey(term, stem)
    known.set(term, key)
    return key
  }
  return { of }
}

/** Tags of HTML and XML, which say the same in many a passage and are no words of it; `Vec<T>` is left alone. */
const TAGS = /<\/?[A-Za-z][\w:-]*(?:\s[^<>]*)>|<!--[^<>]*-->|<\/[A-Za-z][\w:-]*>/g

export function passageOf(ranked: Ranked, row: ChunkRow, norm: number, keys: WordKeys): Passage {
  const words = wordsOf(row.text.replace(TAGS, ' '), keys)
  const frequencies = new Map<string, number>()
  const add = (word: string, weight: number): void => {
    frequencies.set(word, (frequencies.get(word) ?? 0) + weight)
  }
  for (const word of words) add(word, 1)
  const headings = row.trail.map((heading, depth): PassageHeading => {
    const own = wordsOf(heading, keys)
    const { innermost, outer } = HEADING_WEIGHTS
    const weight = depth === row.trail.length - 1 ? innermost : outer
    for (const word of own) add(word, weight)
    return { words: own, weight, isInText: holds(words, own) }
  })
  return { ranked, words, headings, frequencies, norm }
}

function wordsOf(text: string, keys: WordKeys): string[] {
  const words: string[] = []
  const run: string[] = []
  const endRun = (): void => {
    for (const part of run.length > 0 ? runParts(run) : []) words.push(part.join(' '))
    run.length = 0
  }
  forEachToken(text, 0, text.length, term => {
    if (isSolo(term)) {
      run.push(term)
      return
    }
    endRun()
    const key = keys.of(term)
    if (key !== undefined) words.push(key)
  })
  endRun()
  return words
}

/** Whether some words stand side by side in others. */
function holds(words: readonly string[], wanted: readonly string[]): boolean {
  if (wanted.length === 0) return true
  for (let at = words.indexOf(wanted[0]!); at >= 0; at = words.indexOf(wanted[0]!, at + 1)) {
    if (wanted.every((word, place) => words[at + place] === word)) return true
  }
  return false
}
