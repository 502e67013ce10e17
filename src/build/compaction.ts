/**
 * When segments are made one. A small index is one segment in order of path after every run, and so the same bytes
 * whatever its history. In a large one an update costs what changed: new documents go into a segment of their own, and
 * segments of about the same size are merged when there are several, so that there are never many and each document is
 * copied a few times at most.
 */

/** Bytes of text below which an index is always one segment. */
export const SMALL_INDEX = 16 << 20

/** Segments of one size that make a larger one; sizes differ by as much. */
const FANOUT = 4

/** Bytes of the smallest size. */
const SMALLEST = 1 << 20

/** Share of a segment's chunks that may be deleted. */
const MOST_DELETED = 0.25

/** Runs of documents that the manifest may hold. */
const MOST_RUNS = 2000

/** What a segment is judged by. */
export interface SegmentState {
  readonly bytes: number
  readonly chunks: number
  readonly liveChunks: number
  /** Whether no document of it is deleted: one may have no chunk. */
  readonly isWhole: boolean
}

export interface IndexState {
  readonly segments: readonly SegmentState[]
  /** Runs of documents; see segment/document-order.ts. */
  readonly runs: number
  /** Whether all is to be made one in any case. */
  readonly toOne: boolean
}

/** The numbers of the segments that are to be merged, group by group; none where all is well as it is. */
export function segmentsToMerge({ segments, runs, toOne }: IndexState): number[][] {
  const all = segments.map((_, number) => number)
  const isOne = segments.length === 1 && runs <= 1 && segments[0]!.isWhole
  if (isOne || segments.length === 0) return []
  if (toOne || runs > MOST_RUNS) return [all]
  const groups: number[][] = []
  for (const tier of tiersOf(segments).values()) if (tier.length >= FANOUT) groups.push(tier)
  const merged = new Set(groups.flat())
  const decayed = all.filter(number => !merged.has(number) && deletedShare(segments[number]!) > MOST_DELETED)
  return decayed.length > 0 ? [...groups, decayed] : groups
}

/** The segments by size. */
function tiersOf(segments: readonly SegmentState[]): Map<number, number[]> {
  const tiers = new Map<number, number[]>()
  for (const [number, segment] of segments.entries()) {
    const live = segment.bytes * (1 - deletedShare(segment))
    const tier = Math.max(0, Math.floor(Math.log(live / SMALLEST) / Math.log(FANOUT)))
    const own = tiers.get(tier) ?? []
    own.push(number)
    tiers.set(tier, own)
  }
  return tiers
}

function deletedShare({ chunks, liveChunks }: SegmentState): number {
  return chunks === 0 ? 1 : 1 - liveChunks / chunks
}
