/**
 * Writes the text of a segment's documents, whole and in order, in blocks of about 4 KB, each with the rows of the
 * chunks that begin in it: a hit costs one read. A block is compressed by itself, but for what it shares with the
 * segment's dictionary (text-dictionary.ts). Where there is enough text for one, that stands before the blocks: a varint,
 * its bytes, and those as a DEFLATE stream.
 *
 * A unit of text is a varint, the bytes of the block before compression, then the block as a DEFLATE stream with the
 * dictionary, then zeros
 * until the unit is a multiple of 16 bytes: so that what tells its length to a reader far away is short (head.ts). A
 * block:
 *
 *     varint    chunks
 *     varint    headings, then for each a varint (its parent's place in this list + 1, 0 for none) and its words
 *     columns   as varints, one column of all chunks after the other (before format 4, one row after the other):
 *               document (less that of the row before), characters skipped since the end
 *               of the chunk before (or the start of the block), characters, first line (less the last line of the
 *               row before if that is of the same document), characters before it in that line, 2 * (last line - first
 *               line) + 1 where the paragraph goes on in the next chunk, heading's place + 1 (0 for none)
 *     string    the text
 *
 * Characters are UTF-16 units. The index over the blocks has the first chunk and, as its second number, the place of
 * the block's first character in the text of the whole segment.
 */
import type { Chunk } from '../text/chunk.ts'
import { ByteWriter } from './bytes.ts'
import { deflate, deflateEach } from './platform.ts'
import { SEAL } from './unit.ts'

const BLOCK_BYTES = 4096

/** Numbers in a chunk's row. */
export const ROW_NUMBERS = 7

/** Bytes that a unit is a multiple of. */
const ALIGNMENT = 16

/** What is written of a chunk; `start` and `end` are in the text of its document. */
export type WrittenChunk = Pick<Chunk, 'start' | 'end' | 'startLine' | 'endLine' | 'trail' | 'continues'>

/** Where a block begins. */
export interface TextBlockStart {
  readonly firstChunk: number
  /** Place of its first character in the segment's text, in UTF-16 units. */
  readonly textStart: number
}

/** The payload of the dictionary's unit. */
export function compressDictionary(dictionary: Uint8Array): Uint8Array {
  const payload = new ByteWriter(dictionary.length)
  payload.varint(dictionary.length)
  payload.raw(deflate(dictionary))
  return payload.view()
}

/** The payloads of some blocks' units. Of every block by itself, so that several threads can make them. */
export function compressBlocks(blocks: readonly Uint8Array[], dictionary?: Uint8Array): Uint8Array[] {
  const payloads = new ByteWriter(blocks.reduce((sum, { length }) => sum + length, 0) >> 1)
  const ranges: (readonly [start: number, end: number])[] = []
  deflateEach(blocks, dictionary, (compressed, place) => {
    const start = payloads.length
    payloads.varint(blocks[place]!.length)
    payloads.raw(compressed)
    while ((payloads.length - start + SEAL) % ALIGNMENT > 0) payloads.byte(0)
    ranges[place] = [start, payloads.length]
  })
  const bytes = payloads.view()
  return ranges.map(([start, end]) => bytes.subarray(start, end))
}

/** Takes documents in order; hands each block over when it is full. */
export class TextWriter {
  readonly #emit: (start: TextBlockStart, block: Uint8Array) => void
  readonly #columns = Array.from({ length: ROW_NUMBERS }, () => new ByteWriter(256))
  readonly #raw = new ByteWriter(2 * BLOCK_BYTES)
  readonly #headings = new HeadingTable()
  /** The block's text so far, and the range of the document in hand that is to follow it. */
  #text = ''
  #source = ''
  #from = 0
  #to = 0
  #estimate = 0
  #chunks = 0
  #skipped = 0
  #document = 0
  #line = 0
  #nextChunk = 0
  #textStart = 0

  /** `emit` gets each block, not yet compressed, valid during the call. */
  constructor(emit: (start: TextBlockStart, block: Uint8Array) => void) {
    this.#emit = emit
  }

  /** Place of the next character in the segment's text. */
  get position(): number {
    return this.#textStart + this.#length
  }

  /** Adds a document's whole text; `bytesPerUnit` is its UTF-8 length over its UTF-16 length. */
  add(document: number, text: string, chunks: readonly WrittenChunk[], bytesPerUnit: number): void {
    let at = 0
    let lineStart = 0
    let looked = 0
    this.#begin(text)
    for (const chunk of chunks) {
      lineStart = lineStartBefore(text, chunk.start, looked) ?? lineStart
      looked = chunk.start
      this.#skip(at, chunk.start, bytesPerUnit)
      const size = (chunk.end - chunk.start) * bytesPerUnit
      if (this.#estimate > 0 && this.#estimate + size > BLOCK_BYTES) this.#close()
      this.#row(document, chunk, chunk.start - lineStart)
      this.#append(chunk.end, bytesPerUnit)
      this.#skipped = 0
      at = chunk.end
    }
    this.#skip(at, text.length, bytesPerUnit)
  }

  /** Hands over what is left. */
  finish(): void {
    if (this.#length > 0) this.#close()
  }

  /** Text between chunks. Of a long stretch (a page of rules, a large front matter) a block of its own. */
  #skip(start: number, end: number, bytesPerUnit: number): void {
    for (let at = start; at < end; ) {
      const room = Math.max(1, Math.floor((BLOCK_BYTES - this.#estimate) / bytesPerUnit))
      let to = Math.min(end, at + room)
      if (to < end && isLowSurrogate(this.#source, to)) to++
      this.#append(to, bytesPerUnit)
      this.#skipped += to - at
      at = to
      if (at < end) this.#close()
    }
  }

  /** Goes on with the text of the next document. */
  #begin(text: string): void {
    this.#text = this.#taken()
    this.#source = text
    this.#from = this.#to = 0
  }

  /** Takes the document's text up to `end` into the block. */
  #append(end: number, bytesPerUnit: number): void {
    this.#estimate += (end - this.#to) * bytesPerUnit
    this.#to = end
  }

  /** Characters of the block's text. */
  get #length(): number {
    return this.#text.length + this.#to - this.#from
  }

  /** The block's text: one piece of each document, not one of each chunk. */
  #taken(): string {
    return this.#text + this.#source.slice(this.#from, this.#to)
  }

  #row(document: number, chunk: WrittenChunk, column: number): void {
    const continued = this.#chunks > 0 && document === this.#document
    const row = [
      document - (this.#chunks > 0 ? this.#document : 0),
      this.#skipped,
      chunk.end - chunk.start,
      chunk.startLine - (continued ? this.#line : 0),
      column,
      (chunk.endLine - chunk.startLine) * 2 + (chunk.continues ? 1 : 0),
      this.#headings.place(chunk.trail),
    ]
    for (let at = 0; at < ROW_NUMBERS; at++) this.#columns[at]!.varint(row[at]!)
    this.#document = document
    this.#line = chunk.endLine
    this.#chunks++
  }

  #close(): void {
    const raw = this.#raw
    raw.clear()
    raw.varint(this.#chunks)
    this.#headings.write(raw)
    for (const column of this.#columns) raw.raw(column.view())
    const text = this.#taken()
    raw.string(text)
    this.#emit({ firstChunk: this.#nextChunk, textStart: this.#textStart }, raw.view())
    this.#nextChunk += this.#chunks
    this.#textStart += text.length
    this.#text = ''
    this.#from = this.#to
    for (const column of this.#columns) column.clear()
    this.#headings.clear()
    this.#estimate = this.#chunks = this.#skipped = 0
  }
}

/** The headings of a block's chunks, each once, with its parent. */
class HeadingTable {
  readonly #places = new Map<string, number>()
  readonly #entries: { parent: number; words: string }[] = []
  #lastTrail: readonly string[] | undefined
  #lastPlace = 0

  /** Place + 1 of the innermost heading of a trail; 0 for an empty one. */
  place(trail: readonly string[]): number {
    // Chunks of a section share one array.
    if (trail === this.#lastTrail) return this.#lastPlace
    this.#lastTrail = trail
    this.#lastPlace = this.#find(trail)
    return this.#lastPlace
  }

  #find(trail: readonly string[]): number {
    let place = 0
    for (const words of trail) {
      const key = `${place}:${words}`
      let own = this.#places.get(key)
      if (own === undefined) {
        own = this.#entries.push({ parent: place, words })
        this.#places.set(key, own)
      }
      place = own
    }
    return place
  }

  write(out: ByteWriter): void {
    out.varint(this.#entries.length)
    for (const { parent, words } of this.#entries) {
      out.varint(parent)
      out.string(words)
    }
  }

  clear(): void {
    this.#places.clear()
    this.#entries.length = 0
    this.#lastTrail = undefined
  }
}

/** Where the line of `at` begins, if that is after `known`, the start of the chunk before: what lies
 * before that was looked through for it. */
function lineStartBefore(text: string, at: number, known: number): number | undefined {
  for (let start = at; start > known; start--) {
    const unit = text.charCodeAt(start - 1)
    if (unit === 10 || (unit === 13 && text.charCodeAt(start) !== 10)) return start
  }
  return undefined
}

function isLowSurrogate(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00
}
