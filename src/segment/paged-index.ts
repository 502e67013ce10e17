/**
 * A two-level index over units in key order: pages of up to 128 entries, and a root of one entry per page that lives
 * in the manifest. Finding a unit reads one page, however many there are.
 *
 * The key is the first key of the unit: a string (terms, form keys, paths) or a whole number (chunks, documents).
 * Each entry carries a second number, `extra`, that grows along with the key and can be searched as well (the place of
 * a text block in the text, the first chunk of a document row).
 */
import { GleanError } from '../errors.ts'
import { ByteReader, ByteWriter } from './bytes.ts'
import type { UnitAt, UnitFile, UnitSink } from './unit.ts'

const ENTRIES_PER_PAGE = 128

/** Pages that are fetched before any of them is asked for have no more than this in all: a later round trip costs more. */
const FEW_BYTES = 1 << 13

export type Key = string | number

/** Where a unit stands, and what it begins with. */
export interface Located<K extends Key> extends UnitAt {
  readonly key: K
}

/** The same with the second number. */
export interface Entry<K extends Key> extends Located<K> {
  readonly extra: number
}

/** Root of a paged index, as the manifest holds it: `[first key, first extra, offset, length]` for each page. */
export type Root<K extends Key> = [key: K, extra: number, offset: number, length: number][]

/** Takes the entries of units as they are written; `finish` writes the pages. */
export class PagedIndexWriter<K extends Key> {
  /** The page in hand, and those that are full, as they will stand. */
  readonly #entries: Entry<K>[] = []
  readonly #pages: { readonly first: Entry<K>; readonly payload: Uint8Array }[] = []
  readonly #page = new ByteWriter()

  /** Entries come in ascending order of key. */
  add(key: K, extra: number, at: UnitAt): void {
    this.#entries.push({ key, extra, offset: at.offset, length: at.length })
    if (this.#entries.length === ENTRIES_PER_PAGE) this.#closePage()
  }

  finish(out: UnitSink): Root<K> {
    if (this.#entries.length > 0) this.#closePage()
    return this.#pages.map(({ first, payload }) => {
      const at = out.unit(payload)
      return [first.key, first.extra, at.offset, at.length]
    })
  }

  #closePage(): void {
    this.#page.clear()
    writePage(this.#page, this.#entries)
    this.#pages.push({ first: this.#entries[0]!, payload: this.#page.copy() })
    this.#entries.length = 0
  }
}

/** Finds units by key. Pages read are kept for the life of the reader. */
export class PagedIndex<K extends Key> {
  readonly #file: UnitFile
  readonly #root: Root<K>
  readonly #pages = new Map<number, readonly Entry<K>[]>()
  /** Pages that came without their second numbers. */
  #bare: readonly (readonly Located<K>[])[] = []

  constructor(file: UnitFile, root: Root<K>) {
    this.#file = file
    this.#root = root
  }

  /** Keeps all pages, which came by another way (head.ts): none of them is read any more. */
  keep(pages: readonly (readonly Entry<K>[])[]): void {
    for (const [number, page] of pages.entries()) this.#pages.set(number, page)
  }

  /** The same, of pages without their second numbers: {@link locate} is answered by these. */
  keepBare(pages: readonly (readonly Located<K>[])[]): void {
    this.#bare = pages
  }

  /** All pages. */
  async pages(): Promise<(readonly Entry<K>[])[]> {
    return Promise.all(this.#root.map(async (_, number) => (await this.#page(number))!))
  }

  /** Begins to fetch all pages, where that takes long and they have no more than `most` bytes. */
  prefetch(most = FEW_BYTES): void {
    if (this.#pages.size > 0 || this.#bare.length > 0) return
    const pages = this.#root.map(([, , offset, length]) => ({ offset, length }))
    if (pages.reduce((sum, { length }) => sum + length, 0) <= most) this.#file.source.prefetch?.(pages)
  }

  /** Begins to fetch the pages that lead from one second number to another, where that takes long. */
  prefetchBetween(first: number, last: number): void {
    const start = Math.max(0, lastAtOrBefore(this.#root, first, rootExtra))
    const pages = this.#root.slice(start, lastAtOrBefore(this.#root, last, rootExtra) + 1)
    this.#file.source.prefetch?.(pages.map(([, , offset, length]) => ({ offset, length })))
  }

  /** The last unit whose first key is not after `key`; undefined where all begin later. */
  async find(key: K): Promise<Entry<K> | undefined> {
    const page = await this.#page(lastAtOrBefore(this.#root, key, rootKey))
    return page?.[lastAtOrBefore(page, key, entryKey)]
  }

  /** The same, where the second number is not wanted. */
  async locate(key: K): Promise<Located<K> | undefined> {
    const number = lastAtOrBefore(this.#root, key, rootKey)
    const page = this.#bare[number] ?? (await this.#page(number))
    return page?.[lastAtOrBefore<Located<K>>(page, key, entryKey)]
  }

  /** The first keys of the last unit whose `extra` is not over `value`, and of the one behind it, if there is one. */
  async around(value: number): Promise<readonly [K, K | undefined] | undefined> {
    const number = lastAtOrBefore(this.#root, value, rootExtra)
    const page = (await this.#page(number)) ?? []
    const at = lastAtOrBefore(page, value, entryExtra)
    return page[at] && [page[at].key, page[at + 1]?.key ?? this.#root[number + 1]?.[0]]
  }

  /** The last unit whose `extra` is not over `value`. */
  async findByExtra(value: number): Promise<Entry<K> | undefined> {
    const page = await this.#page(lastAtOrBefore(this.#root, value, rootExtra))
    return page?.[lastAtOrBefore(page, value, entryExtra)]
  }

  /** All units from the one that may hold `key` on (all of them without a key), page by page. */
  async *from(key?: K): AsyncGenerator<Entry<K>> {
    const first = key === undefined ? 0 : Math.max(0, lastAtOrBefore(this.#root, key, rootKey))
    for (let number = first; number < this.#root.length; number++) {
      const page = (await this.#page(number)) ?? []
      const skip =
        number === first && key !== undefined ? Math.max(0, lastAtOrBefore(page, key, entryKey)) : 0
      for (let at = skip; at < page.length; at++) yield page[at]!
    }
  }

  async #page(number: number): Promise<readonly Entry<K>[] | undefined> {
    const at = this.#root[number]
    if (!at) return undefined
    const known = this.#pages.get(number)
    if (known) return known
    const page = readPage<K>(await this.#file.read(at[2], at[3]), typeof at[0] === 'string')
    this.#pages.set(number, page)
    return page
  }
}

const rootKey = <K extends Key>(entry: Root<K>[number]): Key => entry[0]
const rootExtra = <K extends Key>(entry: Root<K>[number]): Key => entry[1]
const entryKey = <K extends Key>(entry: Located<K>): Key => entry.key
const entryExtra = <K extends Key>(entry: Entry<K>): Key => entry.extra

/** Index of the last item whose key is `<= wanted`, or -1. */
function lastAtOrBefore<T>(items: readonly T[], wanted: Key, keyOf: (item: T) => Key): number {
  let low = -1
  let high = items.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (keyOf(items[middle]!) <= wanted) low = middle
    else high = middle - 1
  }
  return low
}

function writePage<K extends Key>(page: ByteWriter, entries: readonly Entry<K>[]): void {
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

function readPage<K extends Key>(bytes: Uint8Array, strings: boolean): Entry<K>[] {
  const page = new ByteReader(bytes)
  const count = page.varint()
  if (count > ENTRIES_PER_PAGE) throw new GleanError('damaged', `an index page claims ${count} entries`)
  const entries: Entry<K>[] = []
  let key = 0
  let extra = 0
  let offset = 0
  for (let number = 0; number < count; number++) {
    if (!strings) key += page.varint()
    const own: Key = strings ? page.string() : key
    extra += page.varint()
    offset += page.varint()
    entries.push({ key: own as K, extra, offset, length: page.varint() })
  }
  return entries
}
