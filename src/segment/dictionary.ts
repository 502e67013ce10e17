/**
 * Reads what dictionary-writer.ts wrote: looks a key up (or a place in the order of keys) with one block, walks all keys
 * from one on, or scans the keys as bytes, passing over what its visitor has no use for.
 */
import { encodeUtf8 } from './bytes.ts'
import type { Entry } from './index-page.ts'
import { type DictionaryEntry, KeyCursor, NO_DEAD_END, type ScannedKey } from './key-cursor.ts'
import { PagedIndex, type Root } from './paged-index.ts'
import type { UnitAt, UnitFile } from './unit.ts'
import { UnitCache } from './unit-cache.ts'

/**
 * Looks at a key and says how many bytes of it are a dead end: the keys after it that begin with them are passed over.
 * {@link NO_DEAD_END} passes over none, 0 ends the scan.
 */
export type KeyVisitor = (key: ScannedKey) => number

/** Blocks kept in memory: enough for the words of a query and their forms. */
const CACHED_BLOCKS = 64

/** A scan reads neighbouring blocks together, up to about this many bytes: a few large reads beat many small ones. */
const RUN_BYTES = 1 << 17

/** A sorted table of strings on disk. */
export class Dictionary {
  readonly index: PagedIndex<string>
  readonly #file: UnitFile
  readonly #blocks = new UnitCache<Uint8Array>(CACHED_BLOCKS)

  constructor(file: UnitFile, root: Root<string>) {
    this.#file = file
    this.index = new PagedIndex(file, root)
  }

  /** Begins to fetch what blocks are found through, where that takes long. */
  prefetch(most?: number): void {
    this.index.prefetch(most)
  }

  /** Begins to fetch the blocks of some keys, where that takes long. */
  async prefetchKeys(keys: Iterable<string>): Promise<void> {
    const { source } = this.#file
    if (!source.prefetch) return
    const places = await Promise.all([...keys].map(key => this.index.find(key)))
    source.prefetch(places.filter(at => at !== undefined))
  }

  /** Begins to fetch the block of a place in the order of keys, where that takes long. */
  async prefetchAt(ordinal: number): Promise<void> {
    const { source } = this.#file
    const at = source.prefetch && (await this.index.findByExtra(ordinal))
    if (at) source.prefetch!([at])
  }

  /** The information of a key; undefined where it is not in the table. */
  async find(key: string): Promise<Uint8Array | undefined> {
    const at = await this.index.find(key)
    if (!at) return undefined
    const wanted = encodeUtf8(key)
    const cursor = new KeyCursor()
    cursor.open(await this.#block(at.offset, at.length))
    while (cursor.next()) if (cursor.is(wanted)) return cursor.information()
    return undefined
  }

  /**
   * The information of those of the keys that are in the table, by key. Ascending keys that stand close together cost
   * one pass over their blocks; in any other order they are found as well.
   */
  async findAll(keys: Iterable<string>): Promise<Map<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>()
    const cursor = new KeyCursor()
    let at: UnitAt | undefined
    let until: string | undefined = ''
    let isOpen = false
    let before = ''
    for (const key of keys) {
      // Most stand in the block of the one before.
      if (!at || key <= before || (until !== undefined && key >= until)) {
        const [entry, next] = (await this.index.findWithNext(key)) ?? []
        isOpen = isOpen && at !== undefined && entry?.offset === at.offset && key > before
        at = entry
        until = next
      }
      if (!at) continue
      if (!isOpen) cursor.open(await this.#block(at.offset, at.length))
      const wanted = encodeUtf8(key)
      let there = false
      while (!there && cursor.next()) there = cursor.is(wanted)
      if (there) found.set(key, cursor.information())
      // A key that is not there has used the block up: the next one begins it anew.
      isOpen = there
      before = key
    }
    return found
  }

  /** The entry at a place in the order of keys, counted from 0; undefined past the end. */
  async at(ordinal: number): Promise<DictionaryEntry | undefined> {
    const at = await this.index.findByExtra(ordinal)
    if (!at) return undefined
    let number = at.extra
    const cursor = new KeyCursor()
    cursor.open(await this.#block(at.offset, at.length))
    while (cursor.next()) if (number++ === ordinal) return cursor.entry()
    return undefined
  }

  /** All entries from the first key that is not before `key`, in order. Blocks passed through are not kept. */
  async *from(key = ''): AsyncGenerator<DictionaryEntry> {
    const cursor = new KeyCursor()
    for await (const at of this.index.from(key)) {
      cursor.open(await this.#file.read(at.offset, at.length))
      while (cursor.next()) {
        const entry = cursor.entry()
        if (entry.key >= key) yield entry
      }
    }
  }

  /**
   * The keys that are not before `first`, and not after `last` or begin with it. Few, and their blocks are kept: others
   * that are asked for next stand in the same.
   */
  async keysBetween(first: string, last: string): Promise<string[]> {
    const keys: string[] = []
    const isBehind = (key: string) => key > last && !key.startsWith(last)
    const cursor = new KeyCursor()
    for await (const at of this.index.from(first)) {
      if (isBehind(at.key)) break
      cursor.open(await this.#block(at.offset, at.length))
      while (cursor.next()) {
        const key = cursor.key()
        if (isBehind(key)) return keys
        if (key >= first) keys.push(key)
      }
    }
    return keys
  }

  /**
   * Shows `visit` the keys that begin with `prefix`, in order, but for those it has passed over. Reads only blocks that
   * may hold such keys, and keeps none. A key is decoded only where the visitor asks for it.
   */
  async scan(prefix: string, visit: KeyVisitor): Promise<void> {
    const scan = new PrefixScan(prefix, visit)
    for await (const run of this.#runs(prefix)) {
      const start = run[0]!.offset
      const end = run.at(-1)!.offset + run.at(-1)!.length
      const read = this.#file.readRaw(start, end - start)
      const bytes = read instanceof Promise ? await read : read
      for (const { offset, length } of run) {
        const unit = bytes.subarray(offset - start, offset - start + length)
        if (!scan.goThrough(this.#file.openAt(unit, offset))) return
      }
    }
  }

  /** The blocks that may hold keys that begin with `prefix`, in runs that are read at once. */
  async *#runs(prefix: string): AsyncGenerator<Entry<string>[]> {
    let run: Entry<string>[] = []
    for await (const at of this.index.from(prefix)) {
      if (at.key > prefix && !at.key.startsWith(prefix)) break
      const last = run.at(-1)
      const isApart = last && last.offset + last.length !== at.offset
      if (last && (isApart || at.offset - run[0]!.offset >= RUN_BYTES)) {
        yield run
        run = []
      }
      run.push(at)
    }
    if (run.length > 0) yield run
  }

  #block(offset: number, length: number): Promise<Uint8Array> {
    return this.#blocks.get(offset, () => this.#file.read(offset, length))
  }
}

/** Shows a visitor the keys with a prefix, block by block. */
class PrefixScan {
  readonly #prefix: Uint8Array
  readonly #visit: KeyVisitor
  readonly #cursor = new KeyCursor()
  #isInside = false
  #deadEnd = NO_DEAD_END

  constructor(prefix: string, visit: KeyVisitor) {
    this.#prefix = encodeUtf8(prefix)
    this.#visit = visit
  }

  /** False where neither the rest of the block nor what follows it is wanted. */
  goThrough(block: Uint8Array): boolean {
    const cursor = this.#cursor
    cursor.open(block)
    while (cursor.next(this.#deadEnd)) {
      // Keys with the prefix stand together, so what parts from one of them lies behind the last.
      if (!this.#isInside || cursor.shared < this.#prefix.length) {
        if (cursor.startsWith(this.#prefix)) {
          if (!this.#isInside) cursor.shared = 0
          this.#isInside = true
        } else if (this.#isInside) return false
        else continue
      }
      this.#deadEnd = this.#visit(cursor)
      if (this.#deadEnd === 0) return false
    }
    return true
  }
}
