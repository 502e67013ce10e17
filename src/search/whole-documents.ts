/** Documents that satisfy a query as a whole, where no passage does. Loaded only then. */
import type { Asked } from './ask.ts'
import { documentHits } from './document-hits.ts'
import { documentPlan } from './document-plan.ts'
import { match } from './match.ts'

/** How many there are; 0 where the query is no conjunction. */
export async function countWholeDocuments({
  plan,
  collection,
}: Pick<Asked, 'plan' | 'collection'>): Promise<number> {
  if (plan.kind !== 'and') return 0
  const { pool } = await match(collection, await documentPlan(collection, plan), undefined)
  return (await documentHits(collection.segments, pool)).length
}
