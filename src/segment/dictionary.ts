/**
 * Reads what dictionary-writer.ts wrote: looks a key up (or a place in the order of keys) with one block, or walks all keys
 * from one on.
 */
import { ByteReader, decodeUtf8, encodeUtf8 } from './bytes.ts'
import { PagedIndex, type Root } from './paged-index.ts'
import type { UnitFile } from './unit.ts'

/** A key with its information. */
export interface DictionaryEntry {
  readonly key: string
  readonly information: Uint8Array
}

/** Blocks kept in memory: enough for the words of a query and their forms. */
const CACHED_BLOCKS = 64

/** A sorted table of strings on disk. */
export class Dictionary {
  readonly #file: UnitFile
  readonly #index: PagedIndex<string>
  readonly #blocks = new Map<number, Uint8Array>()

  constructor(file: UnitFile, root: Root<string>) {
    this.#file = file
    this.#index = new PagedIndex(file, root)
  }

  /** The information of a key; undefined where it is not in the table. */
  async find(key: string): Promise<Uint8Array | undefined> {
    const at = await this.#index.find(key)
    if (!at) return undefined
    const block = await this.#block(at.offset, at.length)
    const wanted = encodeUtf8(key)
    for (const entry of new BlockScan(block)) {
      if (entry.matches(wanted)) return entry.information()
    }
    return undefined
  }

  /** The information of those of the keys that are in the table, by key, in the order given. */
  async findAll(keys: Iterable<string>): Promise<Map<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>()
    for (const key of keys) {
      const information = await this.find(key)
      if (information) found.set(key, information)
    }
    return found
  }

  /** The entry at a place in the order of keys, counted from 0; undefined past the end. */
  async at(ordinal: number): Promise<DictionaryEntry | undefined> {
    const at = await this.#index.findByExtra(ordinal)
    if (!at) return undefined
    let number = at.extra
    for (const entry of new BlockScan(await this.#block(at.offset, at.length))) {
      if (number++ === ordinal) return { key: entry.key(), information: entry.information() }
    }
    return undefined
  }

  /** All entries from the first key that is not before `key`, in order. Blocks passed through are not kept. */
  async *from(key = ''): AsyncGenerator<DictionaryEntry> {
    for await (const at of this.#index.from(key)) {
      const block = await this.#file.read(at.offset, at.length)
      for (const entry of new BlockScan(block)) {
        const own = entry.key()
        if (own >= key) yield { key: own, information: entry.information() }
      }
    }
  }

  async #block(offset: number, length: number): Promise<Uint8Array> {
    const known = this.#blocks.get(offset)
    if (known) return known
    const block = await this.#file.read(offset, length)
    if (this.#blocks.size === CACHED_BLOCKS) this.#blocks.delete(this.#blocks.keys().next().value!)
    this.#blocks.set(offset, block)
    return block
  }
}

/** Walks the entries of one block; the scan itself is the current entry. */
class BlockScan {
  readonly #bytes: Uint8Array
  #key = new Uint8Array(256)
  #keyLength = 0
  #infoAt = 0
  #infoLength = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  *[Symbol.iterator](): Generator<BlockScan> {
    const keys = new ByteReader(this.#bytes)
    const count = keys.varint()
    const keyBytes = keys.varint()
    this.#infoAt = keys.position + keyBytes
    for (let number = 0; number < count; number++) {
      this.#infoAt += this.#infoLength
      this.#nextKey(keys)
      this.#infoLength = keys.varint()
      yield this
    }
  }

  matches(wanted: Uint8Array): boolean {
    if (wanted.length !== this.#keyLength) return false
    for (let at = 0; at < wanted.length; at++) if (wanted[at] !== this.#key[at]) return false
    return true
  }

  key(): string {
    return decodeUtf8(this.#key.subarray(0, this.#keyLength))
  }

  information(): Uint8Array {
    return new ByteReader(this.#bytes, this.#infoAt).raw(this.#infoLength)
  }

  #nextKey(keys: ByteReader): void {
    const shared = keys.varint()
    const more = keys.raw(keys.varint())
    this.#keyLength = shared + more.length
    if (this.#keyLength > this.#key.length) {
      const grown = new Uint8Array(this.#keyLength * 2)
      grown.set(this.#key)
      this.#key = grown
    }
    this.#key.set(more, shared)
  }
}
