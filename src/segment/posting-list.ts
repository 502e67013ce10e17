/**
 * Reads the postings of one term, block by block, with skips: the blocks between the current one and the next wanted
 * are neither read nor decoded. Nothing is kept of the blocks passed.
 */
import { GleanError } from '../errors.ts'
import { ByteReader } from './bytes.ts'
import { POSTINGS_PER_BLOCK, PositionBlock, PostingBlock } from './posting.ts'
import { SEAL, type UnitFile } from './unit.ts'

/** Chunk number that is after every chunk. */
export const END = 0x7fffffff

/** Blocks fetched at a time: few at first (a skip may follow), more while the list is read through. */
const FIRST_FETCH = 8
const LARGEST_FETCH = 64

/** What the dictionary says of a term. */
export interface TermStatistics {
  /** Chunks that hold the term. */
  readonly documentFrequency: number
  /** Occurrences in all. */
  readonly collectionFrequency: number
}

interface Skip {
  readonly lastChunk: number
  /** Offsets of the units in the file, and their lengths, checksums included. */
  readonly postings: number
  readonly postingsLength: number
  readonly positions: number
  readonly positionsLength: number
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
  #skips: Skip[] | undefined
  #number = -1
  #fetched: { from: number; to: number; bytes: Uint8Array } | undefined
  #fetch = FIRST_FETCH
  #positions: PositionBlock | undefined
  #positionsOf = -1
  #inlinePositionsAt = 0

  /** The document frequency in a term's information, without opening the list. */
  static frequencyIn(information: Uint8Array): number {
    return Math.floor(new ByteReader(information).varint() / 2)
  }

  /** `information` is the term's from the dictionary; `block` where the list decodes to. */
  constructor(file: UnitFile, information: Uint8Array, block = new PostingBlock()) {
    this.block = block
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
    const skips = this.#skips!
    let number = Math.max(this.#number, 0)
    while (number < skips.length && skips[number]!.lastChunk < chunk) number++
    return number === this.#number ? true : this.#moveTo(number)
  }

  /** The positions of the current block. */
  async positions(): Promise<PositionBlock> {
    this.#positions ??= new PositionBlock()
    if (this.#positionsOf === this.#number) return this.#positions
    if (this.#inline) this.#positions.decode(this.#rest.bytes, this.#inlinePositionsAt, this.block)
    else {
      const skip = this.#skips![this.#number]!
      this.#positions.decode(await this.#file.read(skip.positions, skip.positionsLength), 0, this.block)
    }
    this.#positionsOf = this.#number
    return this.#positions
  }
  #moveTo(number: number): boolean | Promise<boolean> {
    if (this.#skips === undefined) {
      const loaded = this.#loadSkips()
      if (loaded instanceof Promise) return loaded.then(() => this.#moveTo(number))
    }
    const skips = this.#skips!
    if (number >= skips.length) return false
    if (!this.#inline) {
      const fetched = this.#fetchBlock(number)
      if (fetched instanceof Promise) return fetched.then(() => this.#decode(number))
    }
    return this.#decode(number)
  }

  #decode(number: number): true {
    const skips = this.#skips!
    const before = number === 0 ? -1 : skips[number - 1]!.lastChunk
    const last = number === skips.length - 1
    const count = last ? this.documentFrequency - number * POSTINGS_PER_BLOCK : POSTINGS_PER_BLOCK
    if (this.#inline) {
      this.#inlinePositionsAt = this.block.decode(this.#rest.bytes, this.#rest.position, count, before)
    } else {
      const { from, bytes } = this.#fetched!
      const skip = skips[number]!
      const start = skip.postings - skips[from]!.postings
      const payload = this.#file.openAt(bytes.subarray(start, start + skip.postingsLength), skip.postings)
      this.block.decode(payload, 0, count, before)
    }
    this.#number = number
    this.#positionsOf = -1
    return true
  }

  #fetchBlock(number: number): void | Promise<void> {
    if (this.#fetched && number >= this.#fetched.from && number < this.#fetched.to) return
    const skips = this.#skips!
    const follows = this.#fetched?.to === number
    this.#fetch = follows ? Math.min(this.#fetch * 2, LARGEST_FETCH) : FIRST_FETCH
    const to = Math.min(number + this.#fetch, skips.length)
    const first = skips[number]!
    const last = skips[to - 1]!
    const read = this.#file.readRaw(first.postings, last.postings + last.postingsLength - first.postings)
    const keep = (bytes: Uint8Array): void => {
      this.#fetched = { from: number, to, bytes }
    }
    return read instanceof Promise ? read.then(keep) : keep(read)
  }

  #loadSkips(): void | Promise<void> {
    if (this.#inline) {
      this.#skips = [{ lastChunk: END, postings: 0, postingsLength: 0, positions: 0, positionsLength: 0 }]
      return
    }
    const place = new ByteReader(this.#rest.bytes, this.#rest.position)
    const offset = place.varint()
    const table = place.varint()
    const postings = place.varint()
    const positions = place.varint()
    if (table === 0) {
      const at = { postings: offset, postingsLength: postings }
      this.#skips = [{ lastChunk: END, ...at, positions: offset + postings, positionsLength: positions }]
      return
    }
    const read = this.#file.read(offset, table)
    const keep = (bytes: Uint8Array): void => {
      this.#skips = this.#readSkips(bytes, offset + table, offset + table + postings)
    }
    return read instanceof Promise ? read.then(keep) : keep(read)
  }

  #readSkips(bytes: Uint8Array, postingsAt: number, positionsAt: number): Skip[] {
    const reader = new ByteReader(bytes)
    const skips: Skip[] = []
    let lastChunk = -1
    let postings = postingsAt
    let positions = positionsAt
    while (!reader.done) {
      lastChunk += reader.varint()
      const postingsLength = reader.varint() + SEAL
      const positionsLength = reader.varint() + SEAL
      skips.push({ lastChunk, postings, postingsLength, positions, positionsLength })
      postings += postingsLength
      positions += positionsLength
    }
    if (skips.length !== Math.ceil(this.documentFrequency / POSTINGS_PER_BLOCK)) {
      throw new GleanError('damaged', `${this.#file.shown}: a table of skips does not fit its list`)
    }
    return skips
  }
}
