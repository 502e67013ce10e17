/**
 * Many short lists made into one: a wildcard may stand for thousands of rare words, and a list that is open costs more
 * memory than it has postings.
 */
import type { PostingBlock } from '../segment/posting.ts'
import type { PostingList } from '../segment/posting-list.ts'
import type { Segment } from '../segment/segment.ts'
import { FIELDS } from '../text/field.ts'
import { WINDOW, WINDOW_BITS } from './bits.ts'
import { MemoryPostings } from './postings.ts'

/** Postings side by side, in no order. */
interface Columns {
  readonly chunks: Int32Array
  readonly lengths: Uint8Array
  readonly frequencies: readonly Int32Array[]
}

/** The union of a segment's lists that weigh the same: frequencies add up. Reads every list once. */
export async function mergedPostings(
  segment: Segment,
  lists: readonly PostingList[],
): Promise<MemoryPostings> {
  const columns = await collect(segment, lists)
  const { entries, starts } = byWindow(columns.chunks)
  const merged = new MemoryPostings()
  const sums = new WindowSums()
  for (let window = 0; window + 1 < starts.length; window++) {
    const [from, to] = [starts[window]!, starts[window + 1]!]
    if (from === to) continue
    sums.add(columns, entries, from, to)
    sums.giveTo(merged, window * WINDOW)
  }
  return merged
}

async function collect(segment: Segment, lists: readonly PostingList[]): Promise<Columns> {
  const total = lists.reduce((count, list) => count + list.documentFrequency, 0)
  const columns = {
    chunks: new Int32Array(total),
    lengths: new Uint8Array(total),
    frequencies: FIELDS.map(() => new Int32Array(total)),
  }
  let size = 0
  for await (const some of segment.readNeighbours(lists)) {
    for (const list of some)
      for (let there = list.next(); there instanceof Promise ? await there : there; there = list.next())
        size = append(columns, list.block, size)
  }
  return columns
}

/** Adds the postings of a block; gives how many there are then. */
function append({ chunks, lengths, frequencies }: Columns, block: PostingBlock, size: number): number {
  block.decodeFrequencies()
  for (let at = 0; at < block.size; at++) {
    chunks[size + at] = block.chunks[at]!
    lengths[size + at] = block.lengths[at]!
  }
  for (let field = 0; field < frequencies.length; field++) {
    const [to, from] = [frequencies[field]!, block.frequencies[field]!]
    for (let at = 0; at < block.size; at++) to[size + at] = from[at]!
  }
  return size + block.size
}

/**
 * The entries window by window: those of a window stand from its start to that of the next. Loops by number, here as in all
 * that is done for each posting: most of it is done before V8 has made fast code of it, and an iterator is slow until then.
 */
function byWindow(chunks: Int32Array): { readonly entries: Int32Array; readonly starts: Int32Array } {
  let last = -1
  for (let entry = 0; entry < chunks.length; entry++) if (chunks[entry]! > last) last = chunks[entry]!
  const starts = new Int32Array((last >> WINDOW_BITS) + 2)
  for (let entry = 0; entry < chunks.length; entry++) starts[(chunks[entry]! >> WINDOW_BITS) + 1]!++
  for (let window = 1; window < starts.length; window++) starts[window]! += starts[window - 1]!
  const next = starts.slice()
  const entries = new Int32Array(chunks.length)
  for (let entry = 0; entry < chunks.length; entry++) entries[next[chunks[entry]! >> WINDOW_BITS]!++] = entry
  return { entries, starts }
}

/** The sums of one window. */
class WindowSums {
  /** Length code + 1 of each chunk that has postings, else 0. */
  readonly #lengths = new Uint8Array(WINDOW)
  readonly #sums = FIELDS.map(() => new Int32Array(WINDOW))
  readonly #sum = FIELDS.map(() => 0)

  /** Adds the postings of the entries `[from, to)`. */
  add({ chunks, lengths, frequencies }: Columns, entries: Int32Array, from: number, to: number): void {
    const own = this.#lengths
    const [texts, headings, titles] = frequencies as [Int32Array, Int32Array, Int32Array]
    const [ofText, ofHeading, ofTitle] = this.#sums as [Int32Array, Int32Array, Int32Array]
    for (let at = from; at < to; at++) {
      const entry = entries[at]!
      const place = chunks[entry]! & (WINDOW - 1)
      own[place] = lengths[entry]! + 1
      ofText[place]! += texts[entry]!
      ofHeading[place]! += headings[entry]!
      ofTitle[place]! += titles[entry]!
    }
  }

  /** Gives the sums away in order of chunk; begins anew. */
  giveTo(merged: MemoryPostings, firstChunk: number): void {
    const sum = this.#sum
    for (let place = 0; place < WINDOW; place++) {
      const length = this.#lengths[place]!
      if (length === 0) continue
      this.#lengths[place] = 0
      for (let field = 0; field < sum.length; field++) {
        sum[field] = this.#sums[field]![place]!
        this.#sums[field]![place] = 0
      }
      merged.push(firstChunk + place, length - 1, sum)
    }
  }
}
