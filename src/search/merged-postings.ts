/**
 * Many short lists made into one: a wildcard may stand for thousands of rare words, and a list that is open costs more
 * memory than it has postings.
 */
import type { PostingList } from '../segment/posting-list.ts'
import { FIELDS } from '../text/field.ts'
import { MemoryPostings } from './postings.ts'

/** The union of lists that weigh the same: frequencies add up. Reads every list once. */
export async function mergedPostings(lists: readonly PostingList[]): Promise<MemoryPostings> {
  const columns = await collect(lists)
  const merged = new MemoryPostings()
  const sum = FIELDS.map(() => 0)
  const { order } = columns
  for (let at = 0; at < order.length; at++) {
    const entry = order[at]! % columns.chunks.length
    for (let field = 0; field < sum.length; field++) sum[field]! += columns.frequencies[field]![entry]!
    const chunk = columns.chunks[entry]!
    const next = order[at + 1]
    if (next !== undefined && columns.chunks[next % columns.chunks.length] === chunk) continue
    merged.push(chunk, columns.lengths[entry]!, sum)
    sum.fill(0)
  }
  return merged
}

/** All postings side by side, and the order that sorts them by chunk. */
async function collect(lists: readonly PostingList[]) {
  const total = lists.reduce((count, list) => count + list.documentFrequency, 0)
  const chunks = new Int32Array(total)
  const lengths = new Uint8Array(total)
  const frequencies = FIELDS.map(() => new Int32Array(total))
  let next = 0
  for (const list of lists) {
    while (await list.next()) {
      const { block } = list
      block.decodeFrequencies()
      chunks.set(block.chunks.subarray(0, block.size), next)
      lengths.set(block.lengths.subarray(0, block.size), next)
      for (const [field, column] of frequencies.entries()) {
        column.set(block.frequencies[field]!.subarray(0, block.size), next)
      }
      next += block.size
    }
  }
  // Chunk and entry in one number, which a typed array sorts fast: below 2^53 for any index that fits on a disk.
  const order = Float64Array.from(chunks, (chunk, entry) => chunk * total + entry).sort()
  return { chunks, lengths, frequencies, order }
}
