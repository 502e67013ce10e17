/**
 * A page of a paged index (paged-index.ts): some entries side by side. It is read for one or two of them, so what is
 * made when it is read is columns of numbers; a key that is a string is decoded when it is asked for.
 *
 * A page: a varint of how many entries, then for each its key (a string; or a varint of the number less the one before),
 * and varints: `extra` and the offset, each less the one before, and the length.
 */
import { GleanError } from '../errors.ts'
import { ByteReader, type ByteWriter, decodeUtf8 } from './bytes.ts'
import type { UnitAt } from './unit.ts'

export const ENTRIES_PER_PAGE = 128

export type Key = string | number

/** Where a unit stands, and what it begins with. */
export interface Located<K extends Key> extends UnitAt {
  readonly key: K
}

/** The same with the second number. */
export interface Entry<K extends Key> extends Located<K> {
  readonly extra: number
}

/** A page, however it came. Entries are asked for by their place in it, from 0 to below `length`. */
export interface IndexPage<K extends Key> {
  readonly length: number
  key(at: number): K
  extra(at: number): number
  entry(at: number): Entry<K>
}

/** Writes the entries of a page, in ascending order of key. */
export function writePage<K extends Key>(page: ByteWriter, entries: readonly Entry<K>[]): void {
  page.varint(entries.length)
  let extra = 0
  let offset = 0
  let before = 0
  for (const entry of entries) {
    const key: Key = entry.key
    if (typeof key === 'string') page.string(key)
    else {
      page.varint(key - before)
      before = key
    }
    page.varint(entry.extra - extra)
    page.varint(entry.offset - offset)
    page.varint(entry.length)
    extra = entry.extra
    offset = entry.offset
  }
}

/** The page that was written; `strings` says what its keys are. Throws `damaged` where it claims too many entries. */
export function readPage<K extends Key>(bytes: Uint8Array, strings: boolean): IndexPage<K> {
  return new StoredPage<K>(bytes, strings)
}

/** A page of entries that came by another way. */
export function pageOf<K extends Key>(entries: readonly Entry<K>[]): IndexPage<K> {
  return {
    length: entries.length,
    key: at => entries[at]!.key,
    extra: at => entries[at]!.extra,
    entry: at => entries[at]!,
  }
}

class StoredPage<K extends Key> implements IndexPage<K> {
  readonly length: number
  readonly #bytes: Uint8Array
  /** The keys; of those that are strings, where each begins and ends in the bytes. */
  readonly #keys: Float64Array
  readonly #ends: Float64Array | undefined
  /** Those that have been decoded. */
  readonly #strings: string[] = []
  readonly #extras: Float64Array
  readonly #offsets: Float64Array
  readonly #lengths: Float64Array

  constructor(bytes: Uint8Array, strings: boolean) {
    const page = new ByteReader(bytes)
    const count = page.varint()
    if (count > ENTRIES_PER_PAGE) throw new GleanError('damaged', `an index page claims ${count} entries`)
    const column = () => new Float64Array(count)
    const [keys, extras, offsets, lengths] = [column(), column(), column(), column()]
    const ends = strings ? column() : undefined
    let key = 0
    let extra = 0
    let offset = 0
    for (let number = 0; number < count; number++) {
      if (ends) {
        const size = page.varint()
        keys[number] = page.position
        page.skip(size)
        ends[number] = page.position
      } else keys[number] = key += page.varint()
      extras[number] = extra += page.varint()
      offsets[number] = offset += page.varint()
      lengths[number] = page.varint()
    }
    this.length = count
    this.#bytes = bytes
    this.#keys = keys
    this.#ends = ends
    this.#extras = extras
    this.#offsets = offsets
    this.#lengths = lengths
  }

  key(at: number): K {
    return (this.#ends ? this.#string(at, this.#ends[at]!) : this.#keys[at]!) as K
  }

  #string(at: number, end: number): string {
    this.#strings[at] ??= decodeUtf8(this.#bytes.subarray(this.#keys[at], end))
    return this.#strings[at]
  }

  extra(at: number): number {
    return this.#extras[at]!
  }

  entry(at: number): Entry<K> {
    const [extra, offset, length] = [this.#extras[at]!, this.#offsets[at]!, this.#lengths[at]!]
    return { key: this.key(at), extra, offset, length }
  }
}
