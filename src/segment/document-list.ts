/**
 * The list of documents: path -> size and hash of the file, and where its content stands (segment, document). In order
 * of path. Content never moves because a path does, so a rename changes this list alone.
 *
 * A dictionary (dictionary-writer.ts) in a file of its own; the information of a path is varints size, segment and
 * document, then the sixteen bytes of the hash.
 */
import { GleanError } from '../errors.ts'
import type { ByteFolder } from './byte-source.ts'
import { ByteReader, ByteWriter } from './bytes.ts'
import { Dictionary } from './dictionary.ts'
import { DictionaryWriter } from './dictionary-writer.ts'
import type { DictionaryEntry } from './key-cursor.ts'
import type { DocumentListEntry } from './manifest.ts'
import type { Root } from './paged-index.ts'
import { UnitFile } from './unit.ts'
import type { UnitWriter } from './unit-writer.ts'

const HASH_BYTES = 16

/** Documents are asked for one at a time, hits being spread over them: a large block would be read for each. */
export const LIST_BLOCK_BYTES = 1024

const HEX = '0123456789abcdef'

/** Bytes of pages that are fetched at once: hits are spread over documents, so that most of them are needed. */
const MOST_PREFETCHED = 1 << 15

/** A file as it was when it was read. */
export interface ListedFile {
  /** From the root, with `/`. */
  readonly path: string
  /** Bytes of the file when it was read. */
  readonly size: number
  /** Hash of the file's bytes: the first 32 hexadecimal digits of its SHA-256. */
  readonly hash: string
}

/** A document as the list has it. */
export interface ListedDocument extends ListedFile {
  readonly segment: number
  readonly document: number
}

/** Writes the list; documents come in order of path. */
export function writeDocumentList(out: UnitWriter, documents: Iterable<ListedDocument>): Root<string> {
  const table = new DictionaryWriter({ blockBytes: LIST_BLOCK_BYTES })
  const information = new ByteWriter()
  for (const { path, size, segment, document, hash } of documents) {
    information.clear()
    for (const number of [size, segment, document]) information.varint(number)
    for (let at = 0; at < HASH_BYTES * 2; at += 2)
      information.byte((HEX.indexOf(hash[at]!) << 4) | HEX.indexOf(hash[at + 1]!))
    table.add(path, information.view())
  }
  return table.finish(out)
}

/** Opens the list a manifest names. Throws `not-found` or `damaged` where it is not there as it should be. */
export async function openDocumentList(folder: ByteFolder, entry: DocumentListEntry): Promise<DocumentList> {
  const { name, bytes } = entry
  const source = await folder.open(name, bytes)
  try {
    return new StoredDocumentList(new UnitFile(`${folder.name}/${name}`, name, source, bytes), entry)
  } catch (thrown) {
    source.close()
    throw thrown
  }
}

/** The documents of an index, by path or by their place in the order of the index. */
export interface DocumentList {
  /** Begins to fetch what it is read through, where that takes long. */
  prefetch(): void
  /** Begins to fetch the documents at some places in the order, where that takes long. */
  prefetchAt(ordinals: readonly number[]): void
  /** What it is read through. */
  readonly table: Dictionary | undefined
  find(path: string): Promise<ListedDocument | undefined>
  /** The document at a place in the order. Throws `damaged` past the end. */
  at(ordinal: number): Promise<ListedDocument>
  /** All documents from a path on, in order. */
  from(path?: string): AsyncGenerator<ListedDocument>
  close(): void
}

/** The list as a file has it: in order of path. */
class StoredDocumentList implements DocumentList {
  readonly #file: UnitFile
  readonly table: Dictionary

  constructor(file: UnitFile, entry: DocumentListEntry) {
    this.#file = file
    this.table = new Dictionary(file, entry.paths)
  }

  prefetch(): void {
    this.table.prefetch(MOST_PREFETCHED)
  }

  prefetchAt(ordinals: readonly number[]): void {
    for (const ordinal of ordinals) this.table.prefetchAt(ordinal).catch(() => {})
  }

  async find(path: string): Promise<ListedDocument | undefined> {
    const information = await this.table.find(path)
    return information && listed({ key: path, information })
  }

  async at(ordinal: number): Promise<ListedDocument> {
    const entry = await this.table.at(ordinal)
    if (!entry) throw new GleanError('damaged', `the list of documents has no entry ${ordinal}`)
    return listed(entry)
  }

  async *from(path = ''): AsyncGenerator<ListedDocument> {
    if (path === '') this.table.prefetch(Number.POSITIVE_INFINITY)
    for await (const entry of this.table.from(path)) yield listed(entry)
  }

  close(): void {
    this.#file.source.close()
  }
}

function listed({ key, information }: DictionaryEntry): ListedDocument {
  const reader = new ByteReader(information)
  const [size, segment, document] = [reader.varint(), reader.varint(), reader.varint()]
  let hash = ''
  for (const byte of reader.raw(HASH_BYTES)) hash += HEX[byte >> 4]! + HEX[byte & 15]!
  return { path: key, size, segment, document, hash }
}
