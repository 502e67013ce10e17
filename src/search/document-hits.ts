/** From matching chunks to the documents they belong to. */
import type { Segment } from '../segment/segment.ts'
import type { Candidate } from './pool.ts'

/** A document with matching chunks. */
export interface DocumentHit {
  readonly segment: number
  /** Number in its segment. */
  readonly document: number
  /** Its matching chunks, best first. */
  readonly chunks: readonly [best: Candidate, ...further: Candidate[]]
}

/** The documents of some chunks, each once, in the order of its first; `pool` is best first. */
export async function documentHits(
  segments: readonly Segment[],
  pool: readonly Candidate[],
): Promise<DocumentHit[]> {
  const starts = await Promise.all(segments.map(firstChunks))
  const hits = new Map<string, DocumentHit & { chunks: [Candidate, ...Candidate[]] }>()
  for (const candidate of pool) {
    const { segment, chunk } = candidate
    const document = lastAtOrBefore(starts[segment]!, chunk)
    const key = `${segment} ${document}`
    const known = hits.get(key)
    if (known) known.chunks.push(candidate)
    else hits.set(key, { segment, document, chunks: [candidate] })
  }
  return [...hits.values()]
}

const known = new WeakMap<Segment, Promise<Int32Array>>()

/** First chunk of each document of a segment, read once. One without chunks shares that of the next. */
export function firstChunks(segment: Segment): Promise<Int32Array> {
  const kept = known.get(segment)
  if (kept) return kept
  const starts = readFirstChunks(segment)
  known.set(segment, starts)
  // What could not be read may be there the next time.
  starts.catch(() => known.delete(segment))
  return starts
}

async function readFirstChunks(segment: Segment): Promise<Int32Array> {
  const starts = new Int32Array(segment.entry.documents)
  let document = 0
  for await (const { firstChunk } of segment.rows.all()) starts[document++] = firstChunk
  return starts
}

/** The document whose chunks begin at or before `chunk`, the last of these. */
export function lastAtOrBefore(starts: Int32Array, chunk: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= chunk) low = middle
    else high = middle - 1
  }
  return low
}
