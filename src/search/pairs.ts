/**
 * Words that stand side by side in the query and in a passage. In come passages and the query's words in order, out
 * come what these add to each score (after Metzler and Croft's sequential dependence, SIGIR 2005). Windows and spans
 * of any width were tried too and added nothing to it.
 */
import type { Passage } from './passage.ts'
import { idf, saturation } from './score.ts'

/** What a pair counts beside a word. From 0.7 to 1.1 nDCG@10 is the same within 0.003. */
const PAIR_WEIGHT = 0.9

/** A word of the query, where it stands among its neighbours. */
export interface AskedWord {
  readonly key: string
  /** What it counts. */
  readonly weight: number
  readonly idf: number
}

/** What pairs add to each passage's score; `sequences` are stretches of words that follow one another in the query. */
export function pairShares(
  passages: readonly Passage[],
  sequences: readonly (readonly AskedWord[])[],
): Float64Array {
  const shares = new Float64Array(passages.length)
  const seen = new Set<string>()
  for (const words of sequences) {
    for (const [place, second] of words.entries()) {
      const first = words[place - 1]
      if (!first || first.key === second.key || seen.has(`${first.key} ${second.key}`)) continue
      seen.add(`${first.key} ${second.key}`)
      addPair(shares, passages, first, second)
    }
  }
  return shares
}

function addPair(
  shares: Float64Array,
  passages: readonly Passage[],
  first: AskedWord,
  second: AskedWord,
): void {
  const frequencies = passages.map(passage => frequencyOf(passage, first.key, second.key))
  const having = frequencies.filter(frequency => frequency > 0).length
  if (having === 0) return
  const worth = Math.min(first.idf + second.idf, idf(having, passages.length))
  const weight = PAIR_WEIGHT * worth * Math.sqrt(Math.min(first.weight, second.weight, 1))
  for (const [place, { norm }] of passages.entries()) {
    const frequency = frequencies[place]!
    if (frequency > 0) shares[place]! += weight * saturation(frequency, norm)
  }
}

function frequencyOf({ words, headings }: Passage, first: string, second: string): number {
  let frequency = count(words, first, second)
  for (const heading of headings) frequency += heading.weight * count(heading.words, first, second)
  return frequency
}

function count(words: readonly string[], first: string, second: string): number {
  let times = 0
  for (let at = 1; at < words.length; at++) if (words[at - 1] === first && words[at] === second) times++
  return times
}
