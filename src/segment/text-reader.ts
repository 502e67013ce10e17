/** Reads what text-writer.ts wrote: the row and text of a chunk, or any stretch of a segment's text. */
import { GleanError } from '../errors.ts'
import { ByteReader } from './bytes.ts'
import type { Located } from './index-page.ts'
import type { SegmentEntry } from './manifest.ts'
import { PagedIndex } from './paged-index.ts'
import { inflate, inflaterWith } from './platform.ts'
import { ROW_NUMBERS } from './text-writer.ts'
import type { UnitAt, UnitFile } from './unit.ts'
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
  readonly text: string
}

/** The same with where it stands. */
export interface PlacedChunk extends ChunkRow {
  /** Place of its first character in the text of the segment, in UTF-16 units. */
  readonly place: number
}

/** Where a document is: its chunks, and its text in that of the segment, in UTF-16 units. */
interface DocumentExtent {
  readonly firstChunk: number
  readonly chunks: number
  readonly place: number
  readonly length: number
}

interface Block {
  readonly firstChunk: number
  readonly rows: readonly ChunkRow[]
  /** Where each chunk begins in the block's text. */
  readonly starts: readonly number[]
  readonly text: string
}

/** Blocks kept in memory; neighbouring hits share them. */
const CACHED_BLOCKS = 32

/**
 * Bytes of pages that are fetched before one is asked for: the candidates of a query are spread over all of a segment,
 * so that a few queries fetch most of the pages anyway, and each would wait for them.
 */
const MOST_PREFETCHED = 1 << 16

/** No block is larger than this before compression: a longer one is not ours, and is not allocated. */
const LARGEST_BLOCK = 64 << 20

export class TextReader {
  readonly index: PagedIndex<number>
  readonly #file: UnitFile
  readonly #blocks = new UnitCache<Block>(CACHED_BLOCKS)
  readonly #version: number
  readonly #dictionaryAt: UnitAt | undefined
  #dictionary: Promise<Uint8Array> | undefined
  /** Undoes the compression of one block after the other. */
  #inflate: ((bytes: Uint8Array, length: number) => Uint8Array) | undefined

  /** `version` is that of the index's format. */
  constructor(
    file: UnitFile,
    { text, textDictionary }: Pick<SegmentEntry, 'text' | 'textDictionary'>,
    version: number,
  ) {
    this.#file = file
    this.#version = version
    this.#dictionaryAt = textDictionary && { offset: textDictionary[0], length: textDictionary[1] }
    this.index = new PagedIndex(file, text)
  }

  /** Begins to fetch the dictionary, and the pages of its index if they are few, where that takes long. */
  prefetch(): void {
    if (this.#dictionaryAt && !this.#dictionary) this.#file.source.prefetch?.([this.#dictionaryAt])
    this.index.prefetch(MOST_PREFETCHED)
  }

  /** Whether a dictionary is needed. */
  get hasDictionary(): boolean {
    return this.#dictionaryAt !== undefined
  }

  /** The dictionary of the blocks, as it was before compression; undefined where they have none. */
  dictionary(): Promise<Uint8Array> | undefined {
    if (this.#dictionaryAt) this.#dictionary ??= this.#readDictionary(this.#dictionaryAt)
    return this.#dictionary
  }

  /** Spares reading it: `dictionary` is what {@link dictionary} would give. */
  keepDictionary(dictionary: Uint8Array): void {
    this.#dictionary = Promise.resolve(dictionary)
  }

  async #readDictionary({ offset, length }: UnitAt): Promise<Uint8Array> {
    try {
      return this.#inflated(await this.#file.read(offset, length))
    } catch (thrown) {
      // What failed over a network may not fail again.
      this.#dictionary = undefined
      throw thrown
    }
  }

  /** The row and text of a chunk. Throws `damaged` where there is no such chunk. */
  async chunk(number: number): Promise<ChunkRow> {
    const at = await this.index.locate(number)
    const block = at && (await this.#block(at))
    return block?.rows[number - block.firstChunk] ?? this.#noChunk(number)
  }

  /** The rows of all chunks, block by block. */
  async *blocks(): AsyncGenerator<readonly ChunkRow[]> {
    for await (const at of this.index.from()) yield (await this.#block(at)).rows
  }

  /** The rows of `count` chunks from number `first` on, in order; block by block. */
  async *chunks(first: number, count: number): AsyncGenerator<readonly PlacedChunk[]> {
    for (let at = first; at < first + count; ) {
      const entry = await this.index.find(at)
      const block = entry && (await this.#block(entry))
      const from = at - (block?.firstChunk ?? 0)
      const rows = (block?.rows.slice(from, from + first + count - at) ?? []).map((row, number) => ({
        ...row,
        place: entry!.extra + block!.starts[from + number]!,
      }))
      if (rows.length === 0) this.#noChunk(at)
      yield rows
      at += rows.length
    }
  }

  /** Begins to fetch the whole text of a document, where that takes long. */
  async prefetchDocument({ firstChunk, chunks, place, length }: DocumentExtent): Promise<void> {
    const { source } = this.#file
    if (!source.prefetch || chunks === 0) return
    this.index.prefetchBetween(place, place + length)
    const ends = [firstChunk, firstChunk + chunks - 1]
    const [from, to] = await Promise.all(ends.map(chunk => this.index.locate(chunk)))
    // Blocks stand side by side.
    if (from && to) source.prefetch([{ offset: from.offset, length: to.offset + to.length - from.offset }])
  }

  /** The text `[start, end)` of the segment, in UTF-16 units. */
  async text(start: number, end: number): Promise<string> {
    let text = ''
    for (let at = start; at < end; ) {
      const entry = await this.index.findByExtra(at)
      const block = entry && (await this.#block(entry))
      const piece = block?.text.slice(at - entry!.extra, end - entry!.extra)
      if (!piece) throw new GleanError('damaged', `${this.#file.shown} is damaged: it has no text at ${at}`)
      text += piece
      at += piece.length
    }
    return text
  }

  #block(at: Located<number>): Promise<Block> {
    return this.#blocks.get(at.offset, async () => {
      const unit = this.#file.read(at.offset, at.length)
      const [bytes, dictionary] = await Promise.all([unit, this.dictionary()])
      this.#inflate ??= inflaterWith(dictionary)
      return readBlock(this.#inflated(bytes, this.#inflate), at.key, this.#version)
    })
  }

  #noChunk(number: number): never {
    throw new GleanError('damaged', `${this.#file.shown} is damaged: it has no chunk ${number}`)
  }

  #inflated(unit: Uint8Array, undo = inflate): Uint8Array {
    const reader = new ByteReader(unit)
    const length = reader.varint()
    if (length <= LARGEST_BLOCK) {
      const raw = undo(unit.subarray(reader.position), length)
      if (raw.length === length) return raw
    }
    throw new GleanError('damaged', `${this.#file.shown} is damaged: a block of text has a wrong length`)
  }
}

/** `version` is that of the index's format. */
function readBlock(raw: Uint8Array, firstChunk: number, version: number): Block {
  const reader = new ByteReader(raw)
  const chunks = reader.varint()
  const trails = readTrails(reader)
  const numbers = new Float64Array(Math.min(chunks * ROW_NUMBERS, raw.length))
  for (let number = 0; number < numbers.length; number++) numbers[number] = reader.varint()
  const [nextRow, nextColumn] = version < 4 ? [ROW_NUMBERS, 1] : [1, chunks]
  const text = reader.string()
  const rows: ChunkRow[] = []
  const starts: number[] = []
  let document = 0
  let line = 0
  let at = 0
  for (let number = 0; number < chunks; number++) {
    const figure = (column: number): number => numbers[number * nextRow + column * nextColumn]!
    if (figure(0) > 0) line = 0
    document += figure(0)
    at += figure(1)
    const end = at + figure(2)
    const startLine = line + figure(3)
    line = startLine + (figure(5) >> 1)
    rows.push({
      document,
      startLine,
      endLine: line,
      column: figure(4) + 1,
      continues: (figure(5) & 1) === 1,
      trail: trails[figure(6)] ?? [],
      text: text.slice(at, end),
    })
    starts.push(at)
    at = end
  }
  return { firstChunk, starts, text, rows }
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
