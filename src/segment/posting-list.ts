/**
 * Reads the postings of one term, block by block, with skips: the blocks between the current one and the next wanted
 * are neither read nor decoded. Nothing is kept of the blocks passed.
 */
import { GleanError } from '../errors.ts'
import { ByteReader } from './bytes.ts'
import type { Ranges } from './document-order.ts'
import type { KeptLists } from './kept-lists.ts'
import { POSTINGS_PER_BLOCK, PositionBlock, PostingBlock } from './posting.ts'
import { SkipTable } from './skip-table.ts'
import type { UnitAt, UnitFile } from './unit.ts'
import { UnitRun } from './unit-run.ts'

/** Chunk number that is after every chunk. */
export const END = 0x7fffffff

/** Bytes of a list fetched before they are asked for. */
const LARGEST_PREFETCH = 1 << 19

/** What the dictionary says of a term. */
export interface TermStatistics {
  /** Chunks that hold the term. */
  readonly documentFrequency: number
  /** Occurrences in all. */
  readonly collectionFrequency: number
}

/** The postings of a term in a segment. Begins before the first block; `next` and `seek` move on, `rewind` begins anew. */
export class PostingList implements TermStatistics {
  readonly documentFrequency: number
  readonly collectionFrequency: number
  /** The current block. Its arrays are used again by the next. */
  readonly block: PostingBlock

  readonly #file: UnitFile
  /** Rest of the dictionary entry: the list itself, or where it stands. */
  readonly #rest: ByteReader
  readonly #inline: boolean
  readonly #kept: KeptLists | undefined
  #place: Place | undefined
  #skips: SkipTable | undefined
  #number = -1
  // Of thousands of lists that a wildcard stands for most are read through one block lent to all, and need no more.
  #postingRun: UnitRun | undefined
  #positionRun: UnitRun | undefined
  #positions: PositionBlock | undefined
  /** The block whose positions are decoded posting by posting; -1 where none is. */
  #opened = -1

  /** The document frequency in a term's information, without opening the list. */
  static frequencyIn(information: Uint8Array): number {
    return Math.floor(new ByteReader(information).varint() / 2)
  }

  /**
   * `information` is the term's from the dictionary; `block` and `positions` are where the list decodes to, `kept` where what
   * is read of it stays.
   */
  constructor(
    file: UnitFile,
    information: Uint8Array,
    block = new PostingBlock(),
    positions?: PositionBlock,
    kept?: KeptLists,
  ) {
    this.block = block
    this.#kept = kept
    this.#positions = positions
    const reader = new ByteReader(information)
    const head = reader.varint()
    this.#file = file
    this.#inline = head % 2 === 0
    this.documentFrequency = Math.floor(head / 2)
    this.collectionFrequency = reader.varint() + this.documentFrequency
    this.#rest = reader
    if (this.documentFrequency === 0)
      throw new GleanError('damaged', `${file.shown}: a term without postings`)
  }

  /** Begins to fetch the list, and its positions too where those are wanted, where that takes long. */
  prefetch(withPositions = false): void {
    const { source } = this.#file
    if (this.#inline || !source.prefetch) return
    const { offset, table, postings, positions } = this.#placed()
    const length = table + postings + (withPositions ? positions : 0)
    source.prefetch([{ offset, length: Math.min(length, LARGEST_PREFETCH) }])
  }

  /** Where its one block of postings stands; undefined where it has several, or stands in the dictionary. */
  get onlyBlock(): UnitAt | undefined {
    if (this.#inline) return undefined
    const { offset, table, postings } = this.#placed()
    return table === 0 ? { offset, length: postings } : undefined
  }

  /** Takes the bytes of its one block of postings, which somebody read with those of others. */
  lend(bytes: Uint8Array): void {
    this.#postingRun = new UnitRun()
    this.#postingRun.take(bytes)
  }

  /** Goes back to before the first block. What was fetched is kept. */
  rewind(): void {
    this.#number = -1
  }

  /** Moves to the next block; false at the end. */
  next(): boolean | Promise<boolean> {
    return this.#moveTo(this.#number + 1)
  }

  /** Moves to the first block, from the current one on, that may hold `chunk` or a later one; false if there is none. */
  seek(chunk: number): boolean | Promise<boolean> {
    if (this.#skips === undefined) {
      const loaded = this.#loadSkips()
      if (loaded instanceof Promise) return loaded.then(() => this.seek(chunk))
    }
    const number = this.#skips!.find(chunk, Math.max(this.#number, 0))
    return number === this.#number ? true : this.#moveTo(number)
  }

  /** The positions of the current block. */
  positions(): PositionBlock | Promise<PositionBlock> {
    const decode = (bytes: Uint8Array, start: number): PositionBlock => {
      this.#positions!.decode(bytes, start, this.block)
      return this.#positions!
    }
    return this.#withPositions(decode)
  }

  /** The positions of the current block, of which only those of its posting `at` are decoded. */
  positionsOf(at: number): PositionBlock | Promise<PositionBlock> {
    const decode = (bytes: Uint8Array, start: number): PositionBlock => {
      this.#positions!.open(bytes, start, this.block)
      this.#opened = this.#number
      this.#positions!.decodeOne(at)
      return this.#positions!
    }
    if (this.#opened !== this.#number) return this.#withPositions(decode)
    this.#positions!.decodeOne(at)
    return this.#positions!
  }

  /** Has the bytes of the current block's positions decoded, once they are there. */
  #withPositions(decode: (bytes: Uint8Array, start: number) => PositionBlock) {
    this.#positions ??= new PositionBlock()
    this.#opened = -1
    const end = this.block.decodeFrequencies()
    if (this.#inline) return decode(this.#rest.bytes, end)
    this.#positionRun ??= new UnitRun()
    const loaded = this.#positionRun.load(this.#file, this.#skips!.positions, this.#number)
    return loaded instanceof Promise ? loaded.then(unit => decode(unit, 0)) : decode(loaded, 0)
  }

  #moveTo(number: number): boolean | Promise<boolean> {
    if (this.#skips === undefined) {
      const loaded = this.#loadSkips()
      if (loaded instanceof Promise) return loaded.then(() => this.#moveTo(number))
    }
    const skips = this.#skips!
    if (number >= skips.length) return false
    if (this.#inline) return this.#decode(number, this.#rest.bytes, this.#rest.position)
    this.#postingRun ??= new UnitRun()
    const loaded = this.#postingRun.load(this.#file, skips.postings, number)
    return loaded instanceof Promise
      ? loaded.then(unit => this.#decode(number, unit, 0))
      : this.#decode(number, loaded, 0)
  }

  #decode(number: number, bytes: Uint8Array, start: number): true {
    const skips = this.#skips!
    const before = number === 0 ? -1 : skips.lastChunks[number - 1]!
    const last = number === skips.length - 1
    const count = last ? this.documentFrequency - number * POSTINGS_PER_BLOCK : POSTINGS_PER_BLOCK
    this.block.decode(bytes, start, count, before)
    this.#number = number
    this.#opened = -1
    return true
  }

  #loadSkips(): void | Promise<void> {
    if (this.#inline) {
      this.#skips = INLINE
      return
    }
    const { offset, table } = this.#placed()
    const kept = this.#kept?.at(offset)
    this.#postingRun ??= kept?.postings
    this.#positionRun ??= kept?.positions
    this.#skips = kept?.skips ?? (table === 0 ? this.#onlySkip() : undefined)
    if (this.#skips) return
    const keep = (bytes: Uint8Array): void => {
      this.#skips = this.#readSkips(bytes)
      if (kept) kept.skips = this.#skips
    }
    const read = this.#file.read(offset, table)
    return read instanceof Promise ? read.then(keep) : keep(read)
  }

  /** Where the list stands, which the dictionary says: the table of skips, then postings, then positions. */
  #placed(): Place {
    if (this.#place) return this.#place
    const rest = new ByteReader(this.#rest.bytes, this.#rest.position)
    const [offset, table] = [rest.varint(), rest.varint()]
    this.#place = { offset, table, postings: rest.varint(), positions: rest.varint() }
    return this.#place
  }

  /** Of a list of one block, which needs no table. */
  #onlySkip(): SkipTable {
    const { offset, postings, positions } = this.#placed()
    const skips = new SkipTable(1)
    skips.lastChunks[0] = END
    skips.postings.set([offset, offset + postings])
    skips.positions.set([offset + postings, offset + postings + positions])
    return skips
  }

  #readSkips(bytes: Uint8Array): SkipTable {
    const { offset, table, postings } = this.#placed()
    const blocks = Math.ceil(this.documentFrequency / POSTINGS_PER_BLOCK)
    const postingsAt = offset + table
    return SkipTable.read(bytes, blocks, postingsAt, postingsAt + postings, this.#file.shown)
  }
}

/** Bytes, but for the offset. */
interface Place {
  readonly offset: number
  readonly table: number
  readonly postings: number
  readonly positions: number
}

/** How many of a list's chunks lie in some ascending ranges. Reads the blocks that may have them, and goes back. */
export async function countIn(
  list: Pick<PostingList, 'block' | 'seek' | 'next' | 'rewind'>,
  ranges: Ranges,
): Promise<number> {
  let count = 0
  for (const [start, end] of ranges) {
    for (let there = await list.seek(start); there; there = await list.next()) {
      const { chunks, size } = list.block
      for (let at = 0; at < size; at++) if (chunks[at]! >= start && chunks[at]! < end) count++
      if (chunks[size - 1]! >= end - 1) break
    }
  }
  list.rewind()
  return count
}

/** Of a list that stands in the dictionary. */
const INLINE = new SkipTable(1)
INLINE.lastChunks[0] = END
