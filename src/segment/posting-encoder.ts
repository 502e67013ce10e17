/**
 * Encodes the postings of one term after the other: short lists as the bytes that stand in the term's own dictionary
 * entry, longer ones as blocks with a table of skips. Where they will stand in a file it does not know, so that several
 * threads can encode at a time; posting-writer.ts puts them there.
 *
 * A skip table has for each block: the last chunk (less that of the block before), the bytes of the block and of its
 * positions, checksums not counted.
 */
import { BytePieces } from './byte-pieces.ts'
import { ByteWriter } from './bytes.ts'
import type { EncodedList } from './encoded-list.ts'
import { writePacked } from './packed.ts'
import { POSTINGS_PER_BLOCK, writeFrequencies } from './posting.ts'

/** Lists of up to this many bytes, positions included, stand in the dictionary. */
const INLINE_BYTES = 40

/** Takes a term's postings in order of chunk, then gives them as bytes. One instance serves all terms. */
export class PostingEncoder {
  /** The block in hand: chunks and ordinals as differences, then codes and extras as they will stand. */
  readonly #deltas = new Int32Array(POSTINGS_PER_BLOCK)
  #ordinals = new Int32Array(1024)
  #ordinalCount = 0
  readonly #codes = new ByteWriter()
  readonly #extras = new ByteWriter()
  readonly #overflow = new ByteWriter()
  #inBlock = 0
  readonly #block = new ByteWriter()
  /** The blocks before it. */
  readonly #postings = new BytePieces()
  readonly #positions = new BytePieces()
  readonly #blocks: { lastChunk: number; postings: number; positions: number }[] = []
  readonly #bytes = new ByteWriter()
  #lastChunk = -1
  #documentFrequency = 0
  #collectionFrequency = 0

  /**
   * Adds a posting. `positions` holds from `from` on the token ordinals: those of the text, then of the headings, then
   * of the title, each ascending. Chunks ascend.
   */
  add(
    chunk: number,
    length: number,
    text: number,
    heading: number,
    title: number,
    positions: Int32Array | Uint16Array,
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

  /** The list of what was added; starts anew. */
  finish(): EncodedList {
    this.#closeBlock()
    const blocks = this.#blocks
    const [postings, positions] = [this.#postings, this.#positions]
    const inline = blocks.length === 1 && postings.length + positions.length <= INLINE_BYTES
    const bytes = this.#bytes
    bytes.clear()
    const units: number[] = []
    if (!inline) {
      if (blocks.length > 1) this.#writeSkips(bytes)
      units.push(bytes.length)
      for (const block of blocks) units.push(block.postings)
      for (const block of blocks) units.push(block.positions)
    }
    const list = {
      documentFrequency: this.#documentFrequency,
      collectionFrequency: this.#collectionFrequency,
      inline,
      pieces: this.#pieces(),
      units,
    }
    this.#reset()
    return list
  }

  /** Behind the table of skips what there is of postings and positions: put together, unless that is much. */
  #pieces(): Uint8Array<ArrayBuffer>[] {
    const parts = [this.#postings, this.#positions]
    if (parts.some(({ isLong }) => isLong))
      return [this.#bytes.copy(), ...parts.flatMap(part => part.taken())]
    for (const part of parts) this.#bytes.raw(part.view())
    return [this.#bytes.view()]
  }

  #writeSkips(table: ByteWriter): void {
    let last = -1
    for (const block of this.#blocks) {
      table.varint(block.lastChunk - last)
      table.varint(block.postings)
      table.varint(block.positions)
      last = block.lastChunk
    }
  }

  #closeBlock(): void {
    const block = this.#block
    const overflow = this.#overflow
    overflow.clear()
    writePacked(block, overflow, this.#deltas, this.#inBlock)
    for (const part of [this.#codes, overflow, this.#extras]) block.raw(part.view())
    const postings = this.#postings.add(block)
    overflow.clear()
    writePacked(block, overflow, this.#ordinals, this.#ordinalCount)
    block.raw(overflow.view())
    const positions = this.#positions.add(block)
    this.#blocks.push({ lastChunk: this.#lastChunk, postings, positions })
    this.#clearBlock()
  }

  #addPositions(positions: Int32Array | Uint16Array, from: number, count: number): void {
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
    this.#postings.clear()
    this.#positions.clear()
    this.#blocks.length = 0
    this.#lastChunk = -1
    this.#documentFrequency = 0
    this.#collectionFrequency = 0
  }
}
