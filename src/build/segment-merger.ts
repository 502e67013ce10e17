/**
 * Makes one segment of documents that lie in several, leaving out what is no longer in the index. Nothing is analyzed
 * anew: texts are copied, postings renumbered. What comes out is byte for byte what building from the same documents
 * would give.
 */
import type { DocumentRow } from '../segment/document-row.ts'
import type { AnalyzerEntry } from '../segment/manifest.ts'
import { PositionBlock, PostingBlock } from '../segment/posting.ts'
import { PostingEncoder } from '../segment/posting-encoder.ts'
import type { PostingList } from '../segment/posting-list.ts'
import type { Segment } from '../segment/segment.ts'
import { compressBlocks } from '../segment/text-writer.ts'
import {
  type FinishedSegment,
  type ListTaker,
  type PostingSource,
  SegmentWriter,
  type Stemmers,
} from './segment-writer.ts'

/** A document to be merged: a number in a segment. */
export interface PlacedDocument {
  readonly segment: number
  readonly document: number
}

/** What a merge is made of and for. */
export interface MergePlan {
  /** Folder the segment will stand in. */
  readonly folder: string
  readonly segments: readonly Segment[]
  /** In order of path. */
  readonly documents: readonly PlacedDocument[]
  readonly analyzer: AnalyzerEntry
  readonly stemmers: Stemmers
  /** Called between documents and terms: lets others have their turn, and throws where the caller has asked to stop. */
  readonly turn: () => Promise<void> | undefined
}

/** Merges, and writes the segment. Throws `damaged` where one of the segments is, `io`. */
export async function mergeSegments(plan: MergePlan): Promise<FinishedSegment> {
  const { folder, segments, documents, analyzer, stemmers, turn } = plan
  const writer = new SegmentWriter(folder, compressHere)
  try {
    const numbers = segments.map(({ entry }) => new Int32Array(entry.chunks).fill(-1))
    const rows = await Promise.all(segments.map(rowsOf))
    for (const { segment, document } of documents) {
      const row = rows[segment]![document]!
      const first = writer.chunks
      for (let chunk = 0; chunk < row.chunks; chunk++)
        numbers[segment]![row.firstChunk + chunk] = first + chunk
      await copyDocument(segments[segment]!, row, writer)
      await turn()
    }
    return await writer.finish(analyzer, stemmers, new MergedPostings(segments, numbers, turn))
  } catch (thrown) {
    writer.abandon()
    throw thrown
  }
}

async function compressHere(blocks: readonly Uint8Array[], dictionary: Uint8Array | undefined) {
  return compressBlocks(blocks, dictionary)
}

async function rowsOf(segment: Segment): Promise<DocumentRow[]> {
  const rows: DocumentRow[] = []
  for await (const row of segment.rows.all()) rows.push(row)
  return rows
}

async function copyDocument(segment: Segment, row: DocumentRow, writer: SegmentWriter): Promise<void> {
  const { firstChunk, chunks: count, place, length, ...document } = row
  const text = await segment.text.text(place, place + length)
  const chunks = []
  for await (const some of segment.text.chunks(firstChunk, count)) {
    for (const { place: start, text: own, ...chunk } of some)
      chunks.push({ ...chunk, start: start - place, end: start - place + own.length })
  }
  writer.add({ ...document, text }, chunks)
}

/** The postings of some segments as those of one: `numbers` says which chunk each becomes, -1 for none. */
class MergedPostings implements PostingSource {
  readonly #segments: readonly Segment[]
  readonly #numbers: readonly Int32Array[]
  readonly #turn: () => Promise<void> | undefined
  #terms: Promise<string[]> | undefined
  readonly #gathered = new GatheredPostings()
  /** Memory for the list in hand. */
  readonly #lent = { postings: new PostingBlock(), positions: new PositionBlock() }

  constructor(
    segments: readonly Segment[],
    numbers: readonly Int32Array[],
    turn: () => Promise<void> | undefined,
  ) {
    this.#segments = segments
    this.#numbers = numbers
    this.#turn = turn
  }

  terms(): Promise<string[]> {
    this.#terms ??= this.#allTerms()
    return this.#terms
  }

  async eachList(take: ListTaker): Promise<void> {
    const encoder = new PostingEncoder()
    const terms = await this.terms()
    const entries = this.#segments.map(({ dictionary }) => dictionary.from())
    const heads = await Promise.all(entries.map(entry => entry.next()))
    for (const term of terms) {
      this.#gathered.clear()
      for (const [source, head] of heads.entries()) {
        if (head.done || head.value.key !== term) continue
        await this.#gather(source, this.#segments[source]!.listOf(head.value.information, this.#lent))
        heads[source] = await entries[source]!.next()
      }
      take(term, this.#gathered.giveTo(encoder) ? encoder.finish() : undefined)
      const pause = this.#turn()
      if (pause) await pause
    }
  }

  async #allTerms(): Promise<string[]> {
    const lists: string[][] = []
    for (const { dictionary } of this.#segments) {
      const own: string[] = []
      for await (const { key } of dictionary.from()) own.push(key)
      lists.push(own)
    }
    return mergeAscending(lists)
  }

  async #gather(source: number, list: PostingList): Promise<void> {
    const numbers = this.#numbers[source]!
    for (let there = list.next(); there instanceof Promise ? await there : there; there = list.next()) {
      const loaded = list.positions()
      const positions = loaded instanceof Promise ? await loaded : loaded
      this.#gathered.add(list.block, positions, numbers)
    }
  }
}

/** Postings of one term, from whatever segments, under their new numbers. */
class GatheredPostings {
  #size = 0
  #chunks = new Int32Array(1024)
  #lengths = new Uint8Array(1024)
  readonly #frequencies = [0, 1, 2].map(() => ({ values: new Int32Array(1024) }))
  #starts = new Int32Array(1024)
  #positions = new Int32Array(4096)
  #positionCount = 0
  #ascending = true

  clear(): void {
    this.#size = this.#positionCount = 0
    this.#ascending = true
  }

  /** Takes in the postings of a block whose chunks have a new number. */
  add({ chunks, lengths, frequencies, size }: PostingBlock, block: PositionBlock, numbers: Int32Array): void {
    this.#makeRoom(size, block.starts[size]!)
    const [texts, headings, titles] = frequencies as [Int32Array, Int32Array, Int32Array]
    const [ofText, ofHeading, ofTitle] = this.#frequencies.map(({ values }) => values) as [
      Int32Array,
      Int32Array,
      Int32Array,
    ]
    for (let at = 0; at < size; at++) {
      const chunk = numbers[chunks[at]!]!
      if (chunk < 0) continue
      const own = this.#size++
      if (own > 0 && this.#chunks[own - 1]! > chunk) this.#ascending = false
      this.#chunks[own] = chunk
      this.#lengths[own] = lengths[at]!
      ofText[own] = texts[at]!
      ofHeading[own] = headings[at]!
      ofTitle[own] = titles[at]!
      this.#starts[own] = this.#positionCount
      for (let place = block.starts[at]!; place < block.starts[at + 1]!; place++)
        this.#positions[this.#positionCount++] = block.positions[place]!
    }
  }

  /** Gives them away in order of chunk; false where there are none. */
  giveTo(encoder: PostingEncoder): boolean {
    const chunks = this.#chunks.subarray(0, this.#size)
    const [texts, headings, titles] = this.#frequencies.map(({ values }) => values) as [
      Int32Array,
      Int32Array,
      Int32Array,
    ]
    const give = (at: number): void =>
      encoder.add(
        chunks[at]!,
        this.#lengths[at]!,
        texts[at]!,
        headings[at]!,
        titles[at]!,
        this.#positions,
        this.#starts[at]!,
      )
    if (this.#ascending) for (let at = 0; at < this.#size; at++) give(at)
    else for (const at of Uint32Array.from(chunks.keys()).sort((a, b) => chunks[a]! - chunks[b]!)) give(at)
    return chunks.length > 0
  }

  #makeRoom(postings: number, positions: number): void {
    const needed = this.#size + postings
    if (needed > this.#chunks.length) {
      const capacity = needed * 2
      this.#chunks = grown(this.#chunks, new Int32Array(capacity))
      this.#starts = grown(this.#starts, new Int32Array(capacity))
      this.#lengths = grown(this.#lengths, new Uint8Array(capacity))
      for (const column of this.#frequencies) column.values = grown(column.values, new Int32Array(capacity))
    }
    if (this.#positionCount + positions > this.#positions.length)
      this.#positions = grown(this.#positions, new Int32Array((this.#positionCount + positions) * 2))
  }
}

function grown<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}

/** Ascending lists of strings made one, each string once. */
function mergeAscending(lists: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = lists
  return others.reduce<string[]>(mergeTwo, [...first])
}

function mergeTwo(one: readonly string[], other: readonly string[]): string[] {
  const merged: string[] = []
  let a = 0
  let b = 0
  while (a < one.length || b < other.length) {
    const left = one[a]
    const right = other[b]
    if (right === undefined || (left !== undefined && left <= right)) {
      merged.push(left!)
      a++
      if (left === right) b++
    } else {
      merged.push(right)
      b++
    }
  }
  return merged
}
