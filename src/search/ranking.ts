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
}

/** Where what was ranked stands; of documents no text is read. */
export async function placesOf(
  { segments, documents, order }: Pick<IndexParts, 'segments' | 'documents' | 'order'>,
  ranked: readonly Ranked[],
  grouped: boolean,
): Promise<RankedPlace[]> {
  const starts = await Promise.all(segments.map(firstChunks))
  return Promise.all(
    ranked.map(async ({ candidate: { segment, chunk }, score }): Promise<RankedPlace> => {
      const { path } = await documents.at(order.rankOf(segment, lastAtOrBefore(starts[segment]!, chunk)))
      return grouped ? { path, score } : { path, score, lines: await linesOf(segments[segment]!, chunk) }
    }),
  )
}

async function linesOf({ text }: Segment, chunk: number): Promise<[number, number]> {
  const { startLine, endLine } = await text.chunk(chunk)
  return [startLine, endLine]
}
