/**
 * Filters: which documents a query may look at. What they let through becomes ranges of chunks, so that they take part
 * in stage 1 like anything else and the best hits are the best of those.
 */
import type { DocumentList } from '../segment/document-list.ts'
import type { DocumentRow } from '../segment/document-row.ts'
import type { Segment } from '../segment/segment.ts'

/** Half-open, ascending ranges of chunks, for each segment. */
export type ChunkRanges = readonly (readonly (readonly [start: number, end: number])[])[]

/** The chunks of the documents whose path `accepts`. */
export async function rangesOfPaths(
  { segments, documents }: { readonly segments: readonly Segment[]; readonly documents: DocumentList },
  accepts: (path: string) => boolean,
): Promise<ChunkRanges> {
  const accepted = segments.map(() => new Set<number>())
  for await (const { path, segment, document } of documents.from()) {
    if (accepts(path)) accepted[segment]!.add(document)
  }
  return rangesOfRows(segments, (segment, document) => accepted[segment]!.has(document))
}

/** The chunks of the documents that `accepts`. Reads all rows of the segments, not their text. */
export async function rangesOfRows(
  segments: readonly Segment[],
  accepts: (segment: number, document: number, row: DocumentRow) => boolean,
): Promise<ChunkRanges> {
  const all: [number, number][][] = []
  for (const [number, segment] of segments.entries()) {
    const ranges: [number, number][] = []
    let document = 0
    for await (const row of segment.rows.all()) {
      if (!accepts(number, document++, row) || row.chunks === 0) continue
      const last = ranges.at(-1)
      const end = row.firstChunk + row.chunks
      if (last?.[1] === row.firstChunk) last[1] = end
      else ranges.push([row.firstChunk, end])
    }
    all.push(ranges)
  }
  return all
}
