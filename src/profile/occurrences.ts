/** How often a term occurs in a segment, in the chunks that are in the index. */
import type { PostingBlock } from '../segment/posting.ts'
import type { Segment } from '../segment/segment.ts'

/** `information` is the term's from the dictionary; `block` is memory that calls may share. */
export async function occurrences(
  segment: Segment,
  information: Uint8Array,
  block: PostingBlock,
): Promise<number> {
  const list = segment.listOf(information, { postings: block })
  if (segment.isWhole) return list.collectionFrequency
  let count = 0
  let run = 0
  while (await list.next()) {
    block.decodeFrequencies()
    for (let at = 0; at < block.size; at++) {
      const chunk = block.chunks[at]!
      while (run < segment.live.length && segment.live[run]![1] <= chunk) run++
      if ((segment.live[run]?.[0] ?? Number.POSITIVE_INFINITY) > chunk) continue
      for (const field of block.frequencies) count += field[at]!
    }
  }
  return count
}
