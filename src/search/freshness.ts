/**
 * Whether an answer still holds: compares the files of the hits with what the index recorded of them. An index whose
 * files are not on this machine is detached, and its answers stand as they are; in one that is attached, a hit whose
 * file is gone is dropped, and one whose file has changed is looked for in the file as it is now.
 */
import { join, resolve } from 'node:path'
import { fileAt } from '../crawl/archive.ts'
import type { FileLook, SourceFile } from '../crawl/file.ts'
import type { Document } from '../document/document.ts'
import type { ReadRules } from '../document/file-identity.ts'
import { readIdentity } from '../document/file-identity.ts'
import { placeOf } from '../freshness/place.ts'
import { StatCache } from '../freshness/stat-cache.ts'
import type { DocumentList, ListedFile } from '../segment/document-list.ts'
import type { KnownFiles } from './known-files.ts'
import type { FoundPassage, PassagesNow, Wanted } from './moved-passage.ts'

/** Documents looked at, spread over the index, where none of those at hand is as recorded. */
const SAMPLE = 5

/** Changed files that are kept taken apart: several hits are often of one. */
const FILES_APART = 8

/** How a file compares with what was recorded. */
export type FileState = 'same' | 'changed' | 'gone'

/** Compares files with the index, each once. */
export class FreshnessCheck {
  readonly #root: string
  readonly #folder: string | undefined
  readonly #rules: ReadRules
  readonly #known: KnownFiles | undefined
  readonly #states = new Map<string, FileState>()
  /** The files that were compared, as they looked; those that are gone are not here. */
  readonly #looks = new Map<string, FileLook>()
  /** Changed files taken apart, the last one asked for last. */
  readonly #passages = new Map<string, Promise<PassagesNow | undefined>>()

  /**
   * `root` is the absolute root of the sources, `rules` how they were read, `folder` that of the index, `known` what has
   * been compared before.
   */
  constructor(root: string, rules: ReadRules, folder?: string, known?: KnownFiles) {
    this.#root = root
    this.#folder = folder
    this.#rules = rules
    this.#known = known
  }

  /**
   * Whether the files an index was made of are those of this machine: one, at least, of `some` of its documents or of a
   * few more spread over the index, is there as recorded; or the index stands where it was written; or, where such files
   * are there and have changed, any at all is as recorded.
   */
  async isAttached(some: readonly ListedFile[], documents: DocumentList, total: number): Promise<boolean> {
    if (some.some(document => this.stateOf(document) === 'same')) return true
    const sample = Math.min(SAMPLE, total)
    const states = some.map(document => this.stateOf(document))
    for (let number = 0; number < sample; number++) {
      const state = this.stateOf(await documents.at(Math.floor((number * total) / sample)))
      if (state === 'same') return true
      states.push(state)
    }
    if (this.#isWhereItWasWritten()) return true
    // There are such files, and many have changed: one that has not is enough.
    if (states.includes('changed'))
      for await (const document of documents.from()) if (this.stateOf(document) === 'same') return true
    return false
  }

  /** Whether the index and its sources are the very folders of its last build, whatever has become of the files. */
  #isWhereItWasWritten(): boolean {
    if (this.#folder === undefined) return false
    const { place } = StatCache.read(this.#folder, this.#rules)
    return place !== '' && place === placeOf(this.#folder, this.#root)
  }

  /** Whether there is a file at a document's path, whatever is in it; what may not be looked at is none. */
  exists({ path }: ListedFile): boolean {
    try {
      return fileAt(join(this.#root, path)) !== undefined
    } catch {
      return false
    }
  }

  /** When the file at a document's path was last changed, ISO 8601 in UTC; undefined where none can be seen. */
  modified({ path }: ListedFile): string | undefined {
    try {
      return (this.#looks.get(path) ?? fileAt(join(this.#root, path)))?.mtime.toISOString()
    } catch {
      return undefined
    }
  }

  /** The state of a document's file: its size, then the hash of its bytes. */
  stateOf(document: ListedFile): FileState {
    const known = this.#states.get(document.path)
    if (known) return known
    const state = this.#compare(document)
    this.#states.set(document.path, state)
    return state
  }

  /** A passage in its file as that is now; undefined where it is not there, or the file is no document. */
  async findPassage(path: string, wanted: Wanted): Promise<FoundPassage | undefined> {
    const known = this.#passages.get(path) ?? this.#passagesNow(path)
    // What was asked for last stays longest.
    this.#passages.delete(path)
    this.#passages.set(path, known)
    if (this.#passages.size > FILES_APART) this.#passages.delete(this.#passages.keys().next().value!)
    return (await known)?.find(wanted)
  }

  async #passagesNow(path: string): Promise<PassagesNow | undefined> {
    const document = await this.documentOf(path)
    if (!document) return undefined
    const { PassagesNow } = await import('./moved-passage.ts')
    return new PassagesNow(document)
  }

  /** The document a file is now; undefined where it is none. */
  async documentOf(path: string): Promise<Document | undefined> {
    // Loaded only then: it brings the parsers of all formats.
    const { readFileDocument } = await import('../document/read-file.ts')
    const read = await readFileDocument(this.#file(path), this.#rules)
    return 'reason' in read ? undefined : read.document
  }

  #compare({ path, size, hash }: ListedFile): FileState {
    let look: FileLook | undefined
    try {
      look = fileAt(join(this.#root, path))
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException
      return code === 'ENOENT' || code === 'ENOTDIR' ? 'gone' : 'changed'
    }
    if (!look) return 'gone'
    this.#looks.set(path, look)
    if (look.size !== size) return 'changed'
    const isSame = this.#known?.isSame(path, look, hash) ?? this.#isSame(path, look, hash)
    return isSame ? 'same' : 'changed'
  }

  /** Whether a file has the bytes it had: reads and hashes it. */
  #isSame(path: string, look: FileLook, hash: string): boolean {
    const read = readIdentity(this.#file(path), this.#rules)
    const isSame = !('reason' in read) && read.hash === hash
    // What could not be read may be readable the next time, without a sign of it.
    if (!('reason' in read)) this.#known?.note(path, look, hash, isSame)
    return isSame
  }

  #file(path: string): SourceFile {
    return { path, absolute: join(this.#root, path), size: 0 }
  }
}

/** The absolute root of an index's sources. */
export function sourceRootOf(indexFolder: string, root: string): string {
  return resolve(indexFolder, root)
}
