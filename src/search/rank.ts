/**
 * From the pool to the order of the answer: the slice scores it, ties are broken by place. What lies beyond the pool
 * that every reader ranks keeps the order of stage 1.
 */
import type { Collection, Matches, PoolOrder } from './match.ts'
import type { Candidate } from './pool.ts'
import { rounded } from './score.ts'
import { sliceScores } from './slice.ts'

/** A candidate with its final score. */
export interface Ranked {
  readonly candidate: Candidate
  readonly score: number
  /** Where hits stand for their documents: further chunks of the document that match. */
  readonly more?: number
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
  if (order === 'score') ranked.sort((a, b) => b.score - a.score || a.candidate.order - b.candidate.order)
  const rest = pool.slice(depth).map(candidate => ({ candidate, score: rounded(candidate.score) }))
  return [...ranked, ...rest]
}
