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
import { writePacked } from './packed.ts'
import { POSTINGS_PER_BLOCK, writeFrequencies } from './posting.ts'
import type { UnitSink } from './unit.ts'

/** Lists of up to this many bytes, positions included, stand in the dictionary. */
const INLINE_BYTES = 40

interface Block {
  readonly lastChunk: number
  readonly postings: Uint8Array
  readonly positions: Uint8Array
}

/** Takes a term's postings in order of chunk, then writes them. One instance serves all terms. */
export class PostingWriter {
  /** The block in hand: chunks and ordinals as differences, then codes and extras as they will stand. */
  readonly #deltas = new Int32Array(POSTINGS_PER_BLOCK)
  #ordinals = new Int32Array(1024)
  #ordinalCount = 0
  readonly #codes = new ByteWriter()
  readonly #extras = new ByteWriter()
  readonly #info = new ByteWriter()
  #blocks: Block[] = []
  #inBlock = 0
  #lastChunk = -1
  #documentFrequency = 0
  #collectionFrequency = 0

  /** Bytes written for positions so far, those in the dictionary not counted. */
  positionBytes = 0
  readonly #out: UnitSink

  constructor(out: UnitSink) {
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
    this.#deltas[this.#inBlock] = chunk - this.#lastChunk - 1
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
    this.#closeBlock()
    const [{ postings, positions }] = this.#blocks as [Block]
    const inline = this.#blocks.length === 1 && postings.length + positions.length <= INLINE_BYTES
    const info = this.#info
    info.clear()
    info.varint(this.#documentFrequency * 2 + (inline ? 0 : 1))
    info.varint(this.#collectionFrequency - this.#documentFrequency)
    if (inline) {
      info.raw(postings)
      info.raw(positions)
    } else this.#writeBlocks()
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
    this.#blocks.push({
      lastChunk: this.#lastChunk,
      postings: this.#postingBlock(),
      positions: this.#positionBlock(),
    })
    this.#clearBlock()
  }

  #postingBlock(): Uint8Array {
    const block = new ByteWriter(1024)
    const overflow = new ByteWriter()
    writePacked(block, overflow, this.#deltas, this.#inBlock)
    for (const part of [this.#codes, overflow, this.#extras]) block.raw(part.view())
    return block.copy()
  }

  #positionBlock(): Uint8Array {
    const block = new ByteWriter(1024)
    const overflow = new ByteWriter()
    writePacked(block, overflow, this.#ordinals, this.#ordinalCount)
    block.raw(overflow.view())
    return block.copy()
  }

  #addPositions(positions: Int32Array, from: number, count: number): void {
    if (this.#ordinalCount + count > this.#ordinals.length) {
      const grown = new Int32Array((this.#ordinalCount + count) * 2)
      grown.set(this.#ordinals)
      this.#ordinals = grown
    }
    let before = 0
    for (let at = from; at < from + count; at++) {
      this.#ordinals[this.#ordinalCount++] = positions[at]! - before
      before = positions[at]!
    }
  }

  #clearBlock(): void {
    this.#codes.clear()
    this.#extras.clear()
    this.#inBlock = this.#ordinalCount = 0
  }

  #reset(): void {
    this.#clearBlock()
    this.#blocks = []
    this.#lastChunk = -1
    this.#documentFrequency = 0
    this.#collectionFrequency = 0
  }
}
