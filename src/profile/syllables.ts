/** Syllables of English words, each word counted once. Numbers and letters alone have one. */
import { syllable } from 'syllable'
import type { SyllableCounter } from './counts.ts'

/** A counter that remembers the words it has seen. */
export function syllableCounter(): SyllableCounter {
  const known = new Map<string, number>()
  return word => {
    let count = known.get(word)
    if (count === undefined) {
      count = Math.max(1, syllable(word))
      known.set(word, count)
    }
    return count
  }
}
