/**
 * Lists of postings that stand close together in a file, as those of words with a common beginning do, read in a few large
 * reads. What lies between them (their positions) is read along.
 */
import type { PostingList } from './posting-list.ts'
import type { UnitFile } from './unit.ts'

/** Bytes between two lists that cost less to read than a read. */
const GAP = 1 << 13

/** Bytes read in one go. */
const MOST = 1 << 18

/** The lists, some at a time, in order, with the postings of those that have one block at hand. Throws as reading does. */
export async function* readNeighbours(
  file: UnitFile,
  lists: readonly PostingList[],
): AsyncGenerator<readonly PostingList[]> {
  for (let next = 0; next < lists.length; ) {
    const group: PostingList[] = []
    let start = 0
    let end = 0
    for (; next < lists.length; next++) {
      const place = lists[next]!.onlyBlock
      if (place) {
        const fits = place.offset >= end && place.offset <= end + GAP
        const isFirst = end === 0
        if (!isFirst && !(fits && place.offset + place.length - start <= MOST)) break
        if (isFirst) start = place.offset
        end = place.offset + place.length
      }
      group.push(lists[next]!)
    }
    if (end > start) await lendBlocks(file, group, start, end - start)
    yield group
  }
}

async function lendBlocks(
  file: UnitFile,
  group: readonly PostingList[],
  start: number,
  length: number,
): Promise<void> {
  const bytes = await file.readRaw(start, length)
  for (const list of group) {
    const place = list.onlyBlock
    if (place) list.lend(bytes.subarray(place.offset - start, place.offset - start + place.length))
  }
}
