/**
 * The documents that were read, in order of path: of each the file, and in flat memory its size and its hash. As objects
 * they would be a third of what a build of many small files has on its heap, all the while that postings are merged.
 */
import { Buffer } from 'node:buffer'
import type { FoundFile } from '../crawl/file.ts'
import type { CachedFile } from '../freshness/stat-cache.ts'
import type { ListedDocument } from '../segment/document-list.ts'

/** Bytes of a row: those of a hash, and a size (a 64-bit float). */
const HASH = 16
const ROW = HASH + 8

/** Rows that memory is taken for at a time: it is never copied to grow. */
const ROWS = 4096

export class ReadDocuments implements Iterable<ListedDocument> {
  readonly #segment: number
  readonly #files: FoundFile[] = []
  readonly #pages: Buffer[] = []

  /** `segment` is the number of the segment they are read into, each as its next document. */
  constructor(segment: number) {
    this.#segment = segment
  }

  get length(): number {
    return this.#files.length
  }

  /** Takes a file; `size` in bytes and `hash`, 32 hexadecimal digits, are those of what was read. */
  add(file: FoundFile, size: number, hash: string): void {
    const at = (this.length % ROWS) * ROW
    if (at === 0) this.#pages.push(Buffer.alloc(ROWS * ROW))
    const page = this.#pages.at(-1)!
    page.write(hash, at, 'hex')
    page.writeDoubleLE(size, at + HASH)
    this.#files.push(file)
  }

  *paths(): Generator<string> {
    for (const { path } of this.#files) yield path
  }

  /** As the list of documents is to have them. */
  *[Symbol.iterator](): Generator<ListedDocument> {
    for (const [document, { path }] of this.#files.entries()) {
      const size = this.#pageOf(document).readDoubleLE(rowOf(document) + HASH)
      yield { path, size, hash: this.#hash(document), segment: this.#segment, document }
    }
  }

  /** As the stat cache is to have them. */
  *known(): Generator<CachedFile> {
    for (const [document, { path, stamp }] of this.#files.entries())
      yield { path, stamp, outcome: { hash: this.#hash(document) } }
  }

  #hash(document: number): string {
    const at = rowOf(document)
    return this.#pageOf(document).toString('hex', at, at + HASH)
  }

  #pageOf(document: number): Buffer {
    return this.#pages[Math.floor(document / ROWS)]!
  }
}

/** Where in its page the row of a document begins. */
function rowOf(document: number): number {
  return (document % ROWS) * ROW
}
