/** What an answer of a cluster lacks: what of it was silent, and what is behind. */
import type { PartialAnswer, SearchResult } from '../search/result.ts'
import { shareOf } from './placement.ts'
import type { ClusterState } from './state.ts'

/** Undefined where every shard has answered, and all are as recent. `silent` are servers that have not answered. */
export function partialAnswer(
  { latest, missing, lagging }: ClusterState,
  silent: readonly string[],
): PartialAnswer | undefined {
  const behind = new Set([...lagging].filter(shard => !missing.has(shard)))
  if (missing.size + behind.size + silent.length === 0) return undefined
  // A shard may have come back by now: then it is told as a share of the shards.
  const share =
    missing.size > 0 ? shareOf(latest.map, missing) : Math.min(1, silent.length / latest.copies.length)
  return {
    missing: share,
    lagging: shareOf(latest.map, behind),
    shards: [...new Set([...missing, ...behind])].sort((a, b) => a - b),
  }
}

/** What is said of an answer that lacks something. Where documents were not looked at, it denies nothing. */
export function notesOn(partial: PartialAnswer): Partial<SearchResult> {
  return partial.missing > 0 ? { partial, absent: [], suggestion: null, stale: null } : { partial }
}
