/**
 * Cards: what a hit says of its document, and where that stands. On this machine it is read from the list of documents
 * and from the rows of a segment; from far away these would be two requests for each hit, most of whose bytes are of no
 * use to it. What puts an index on a web server writes cards beside it, by document-card-writer.ts; the head (head.ts)
 * tells where they stand.
 *
 * A file of units, each of some documents that follow one another in the order of the index: a varint, the bytes of the
 * rest before compression, and as a DEFLATE stream JSON: an array of columns, each an array with a value for each
 * document, in the order of {@link Columns}; marks are strings of characters up to U+00FF, one for each byte.
 */
import { GleanError } from '../errors.ts'
import type { ByteFolder } from './byte-source.ts'
import { ByteReader, decodeUtf8 } from './bytes.ts'
import type { ListedDocument } from './document-list.ts'
import type { DocumentRow } from './document-row.ts'
import { PagedIndex } from './paged-index.ts'
import { inflate } from './platform.ts'
import { UnitFile } from './unit.ts'
import { UnitCache } from './unit-cache.ts'

export interface DocumentCard
  extends Pick<ListedDocument, 'path' | 'size' | 'segment'>,
    Omit<DocumentRow, 'bytes' | 'tokens'> {}

export type Columns = [
  chunks: number[],
  paths: string[],
  sizes: number[],
  titles: string[],
  languages: string[],
  formats: string[],
  metadata: DocumentRow['metadata'][],
  marks: string[],
  segments: number[],
  firstChunks: number[],
  places: number[],
  lengths: number[],
  lines: number[],
]

/** Where the cards are: the name of their file, and its bytes. */
export interface CardsEntry {
  readonly name: string
  readonly bytes: number
}

/** Units kept in memory. */
const CACHED_UNITS = 64

/** No unit is larger than this before compression: a longer one is not ours, and is not allocated. */
const LARGEST_UNIT = 64 << 20

/** Reads cards by chunk. */
export class DocumentCards {
  /** By the place of a unit's first chunk in the order of the index. */
  readonly index: PagedIndex<number>
  readonly #file: UnitFile
  readonly #units = new UnitCache<Columns>(CACHED_UNITS)

  constructor(file: UnitFile) {
    this.#file = file
    // All of it is one page, which the head has.
    this.index = new PagedIndex(file, [[0, 0, 0, 0]])
  }

  /** Opens the file in a folder. Throws `not-found` or `damaged` where it is not there as it should be. */
  static async open(folder: ByteFolder, { name, bytes }: CardsEntry): Promise<DocumentCards> {
    const source = await folder.open(name, bytes)
    return new DocumentCards(new UnitFile(`${folder.name}/${name}`, name, source, bytes))
  }

  /** The card of the document that has the chunk at a place in the order of the index. Throws `damaged` for none. */
  async ofChunk(place: number): Promise<DocumentCard> {
    const at = await this.index.locate(place)
    const columns = at && (await this.#units.get(at.offset, () => this.#read(at.offset, at.length)))
    if (columns) {
      const [chunks] = columns
      let end = at.key
      for (const [number, count] of chunks.entries()) {
        end += count
        if (place < end) return cardIn(columns, number)
      }
    }
    throw new GleanError('damaged', `${this.#file.shown} is damaged: it has no chunk ${place}`)
  }

  /** The card of a document, if it is among those that were read of late: nothing is read for it. */
  known(path: string): DocumentCard | undefined {
    for (const columns of this.#units.values()) {
      const number = columns[1].indexOf(path)
      if (number >= 0) return cardIn(columns, number)
    }
    return undefined
  }

  close(): void {
    this.#file.source.close()
  }

  async #read(offset: number, length: number): Promise<Columns> {
    const unit = new ByteReader(await this.#file.read(offset, length))
    const bytes = unit.varint()
    if (bytes <= LARGEST_UNIT) {
      const raw = inflate(unit.bytes.subarray(unit.position), bytes)
      if (raw.length === bytes) return JSON.parse(decodeUtf8(raw)) as Columns
    }
    throw new GleanError('damaged', `${this.#file.shown} is damaged: a unit of cards has a wrong length`)
  }
}

function cardIn(columns: Columns, number: number): DocumentCard {
  const [chunks, paths, sizes, titles, languages, formats, metadata, marks, ...figures] = columns
  const [segments, firstChunks, places, lengths, lines] = figures
  return {
    path: paths[number]!,
    size: sizes[number]!,
    segment: segments[number]!,
    title: titles[number]!,
    language: languages[number]!,
    format: formats[number]!,
    metadata: metadata[number]!,
    marks: Uint8Array.from(marks[number]!, character => character.charCodeAt(0)),
    firstChunk: firstChunks[number]!,
    chunks: chunks[number]!,
    place: places[number]!,
    length: lengths[number]!,
    lines: lines[number]!,
  }
}
