/**
 * Feedback: the best passages tell which other words belong to the subject, and passages that have these rise. In come
 * passages and their scores so far, out comes what it adds to each score (after Rocchio, in The SMART Retrieval System,
 * 1971, with BM25 weights). No dictionary is asked: how common a word is, is told by how many of the passages have it,
 * which on four collections ranks as well as the true frequency and better for short queries.
 */
import type { Passage } from './passage.ts'
import { idf, saturation } from './score.ts'

/** What all the words of the feedback are worth together, beside those of the query. */
const FEEDBACK_WEIGHT = 0.9

/** Words at the most, and passages a word that is not asked for must stand in. */
const MOST_WORDS = 40
const LEAST_PASSAGES = 2

/**
 * How much a word's idf among the passages says of its worth. Little: they were chosen for what they have in common, so
 * that among them even a rare word of the subject is common.
 */
const IDF_PART = 0.25

/**
 * What feedback adds to each passage's score. `asked` are the keys of the query's words, `worth` what these are worth
 * together: their idf times what they count.
 */
export function feedbackShares(
  passages: readonly Passage[],
  scores: ArrayLike<number>,
  asked: ReadonlySet<string>,
  worth: number,
): Float64Array {
  const shares = new Float64Array(passages.length)
  const having = countPassages(passages)
  const worthOf = (word: string): number => 1 + IDF_PART * idf(having.get(word)!, passages.length)
  const gains = new Map<string, number>()
  const order = [...passages.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b)
  for (const [rank, place] of order.entries()) {
    const { frequencies, norm } = passages[place]!
    for (const [word, frequency] of frequencies) {
      const gain = (worthOf(word) * saturation(frequency, norm)) / (rank + 1)
      gains.set(word, (gains.get(word) ?? 0) + gain)
    }
  }
  const words = [...gains]
    .filter(([word]) => asked.has(word) || (having.get(word)! >= LEAST_PASSAGES && word.length > 1))
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, MOST_WORDS)
  const sum = words.reduce((all, [, gain]) => all + gain, 0)
  if (sum === 0) return shares
  for (const [place, { frequencies, norm }] of passages.entries()) {
    for (const [word, gain] of words) {
      const frequency = frequencies.get(word)
      if (frequency === undefined) continue
      shares[place]! += (FEEDBACK_WEIGHT * worth * gain * worthOf(word) * saturation(frequency, norm)) / sum
    }
  }
  return shares
}

/** In how many passages each word stands. */
export function countPassages(passages: readonly Passage[]): Map<string, number> {
  const having = new Map<string, number>()
  for (const { frequencies } of passages) {
    for (const word of frequencies.keys()) having.set(word, (having.get(word) ?? 0) + 1)
  }
  return having
}
