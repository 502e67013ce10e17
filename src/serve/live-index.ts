/**
 * The index as it is now: opened once, and again when its manifest has been replaced. A manifest is looked at before a
 * call, though not at every one of many, so that an answer is never of an index older than the moment before.
 */
import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isCluster } from '../cluster/address.ts'
import { openIndex } from '../cluster/open.ts'
import type { Index } from '../search/index.ts'
import { isUrl } from '../search/open.ts'
import { MANIFEST } from '../segment/manifest.ts'

/** Milliseconds for which a manifest that has been looked at is taken to be the same. */
export const PATIENCE = 200

/** An index on a web server is opened again after so many milliseconds: its manifest cannot be looked at for nothing. */
const WEB_PATIENCE = 60_000

export class LiveIndex {
  readonly #location: string
  readonly #cwd: string
  #opened: Promise<Index> | undefined
  /** The next one, while it is being opened: calls at the same time wait for the same. */
  #opening: Promise<Index> | undefined
  #mark: string | undefined
  #lookedAt = Number.NEGATIVE_INFINITY

  constructor(location: string, cwd: string) {
    this.#location = location
    this.#cwd = cwd
  }

  /** The index to ask. Throws what opening throws, but only where none could be opened before. */
  async current(): Promise<Index> {
    if (this.#opening) return this.#opening
    // A cluster that is open asks for itself how it stands.
    if (this.#opened && isCluster(this.#location)) return this.#opened
    const now = performance.now()
    const isFresh = now - this.#lookedAt < (isUrl(this.#location) ? WEB_PATIENCE : PATIENCE)
    if (this.#opened && isFresh) return this.#opened
    this.#lookedAt = now
    const mark = markOf(this.#location, this.#cwd)
    if (this.#opened && mark !== undefined && mark === this.#mark) return this.#opened
    this.#opening = this.#openAgain(mark).finally(() => {
      this.#opening = undefined
    })
    return this.#opening
  }

  /** Tells the index that {@link current} gave from any other; undefined where it cannot be told. */
  get mark(): string | undefined {
    return this.#mark
  }

  async close(): Promise<void> {
    await this.#opening?.catch(() => {})
    await (await this.#opened)?.close()
  }

  async #openAgain(mark: string | undefined): Promise<Index> {
    const before = this.#opened
    try {
      const index = await openIndex(this.#location, { cwd: this.#cwd })
      this.#opened = Promise.resolve(index)
      this.#mark = mark
      await (await before)?.close()
      return index
    } catch (thrown) {
      // What is being replaced, or has been taken away, still answers from the files that are open.
      if (before) return before
      throw thrown
    }
  }
}

/** Looks at a manifest as {@link markOf} does, though not at every one of many calls. */
export function patientMark(location: string, cwd: string): () => string | undefined {
  let mark: string | undefined
  let lookedAt = Number.NEGATIVE_INFINITY
  return () => {
    const now = performance.now()
    if (now - lookedAt >= PATIENCE) {
      lookedAt = now
      mark = markOf(location, cwd)
    }
    return mark
  }
}

/** Tells one manifest of an index from the next; undefined where it cannot be looked at. */
export function markOf(location: string, cwd: string): string | undefined {
  if (isUrl(location) || isCluster(location)) return undefined
  const found = statSync(join(resolve(cwd, location), MANIFEST), { throwIfNoEntry: false })
  return found && `${found.ino} ${found.size} ${found.mtimeMs}`
}
