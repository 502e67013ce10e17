/**
 * The stemmer of English. In comes a term of the analyzer, out its stem. Decides what is given to the algorithm, which
 * is a package's; stem.ts names both.
 */
import { stem } from 'porter2'
import { fold } from './fold.ts'

/** UTF-16 units of the longest term that is stemmed; what is longer is no word. */
const LONGEST = 40

/**
 * The stem of an English word, without its possessive ending and without marks (résumé is also written resume). Terms
 * that hold anything else than letters of English are left alone: numbers, versions, contractions, other scripts.
 */
export function stemEnglish(term: string): string {
  if (term.length > LONGEST) return term
  const word = fold(term.endsWith("'s") ? term.slice(0, -2) : term)
  return /^[a-z]+$/.test(word) ? stem(word) : term
}
