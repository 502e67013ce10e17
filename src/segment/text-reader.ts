/** Reads what text-writer.ts wrote: the row and text of a chunk, or any stretch of a segment's text. */
import { GleanError } from '../errors.ts'
import { ByteReader } from './bytes.ts'
import { type Entry, PagedIndex, type Root } from './paged-index.ts'
import { inflate } from './platform.ts'
import type { UnitFile } from './unit.ts'
import { UnitCache } from './unit-cache.ts'

/** What the index knows of a chunk. */
export interface ChunkRow {
  /** Number of its document in the segment. */
  readonly document: number
  /** 1-based, in the file. */
  readonly startLine: number
  readonly endLine: number
  /** 1-based column of its first character, in UTF-16 units. */
  readonly column: number
  /** Whether its paragraph goes on in the next chunk. */
  readonly continues: boolean
  /** Words of the headings over it, outermost first. */
  readonly trail: readonly string[]
  /** Place of its first character in the text of the segment, in UTF-16 units. */
  readonly place: number
  readonly text: string
}

interface Block {
  readonly firstChunk: number
  /** Place of `text` in the segment's text. */
  readonly textStart: number
  readonly rows: readonly ChunkRow[]
  readonly text: string
}

/** Blocks kept in memory; neighbouring hits share them. */
const CACHED_BLOCKS = 32

/** No block is larger than this before compression: a longer one is not ours, and is not allocated. */
const LARGEST_BLOCK = 64 << 20

export class TextReader {
  readonly #file: UnitFile
  readonly #index: PagedIndex<number>
  readonly #blocks = new UnitCache<Block>(CACHED_BLOCKS)

  constructor(file: UnitFile, root: Root<number>) {
    this.#file = file
    this.#index = new PagedIndex(file, root)
  }

  /** Begins to fetch the pages of its index, where that takes long and they are few. */
  prefetch(): void {
    this.#index.prefetch()
  }

  /** The row and text of a chunk. Throws `damaged` where there is no such chunk. */
  async chunk(number: number): Promise<ChunkRow> {
    const at = await this.#index.find(number)
    const block = at && (await this.#block(at))
    const row = block?.rows[number - block.firstChunk]
    if (!row) throw new GleanError('damaged', `${this.#file.shown} is damaged: it has no chunk ${number}`)
    return row
  }

  /** The rows of all chunks, block by block. */
  async *blocks(): AsyncGenerator<readonly ChunkRow[]> {
    for await (const at of this.#index.from()) yield (await this.#block(at)).rows
  }

  /** The rows of `count` chunks from number `first` on, in order; block by block. */
  async *chunks(first: number, count: number): AsyncGenerator<readonly ChunkRow[]> {
    for (let at = first; at < first + count; ) {
      const entry = await this.#index.find(at)
      const block = entry && (await this.#block(entry))
      const rows = block?.rows.slice(at - block.firstChunk, first + count - block.firstChunk) ?? []
      if (rows.length === 0)
        throw new GleanError('damaged', `${this.#file.shown} is damaged: it has no chunk ${at}`)
      yield rows
      at += rows.length
    }
  }

  /** The text `[start, end)` of the segment, in UTF-16 units. */
  async text(start: number, end: number): Promise<string> {
    let text = ''
    for (let at = start; at < end; ) {
      const entry = await this.#index.findByExtra(at)
      const block = entry && (await this.#block(entry))
      const piece = block?.text.slice(at - block.textStart, end - block.textStart)
      if (!piece) throw new GleanError('damaged', `${this.#file.shown} is damaged: it has no text at ${at}`)
      text += piece
      at += piece.length
    }
    return text
  }

  #block(at: Entry<number>): Promise<Block> {
    return this.#blocks.get(at.offset, async () => {
      const unit = await this.#file.read(at.offset, at.length)
      return readBlock(this.#inflated(unit), at.key, at.extra)
    })
  }

  #inflated(unit: Uint8Array): Uint8Array {
    const reader = new ByteReader(unit)
    const length = reader.varint()
    if (length <= LARGEST_BLOCK) {
      const raw = inflate(unit.subarray(reader.position), length)
      if (raw.length === length) return raw
    }
    throw new GleanError('damaged', `${this.#file.shown} is damaged: a block of text has a wrong length`)
  }
}

function readBlock(raw: Uint8Array, firstChunk: number, textStart: number): Block {
  const reader = new ByteReader(raw)
  const chunks = reader.varint()
  const trails = readTrails(reader)
  const rows: (Omit<ChunkRow, 'text'> & { length: number })[] = []
  let document = 0
  let line = 0
  let at = 0
  for (let number = 0; number < chunks; number++) {
    const step = reader.varint()
    document += step
    if (step > 0) line = 0
    at += reader.varint()
    const length = reader.varint()
    const startLine = line + reader.varint()
    const column = reader.varint() + 1
    const lines = reader.varint()
    const endLine = startLine + (lines >> 1)
    const trail = trails[reader.varint()] ?? []
    rows.push({
      document,
      startLine,
      endLine,
      column,
      continues: (lines & 1) === 1,
      trail,
      place: textStart + at,
      length,
    })
    line = endLine
    at += length
  }
  const text = reader.string()
  return {
    firstChunk,
    textStart,
    text,
    rows: rows.map(({ length, ...row }) => {
      const start = row.place - textStart
      return { ...row, text: text.slice(start, start + length) }
    }),
  }
}

/** The heading trail of each place in a block's list; that of place 0 is empty. */
function readTrails(reader: ByteReader): string[][] {
  const trails: string[][] = [[]]
  const count = reader.varint()
  for (let number = 0; number < count; number++) {
    const parent = trails[reader.varint()] ?? []
    trails.push([...parent, reader.string()])
  }
  return trails
}
