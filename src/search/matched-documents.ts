/** The documents that a query matches, for lists of paths. */
import type { Asked } from './ask.ts'
import { documentHits } from './document-hits.ts'
import { type Collection, type CountedLeaf, match, type PoolOrder } from './match.ts'
import type { IndexParts } from './parts.ts'
import type { Candidate } from './pool.ts'
import type { MatchedDocument } from './result.ts'
import type { Standing, Whereabouts } from './standing.ts'

/** Who knows how documents stand to their files. */
export interface Witness extends Pick<Standing, 'whereabouts'> {
  /** Whether the file of a document that has changed still holds what of it matched. */
  stillHolds(
    chunks: readonly Candidate[],
    leaves: readonly CountedLeaf[],
    collection: Collection,
  ): Promise<boolean>
}

/** What is wanted of the documents. */
export interface ListRequest {
  readonly sort: PoolOrder | undefined
  /** How many at the most; all where left out. */
  readonly most: number | undefined
}

/**
 * By their best chunk, or in the order of paths. Left out are those whose files are gone, or have changed and match no
 * more; unless none is here. Where but a few are wanted, the files of others are not looked at.
 */
export async function matchedDocuments(
  { collection, plan }: Pick<Asked, 'collection' | 'plan'>,
  { documents, segments, order }: IndexParts,
  { sort, most = Number.POSITIVE_INFINITY }: ListRequest,
  witness: Witness,
): Promise<MatchedDocument[]> {
  const { pool, leaves } = await match(collection, plan, undefined, sort)
  const found = await documentHits(segments, pool)
  const matched: MatchedDocument[] = []
  for (let start = 0; start < found.length && matched.length < most; ) {
    const some = found.slice(start, start + most - matched.length)
    start += some.length
    const listed = await Promise.all(
      some.map(({ segment, document }) => documents.at(order.rankOf(segment, document))),
    )
    const places = await witness.whereabouts(listed)
    const counted = listed.map(({ path }, number) => {
      const { chunks } = some[number]!
      return { path, chunks, hits: chunks.length }
    })
    matched.push(
      ...(await stillMatching(counted, places, chunks => witness.stillHolds(chunks, leaves, collection))),
    )
  }
  return matched
}

/** A document of the index with matching chunks. */
export interface FoundDocument {
  readonly path: string
  readonly hits: number
  /** Those chunks, where they are at hand. */
  readonly chunks: readonly Candidate[]
}

/** Those that are at some place, and have not changed or match all the same. */
export async function stillMatching(
  found: readonly FoundDocument[],
  places: readonly (Whereabouts | undefined)[],
  holds: (chunks: readonly Candidate[]) => Promise<boolean>,
): Promise<MatchedDocument[]> {
  const matched: MatchedDocument[] = []
  for (const [number, { path, hits, chunks }] of found.entries()) {
    const place = places[number]
    if (!place || (place.state === 'changed' && chunks.length > 0 && !(await holds(chunks)))) continue
    matched.push({ path, ...place, hits })
  }
  return matched
}

/** Candidates by the document they are of; each keeps its place. */
export function byDocument<T>(
  pool: readonly Candidate[],
  documentOf: (candidate: Candidate) => T,
): Map<T, Candidate[]> {
  const grouped = new Map<T, Candidate[]>()
  for (const candidate of pool) {
    const document = documentOf(candidate)
    const known = grouped.get(document)
    if (known) known.push(candidate)
    else grouped.set(document, [candidate])
  }
  return grouped
}
