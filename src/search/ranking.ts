/** The order of an answer without what is shown of it: where each hit stands and its score, for measuring. */
import type { Segment } from '../segment/segment.ts'
import { firstChunks, lastAtOrBefore } from './document-hits.ts'
import type { IndexParts } from './parts.ts'
import type { Ranked } from './rank.ts'

export interface RankedPlace {
  /** Relative to the index's root, with `/`. */
  readonly path: string
  readonly score: number
  /** 1-based lines of the chunk; undefined where it stands for its document. */
  readonly lines?: readonly [first: number, last: number]
  /** Where the same text stands besides; left out where nowhere. */
  readonly also?: readonly RankedPlace[]
}

/** Where what was ranked stands; of documents no text is read. */
export async function placesOf(
  { segments, documents, order }: Pick<IndexParts, 'segments' | 'documents' | 'order'>,
  ranked: readonly Ranked[],
  grouped: boolean,
): Promise<RankedPlace[]> {
  const starts = await Promise.all(segments.map(firstChunks))
  const placeOf = async ({ candidate: { segment, chunk }, score, twins }: Ranked): Promise<RankedPlace> => {
    const { path } = await documents.at(order.rankOf(segment, lastAtOrBefore(starts[segment]!, chunk)))
    if (grouped) return { path, score }
    const lines = await linesOf(segments[segment]!, chunk)
    return { path, score, lines, ...(twins ? { also: await Promise.all(twins.map(placeOf)) } : {}) }
  }
  return Promise.all(ranked.map(placeOf))
}

async function linesOf({ text }: Segment, chunk: number): Promise<[number, number]> {
  const { startLine, endLine } = await text.chunk(chunk)
  return [startLine, endLine]
}
