/**
 * Documents ranked by their chunks: by the best one first of all, and by each further one that matches, the next best
 * always counting less. In comes a ranking of chunks, out comes the best of each document in the order of documents.
 */
import type { Segment } from '../segment/segment.ts'
import { documentHits } from './document-hits.ts'
import { byScore, type Ranked, withShare } from './rank.ts'

/**
 * What a chunk counts, of what the next better one of its document counts. From 0.1 to 0.3 nDCG@10 is the same within
 * 0.005 on collections that were cut into passages of 40 words; without it, it is 0.009 lower.
 */
const NEXT_COUNTS = 0.2

/** The best chunk of each document, with the number of the others; with `all` false only the best one counts. */
export async function documentRanking(
  segments: readonly Segment[],
  chunks: readonly Ranked[],
  all: boolean,
): Promise<Ranked[]> {
  const byCandidate = new Map(chunks.map(item => [item.candidate, item]))
  const documents = await documentHits(segments, [...byCandidate.keys()])
  const ranked = documents.map(({ chunks: [best, ...further] }): Ranked => {
    const hit = { ...byCandidate.get(best)!, more: further.length }
    if (!all) return hit
    const share = further.reduceRight(
      (sum, candidate) => NEXT_COUNTS * (byCandidate.get(candidate)!.score + sum),
      0,
    )
    return withShare(hit, 'further passages', share)
  })
  return all ? ranked.sort(byScore) : ranked
}
