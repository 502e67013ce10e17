/** The documents that a query matches, for lists of paths. */
import type { Asked } from './ask.ts'
import { documentHits } from './document-hits.ts'
import { match, type PoolOrder } from './match.ts'
import type { IndexParts } from './parts.ts'
import type { MatchedDocument } from './result.ts'
import type { Standing } from './standing.ts'

/** By their best chunk, or in the order of paths. Those whose files are gone are left out, unless none is here. */
export async function matchedDocuments(
  { collection, plan }: Pick<Asked, 'collection' | 'plan'>,
  { documents, segments, order }: IndexParts,
  sort: PoolOrder | undefined,
  whereaboutsOf: Standing['whereabouts'],
): Promise<MatchedDocument[]> {
  const { pool } = await match(collection, plan, undefined, sort)
  const found = await documentHits(segments, pool)
  const listed = await Promise.all(
    found.map(({ segment, document }) => documents.at(order.rankOf(segment, document))),
  )
  const known = await whereaboutsOf(listed)
  return listed.flatMap(({ path }, number): MatchedDocument[] => {
    const whereabouts = known[number]
    return whereabouts ? [{ path, ...whereabouts, hits: found[number]!.chunks.length }] : []
  })
}
