/**
 * What a segment knows of each of its documents, apart from its text. Rows stand in small blocks (about 512 bytes: hits are spread over documents), found by
 * document or by chunk. A document's path is not here: it may be renamed while the segment stays.
 *
 * A row: strings title, language, format and metadata (JSON), the marks (mark-string.ts) after a varint of their bytes,
 * then varints: chunks, UTF-16 units of text, UTF-8 bytes, lines, tokens. In format 1 there are no marks, nor the varint
 * before them. A block: a varint of how many rows, varints of the first row's first chunk and place in the text, then
 * the rows.
 */
import type { Metadata } from '../document/document.ts'
import { GleanError } from '../errors.ts'
import { ByteReader, ByteWriter, decodeUtf8 } from './bytes.ts'
import { PagedIndex, type Root } from './paged-index.ts'
import type { UnitFile, UnitSink } from './unit.ts'
import { UnitCache } from './unit-cache.ts'
import { type WaitingRoom, WaitingUnits } from './waiting-units.ts'

const BLOCK_BYTES = 512

/** Blocks kept in memory. */
const CACHED_BLOCKS = 64

/** One document of a segment. */
export interface DocumentRow {
  readonly title: string
  /** Language code, '' where it is not known. */
  readonly language: string
  /** Name of the reader that took it apart. */
  readonly format: string
  readonly metadata: Metadata
  /** Its marks, as mark-string.ts writes them; empty where it has none. */
  readonly marks: Uint8Array
  /** Number of its first chunk in the segment, and how many it has. */
  readonly firstChunk: number
  readonly chunks: number
  /** Place of its text in the text of the segment, and its length, in UTF-16 units. */
  readonly place: number
  readonly length: number
  /** UTF-8 bytes of its text. */
  readonly bytes: number
  readonly lines: number
  readonly tokens: number
}

/** A row, and which document of its segment it is of. */
export interface NumberedRow extends DocumentRow {
  readonly number: number
}

/** Takes rows in order of document. */
export class DocumentRowWriter {
  readonly #blocks: WaitingUnits<number>
  readonly #rows = new ByteWriter()
  readonly #block = new ByteWriter()
  #first: DocumentRow | undefined
  #count = 0
  #documents = 0

  /** Until they are written blocks wait in the room, if there is one. */
  constructor(room?: WaitingRoom) {
    this.#blocks = new WaitingUnits(room)
  }

  add(row: DocumentRow): void {
    if (this.#rows.length >= BLOCK_BYTES) this.#close()
    this.#first ??= row
    for (const text of [row.title, row.language, row.format, JSON.stringify(row.metadata)])
      this.#rows.string(text)
    this.#rows.varint(row.marks.length)
    this.#rows.raw(row.marks)
    for (const number of [row.chunks, row.length, row.bytes, row.lines, row.tokens]) this.#rows.varint(number)
    this.#count++
  }

  /** The blocks before they are written, for the segment's hash. */
  *payloads(): Generator<Uint8Array> {
    this.#close()
    for (const { payload } of this.#blocks.all()) yield payload
  }

  finish(out: UnitSink): Root<number> {
    this.#close()
    return this.#blocks.write(out)
  }

  #close(): void {
    if (!this.#first) return
    const block = this.#block
    block.varint(this.#count)
    block.varint(this.#first.firstChunk)
    block.varint(this.#first.place)
    block.raw(this.#rows.view())
    this.#blocks.add(this.#documents, this.#first.firstChunk, block.view())
    block.clear()
    this.#documents += this.#count
    this.#rows.clear()
    this.#first = undefined
    this.#count = 0
  }
}

/** Reads rows by document. */
export class DocumentRows {
  readonly index: PagedIndex<number>
  readonly #file: UnitFile
  readonly #version: number
  readonly #blocks = new UnitCache<Uint8Array>(CACHED_BLOCKS)

  /** `version` is that of the index's format. */
  constructor(file: UnitFile, root: Root<number>, version: number) {
    this.#file = file
    this.#version = version
    this.index = new PagedIndex(file, root)
  }

  /** Begins to fetch the pages of its index, where that takes long and they are few. */
  prefetch(): void {
    this.index.prefetch()
  }

  /** Some documents that stand together, among them that of a chunk: `[first, end)`, an end where one is known. */
  async around(chunk: number): Promise<readonly [first: number, end: number | undefined]> {
    return (await this.index.around(chunk)) ?? [0, undefined]
  }

  /** Throws `damaged` where there is no such document. */
  async row(document: number): Promise<DocumentRow> {
    const at = await this.index.find(document)
    if (at) {
      const block = await this.#block(at.offset, at.length)
      for (const row of readRows(block, this.#version, at.key, { document })) return row
    }
    throw new GleanError('damaged', `${this.#file.shown} is damaged: it has no document ${document}`)
  }

  /** The row of the document that a chunk belongs to. Throws `damaged` where there is none. */
  async ofChunk(chunk: number): Promise<NumberedRow> {
    const at = await this.index.findByExtra(chunk)
    if (at) {
      const block = await this.#block(at.offset, at.length)
      for (const row of readRows(block, this.#version, at.key, { chunk })) return row
    }
    throw new GleanError('damaged', `${this.#file.shown} is damaged: it has no chunk ${chunk}`)
  }

  /** All rows in order. */
  async *all(): AsyncGenerator<DocumentRow> {
    this.index.prefetch(Number.POSITIVE_INFINITY)
    for await (const at of this.index.from())
      yield* readRows(await this.#file.read(at.offset, at.length), this.#version, at.key)
  }

  #block(offset: number, length: number): Promise<Uint8Array> {
    return this.#blocks.get(offset, () => this.#file.read(offset, length))
  }
}

const NO_MARKS = new Uint8Array(0)

/** The rows of a block that begins with document `first`, from a document or a chunk on; those before are passed over unread. */
function* readRows(
  bytes: Uint8Array,
  version: number,
  first: number,
  { document = 0, chunk = -1 }: { readonly document?: number; readonly chunk?: number } = {},
): Generator<NumberedRow> {
  const reader = new ByteReader(bytes)
  const count = reader.varint()
  let firstChunk = reader.varint()
  let place = reader.varint()
  for (let number = 0; number < count; number++) {
    const [title, language, format, metadata] = [0, 1, 2, 3].map(() => reader.raw(reader.varint())) as Four
    const marks = version < 2 ? NO_MARKS : reader.raw(reader.varint())
    const chunks = reader.varint()
    const length = reader.varint()
    const [size, lines, tokens] = [reader.varint(), reader.varint(), reader.varint()]
    if (first + number >= document && firstChunk + chunks > chunk) {
      yield {
        number: first + number,
        title: decodeUtf8(title),
        language: decodeUtf8(language),
        format: decodeUtf8(format),
        metadata: JSON.parse(decodeUtf8(metadata)) as Metadata,
        marks,
        firstChunk,
        chunks,
        place,
        length,
        bytes: size,
        lines,
        tokens,
      }
    }
    firstChunk += chunks
    place += length
  }
}

type Four = [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
