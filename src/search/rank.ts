/**
 * From the pool to the order of stage 1: the slice scores its head, ties are broken by place. What lies beyond keeps the
 * order and the score it was found with, which are the same but for the last digits of a double.
 */
import type { Collection, Matches, PoolOrder } from './match.ts'
import type { Candidate } from './pool.ts'
import { rounded } from './score.ts'
import { sliceScores } from './slice.ts'

/** A candidate with its score. */
export interface Ranked {
  readonly candidate: Candidate
  readonly score: number
  /** What of the score is not the query's own words: see refine.ts. They add up to it with these. */
  readonly shares?: readonly RankShare[]
  /** Where hits stand for their documents: further chunks of the document that match. */
  readonly more?: number
  /** Further candidates with the same text, which this one stands for. */
  readonly twins?: readonly Ranked[]
}

/** What ranking adds to the score of the query's words. */
export type RankPart =
  | 'headings'
  | 'pairs'
  | 'lead'
  | 'feedback'
  | 'neighbours'
  | 'every word'
  | 'further passages'

/** The part of a score that is not the words' own; below 0 where it takes away. */
export interface RankShare {
  readonly part: RankPart
  readonly score: number
}

/** The pool in the order of the answer: best first, the slice ranking its first `depth`; or as it is, with its scores. */
export function rank(
  collection: Collection,
  { pool, leaves }: Matches,
  depth: number,
  order: PoolOrder = 'score',
): Ranked[] {
  const head = pool.slice(0, depth)
  const scores = sliceScores(collection, leaves, head)
  const ranked = head.map((candidate, place) => ({ candidate, score: rounded(scores[place]!) }))
  if (order === 'score') ranked.sort(byScore)
  const rest = pool.slice(depth).map(candidate => ({ candidate, score: rounded(candidate.score) }))
  return [...ranked, ...rest]
}

/** The order of answers: the higher score first, of equals what stands first in the index. */
export function byScore(a: Ranked, b: Ranked): number {
  return b.score - a.score || a.candidate.order - b.candidate.order
}

/** With something added to its score. */
export function withShare(ranked: Ranked, part: RankPart, score: number): Ranked {
  if (score === 0) return ranked
  const shares = [...(ranked.shares ?? []), { part, score }]
  return { ...ranked, score: rounded(ranked.score + score), shares }
}
