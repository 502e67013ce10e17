/** A segment opened for reading: its parts by name. Opening reads nothing; each part reads what it is asked for. */
import { GleanError } from '../errors.ts'
import type { ByteFolder } from './byte-source.ts'
import { decodeUtf8, encodeUtf8 } from './bytes.ts'
import { Dictionary } from './dictionary.ts'
import { gapsOf, type Ranges, sizeOf } from './document-order.ts'
import { DocumentRows } from './document-row.ts'
import { type Forms, formsOf } from './form-table.ts'
import { KeptLists } from './kept-lists.ts'
import type { SegmentEntry } from './manifest.ts'
import { readNeighbours } from './neighbours.ts'
import type { PositionBlock, PostingBlock } from './posting.ts'
import { countIn, PostingList } from './posting-list.ts'
import { TextReader } from './text-reader.ts'
import { SEAL, UnitFile } from './unit.ts'

/** What the first unit of a segment of some format holds. */
export function segmentHead(version: number): Uint8Array {
  return encodeUtf8(`gleaner segment, format ${version}\n`)
}

/** Memory that lists read one after the other may share. */
export interface LentBlocks {
  readonly postings?: PostingBlock
  readonly positions?: PositionBlock
}

export class Segment {
  readonly entry: SegmentEntry
  readonly dictionary: Dictionary
  readonly text: TextReader
  readonly rows: DocumentRows
  /** The chunks that are in the index, and those that are no longer. */
  readonly live: Ranges
  readonly deleted: Ranges
  readonly #deletedChunks: number
  readonly #file: UnitFile
  readonly #version: number
  readonly #forms = new Map<string, Dictionary>()
  /** What was read of lists; none where reading takes long, whose source keeps what it got. */
  readonly #kept: KeptLists | undefined

  private constructor(entry: SegmentEntry, file: UnitFile, version: number, live: Ranges) {
    this.entry = entry
    this.#file = file
    this.#version = version
    this.dictionary = new Dictionary(file, entry.dictionary)
    this.text = new TextReader(file, entry, version)
    this.rows = new DocumentRows(file, entry.rows, version)
    this.#kept = file.source.prefetch ? undefined : new KeptLists(entry.bytes)
    this.live = live
    this.deleted = gapsOf(live, entry.chunks)
    this.#deletedChunks = sizeOf(this.deleted)
    for (const [language, root] of Object.entries(entry.forms))
      this.#forms.set(language, new Dictionary(file, root))
  }

  /**
   * Opens the file an entry of the manifest names; `version` is the manifest's, `live` the chunks that are in the
   * index. Throws `damaged` where its length is not the one recorded.
   */
  static async open(
    folder: ByteFolder,
    entry: SegmentEntry,
    version: number,
    live: Ranges,
  ): Promise<Segment> {
    const source = await folder.open(entry.name, entry.bytes)
    const file = new UnitFile(`${folder.name}/${entry.name}`, entry.name, source, entry.bytes)
    return new Segment(entry, file, version, live)
  }

  /** Its words and their forms, in the order of the manifest. */
  get dictionaries(): readonly Dictionary[] {
    return [this.dictionary, ...this.#forms.values()]
  }

  /** Whether reading takes long, so that it pays to begin before what is read is needed. */
  get isFar(): boolean {
    return this.#file.source.prefetch !== undefined
  }

  /** Whether all its chunks are in the index. */
  get isWhole(): boolean {
    return this.#deletedChunks === 0
  }

  /** The postings that information from the dictionary leads to, deleted chunks among them. */
  listOf(information: Uint8Array, lent?: LentBlocks): PostingList {
    // Who lends memory reads many lists, and each but once.
    return new PostingList(
      this.#file,
      information,
      lent?.postings,
      lent?.positions,
      lent ? undefined : this.#kept,
    )
  }

  /** Lists of this segment, some at a time; see {@link readNeighbours}. */
  readNeighbours(lists: readonly PostingList[]): AsyncGenerator<readonly PostingList[]> {
    return readNeighbours(this.#file, lists)
  }

  /** How many chunks that are in the index have the term of that information. */
  async liveFrequency(information: Uint8Array): Promise<number> {
    const frequency = PostingList.frequencyIn(information)
    if (this.isWhole) return frequency
    return frequency - (await countIn(this.listOf(information), this.deleted))
  }

  /** Whether any chunk that is in the index has the term of that information. */
  async isLive(information: Uint8Array): Promise<boolean> {
    return (
      PostingList.frequencyIn(information) > this.#deletedChunks ||
      (await this.liveFrequency(information)) > 0
    )
  }

  /** The table of word forms of a language; undefined where there is none. */
  formTable(language: string): Dictionary | undefined {
    return this.#forms.get(language)
  }

  /** Reads its first unit, which says what it is. Throws `damaged` where it says something else. */
  async head(): Promise<void> {
    const words = segmentHead(this.#version)
    const unit = await this.#file.read(0, words.length + SEAL)
    if (decodeUtf8(unit) !== decodeUtf8(words))
      throw new GleanError('damaged', `${this.#file.shown} is damaged: it does not begin as a segment does`)
  }

  /**
   * Terms whose form key in a language is `key`; none where the segment has no table of the language. Some may stand
   * in deleted chunks only.
   */
  async forms(language: string, key: string): Promise<Forms> {
    const table = this.#forms.get(language)
    return table ? formsOf(table, key) : { terms: [], documentFrequency: undefined }
  }

  /** Begins to fetch what its parts are read through, `withRows` also its documents, where that takes long. */
  prefetch(withRows = true): void {
    for (const part of [...this.dictionaries, this.text, ...(withRows ? [this.rows] : [])]) part.prefetch()
  }

  close(): void {
    this.#file.source.close()
  }
}
