/** The documents that a query matches, for lists of paths. */
import type { Asked } from './ask.ts'
import { documentHits } from './document-hits.ts'
import { match, type PoolOrder } from './match.ts'
import type { IndexParts } from './parts.ts'
import type { MatchedDocument } from './result.ts'

/** By their best chunk, or in the order of paths. Those whose files are gone are left out, unless none is here. */
export async function matchedDocuments(
  { collection, plan }: Pick<Asked, 'collection' | 'plan'>,
  { documents, segments, order, manifest, sources }: IndexParts,
  sort: PoolOrder | undefined,
): Promise<MatchedDocument[]> {
  const { pool } = await match(collection, plan, undefined, sort)
  const found = await documentHits(segments, pool)
  const listed = await Promise.all(
    found.map(({ segment, document }) => documents.at(order.rankOf(segment, document))),
  )
  const check = sources?.check()
  const attached = await check?.isAttached(listed.slice(0, 10), documents, manifest.totals.documents)
  return listed.flatMap((document, number): MatchedDocument[] => {
    if (attached && !check!.exists(document)) return []
    return [
      { path: document.path, state: attached ? 'current' : 'detached', hits: found[number]!.chunks.length },
    ]
  })
}
