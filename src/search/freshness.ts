/**
 * Whether an answer still holds: compares the files of the hits with what the index recorded of them. An index whose
 * files are not on this machine is detached, and its answers stand as they are; in one that is attached, a hit whose
 * file is gone is dropped, and one whose file has changed is looked for in the file as it is now.
 */
import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readText } from '../crawl/decode.ts'
import { readDocument } from '../document/read.ts'
import { chunkHash } from '../segment/chunk-hash.ts'
import type { ListedDocument } from '../segment/document-list.ts'
import { countTokens } from '../text/analyzer.ts'
import { cutChunks } from '../text/chunk.ts'
import { lineAndColumn } from '../text/lines.ts'

/** How a file compares with what was recorded. */
export type FileState = 'same' | 'changed' | 'gone'

/** A passage as a file has it. */
export interface FoundPassage {
  readonly text: string
  readonly startLine: number
  readonly endLine: number
  /** 1-based, in UTF-16 units. */
  readonly column: number
  readonly trail: readonly string[]
}

/** Compares files with the index, each once. */
export class FreshnessCheck {
  readonly #root: string
  readonly #maxFileSize: number
  readonly #states = new Map<string, FileState>()

  /** `root` is the absolute root of the sources. */
  constructor(root: string, maxFileSize: number) {
    this.#root = root
    this.#maxFileSize = maxFileSize
  }

  /** The state of a document's file: its size, then the hash of its bytes. */
  stateOf(document: ListedDocument): FileState {
    const known = this.#states.get(document.path)
    if (known) return known
    const state = this.#compare(document)
    this.#states.set(document.path, state)
    return state
  }

  /**
   * The passage in the file as it is now: the one with the hash recorded, else the one nearest to its line that
   * `matches` accepts. Undefined where there is none.
   */
  find(
    path: string,
    hash: string,
    line: number,
    matches: (text: string) => boolean,
  ): FoundPassage | undefined {
    const read = this.#read(path)
    if ('reason' in read) return undefined
    const document = readDocument(path, read.text)
    let best: FoundPassage | undefined
    for (const chunk of cutChunks(document, countTokens)) {
      const text = read.text.slice(chunk.start, chunk.end)
      const own = chunkHash(text)
      if (own !== hash && !matches(text)) continue
      const { startLine, endLine, trail } = chunk
      const passage = { text, startLine, endLine, trail, column: columnOf(read.text, chunk.start) }
      if (own === hash) return passage
      if (!best || Math.abs(startLine - line) < Math.abs(best.startLine - line)) best = passage
    }
    return best
  }

  #compare({ path, size, hash }: ListedDocument): FileState {
    try {
      const found = statSync(join(this.#root, path))
      if (!found.isFile()) return 'gone'
      if (found.size !== size) return 'changed'
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException
      return code === 'ENOENT' || code === 'ENOTDIR' ? 'gone' : 'changed'
    }
    const read = this.#read(path)
    return !('reason' in read) && read.hash === hash ? 'same' : 'changed'
  }

  #read(path: string) {
    return readText({ path, absolute: join(this.#root, path), size: 0 }, this.#maxFileSize)
  }
}

/** The absolute root of an index's sources. */
export function sourceRootOf(indexFolder: string, root: string): string {
  return resolve(indexFolder, root)
}

function columnOf(text: string, place: number): number {
  const breakBefore = Math.max(text.lastIndexOf('\n', place - 1), text.lastIndexOf('\r', place - 1))
  return place === 0 ? 1 : lineAndColumn(text.slice(breakBefore + 1, place), place - breakBefore - 1).column
}
