/**
 * Cards: what a hit says of its document. On this machine that is read from the list of documents and from the rows of a
 * segment; from far away these would be two requests for each hit, most of whose bytes are of no use to it. What puts an
 * index on a web server writes cards beside it, by document-card-writer.ts; the head (head.ts) tells where they stand.
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
  extends Pick<ListedDocument, 'path' | 'size'>,
    Pick<DocumentRow, 'title' | 'language' | 'format' | 'metadata' | 'marks'> {}

export type Columns = [
  chunks: number[],
  paths: string[],
  sizes: number[],
  titles: string[],
  languages: string[],
  formats: string[],
  metadata: DocumentRow['metadata'][],
  marks: string[],
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
    this.index = new PagedIndex(file, [])
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
      const [chunks, paths, sizes, titles, languages, formats, metadata, marks] = columns
      for (let of = 0, end = at.key; of < chunks.length; of++) {
        end += chunks[of]!
        if (end <= place) continue
        return {
          path: paths[of]!,
          size: sizes[of]!,
          title: titles[of]!,
          language: languages[of]!,
          format: formats[of]!,
          metadata: metadata[of]!,
          marks: Uint8Array.from(marks[of]!, character => character.charCodeAt(0)),
        }
      }
    }
    throw new GleanError('damaged', `${this.#file.shown} is damaged: it has no chunk ${place}`)
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
