/**
 * Writes the postings of one term after the other: short lists into the term's own dictionary entry, longer ones as
 * blocks with a table of skips before them and their positions after them.
 *
 * A dictionary entry's information is
 *
 *     varint    2 * document frequency, + 1 where the list stands outside
 *     varint    collection frequency (occurrences in all chunks and fields), less the document frequency
 *     inside    a block of postings and its positions, as posting.ts has them, without checksums of their own
 *     outside   four varints: offset in the file; bytes of the skip table (0 for a single block), of the blocks of
 *               postings, of the blocks of positions, which follow one another
 *
 * A skip table has for each block: the last chunk (less that of the block before), the bytes of the block and of its
 * positions, checksums not counted.
 */
import { ByteWriter } from './bytes.ts'
import { POSTINGS_PER_BLOCK, writeFrequencies } from './posting.ts'
import type { UnitWriter } from './unit-writer.ts'

/** Lists of up to this many bytes, positions included, stand in the dictionary. */
const INLINE_BYTES = 40

interface Block {
  readonly lastChunk: number
  readonly postings: Uint8Array
  readonly positions: Uint8Array
}

/** Takes a term's postings in order of chunk, then writes them. One instance serves all terms. */
export class PostingWriter {
  readonly #deltas = new ByteWriter()
  readonly #codes = new ByteWriter()
  readonly #extras = new ByteWriter()
  readonly #positions = new ByteWriter()
  readonly #info = new ByteWriter()
  #blocks: Block[] = []
  #inBlock = 0
  #lastChunk = -1
  #documentFrequency = 0
  #collectionFrequency = 0

  /** Bytes written for positions so far, those in the dictionary not counted. */
  positionBytes = 0
  readonly #out: UnitWriter

  constructor(out: UnitWriter) {
    this.#out = out
  }

  /**
   * Adds a posting. `positions[from..to)` holds the token ordinals: those of the text, then of the headings, then of
   * the title, each ascending. Chunks ascend.
   */
  add(
    chunk: number,
    length: number,
    text: number,
    heading: number,
    title: number,
    positions: Int32Array,
    from: number,
  ): void {
    if (this.#inBlock === POSTINGS_PER_BLOCK) this.#closeBlock()
    this.#deltas.varint(chunk - this.#lastChunk)
    writeFrequencies(this.#codes, this.#extras, length, text, heading, title)
    this.#addPositions(positions, from, text)
    if (heading > 0) this.#addPositions(positions, from + text, heading)
    if (title > 0) this.#addPositions(positions, from + text + heading, title)
    this.#lastChunk = chunk
    this.#inBlock++
    this.#documentFrequency++
    this.#collectionFrequency += text + heading + title
  }

  /** Writes the list and gives the information for its dictionary entry (valid until the next call); starts anew. */
  finish(): Uint8Array {
    const bytes = this.#deltas.length + this.#codes.length + this.#extras.length + this.#positions.length
    const inline = this.#blocks.length === 0 && bytes <= INLINE_BYTES
    const info = this.#info
    info.clear()
    info.varint(this.#documentFrequency * 2 + (inline ? 0 : 1))
    info.varint(this.#collectionFrequency - this.#documentFrequency)
    if (inline) {
      for (const part of [this.#deltas, this.#codes, this.#extras, this.#positions]) info.raw(part.view())
    } else {
      this.#closeBlock()
      this.#writeBlocks()
    }
    this.#reset()
    return info.view()
  }

  #writeBlocks(): void {
    const out = this.#out
    const offset = out.length
    const skips = this.#blocks.length > 1 ? out.unit(this.#skipTable()).length : 0
    let postings = 0
    let positions = 0
    for (const block of this.#blocks) postings += out.unit(block.postings).length
    for (const block of this.#blocks) positions += out.unit(block.positions).length
    this.positionBytes += positions
    for (const number of [offset, skips, postings, positions]) this.#info.varint(number)
  }

  #skipTable(): Uint8Array {
    const table = new ByteWriter()
    let last = -1
    for (const block of this.#blocks) {
      table.varint(block.lastChunk - last)
      table.varint(block.postings.length)
      table.varint(block.positions.length)
      last = block.lastChunk
    }
    return table.view()
  }

  #closeBlock(): void {
    const postings = new Uint8Array(this.#deltas.length + this.#codes.length + this.#extras.length)
    postings.set(this.#deltas.view())
    postings.set(this.#codes.view(), this.#deltas.length)
    postings.set(this.#extras.view(), this.#deltas.length + this.#codes.length)
    this.#blocks.push({ lastChunk: this.#lastChunk, postings, positions: this.#positions.copy() })
    this.#clearBlock()
  }

  #addPositions(positions: Int32Array, from: number, count: number): void {
    let before = 0
    for (let at = from; at < from + count; at++) {
      this.#positions.varint(positions[at]! - before)
      before = positions[at]!
    }
  }

  #clearBlock(): void {
    for (const part of [this.#deltas, this.#codes, this.#extras, this.#positions]) part.clear()
    this.#inBlock = 0
  }

  #reset(): void {
    this.#clearBlock()
    this.#blocks = []
    this.#lastChunk = -1
    this.#documentFrequency = 0
    this.#collectionFrequency = 0
  }
}
