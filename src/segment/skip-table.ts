/**
 * The table of skips of a list: the last chunk of each block, and where its postings and its positions stand, so that what
 * lies between is not read. Columns of numbers: a common word has thousands of blocks, and its table is read for every
 * query.
 */
import { GleanError } from '../errors.ts'
import { ByteReader } from './bytes.ts'
import { SEAL } from './unit.ts'

/** Bytes that a block takes in the table at least. */
const LEAST_BYTES = 3

export class SkipTable {
  /** Blocks of the list. */
  readonly length: number
  readonly lastChunks: Int32Array
  /** Where each block's unit begins in the file; those of a kind stand side by side, and the last entry says where they end. */
  readonly postings: Float64Array
  readonly positions: Float64Array

  constructor(length: number) {
    this.length = length
    this.lastChunks = new Int32Array(length)
    this.postings = new Float64Array(length + 1)
    this.positions = new Float64Array(length + 1)
  }

  /**
   * Reads the table of a list of `length` blocks whose postings begin at `postings` and positions at `positions`. Throws
   * `damaged` where it is that of another; `shown` is the file, for messages.
   */
  static read(
    bytes: Uint8Array,
    length: number,
    postings: number,
    positions: number,
    shown: string,
  ): SkipTable {
    if (length * LEAST_BYTES > bytes.length) throw noneOfIts(shown)
    const table = new SkipTable(length)
    const reader = new ByteReader(bytes)
    let lastChunk = -1
    table.postings[0] = postings
    table.positions[0] = positions
    for (let number = 0; number < length; number++) {
      lastChunk += reader.varint()
      table.lastChunks[number] = lastChunk
      table.postings[number + 1] = table.postings[number]! + reader.varint() + SEAL
      table.positions[number + 1] = table.positions[number]! + reader.varint() + SEAL
    }
    if (!reader.done) throw noneOfIts(shown)
    return table
  }

  /** The first block, from number `from` on, that may hold `chunk` or a later one; `length` where there is none. */
  find(chunk: number, from: number): number {
    const { lastChunks, length } = this
    // What is sought is mostly near: steps that double, then halve.
    let step = 1
    let low = from
    while (low + step <= length && lastChunks[low + step - 1]! < chunk) {
      low += step
      step *= 2
    }
    for (; step >= 1; step >>= 1) if (low + step <= length && lastChunks[low + step - 1]! < chunk) low += step
    return low
  }
}

function noneOfIts(shown: string): GleanError {
  return new GleanError('damaged', `${shown}: a table of skips does not fit its list`)
}
