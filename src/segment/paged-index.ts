/**
 * A two-level index over units in key order: pages of up to 128 entries, and a root of one entry per page that lives
 * in the manifest. Finding a unit reads one page, however many there are.
 *
 * The key is the first key of the unit: a string (terms, form keys, paths) or a whole number (chunks, documents).
 * Each entry carries a second number, `extra`, that grows along with the key and can be searched as well (the place of
 * a text block in the text, the first chunk of a document row).
 */
import { ByteWriter } from './bytes.ts'
import {
  ENTRIES_PER_PAGE,
  type Entry,
  type IndexPage,
  type Key,
  type Located,
  pageOf,
  readPage,
  writePage,
} from './index-page.ts'
import type { UnitAt, UnitFile, UnitSink } from './unit.ts'

/** Pages that are fetched before any of them is asked for have no more than this in all: a later round trip costs more. */
const FEW_BYTES = 1 << 13

/** An entry by its place: on which page, and where there. */
interface PlacedEntry<K extends Key> {
  readonly number: number
  readonly page: IndexPage<K>
  readonly at: number
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
  readonly #pages = new Map<number, IndexPage<K>>()
  /** Pages that came without their second numbers. */
  #bare: readonly (readonly Located<K>[])[] = []

  constructor(file: UnitFile, root: Root<K>) {
    this.#file = file
    this.#root = root
  }

  /** Keeps all pages, which came by another way (head.ts): none of them is read any more. */
  keep(pages: readonly (readonly Entry<K>[])[]): void {
    for (const [number, page] of pages.entries()) this.#pages.set(number, pageOf(page))
  }

  /** The same, of pages without their second numbers: {@link locate} is answered by these. */
  keepBare(pages: readonly (readonly Located<K>[])[]): void {
    this.#bare = pages
  }

  /** The entries of all pages. */
  async pages(): Promise<Entry<K>[][]> {
    const pages = await Promise.all(this.#root.map((_, number) => this.#page(number)))
    return pages.map(page => Array.from({ length: page!.length }, (_, at) => page!.entry(at)))
  }

  /** Begins to fetch all pages, where that takes long and they have no more than `most` bytes. */
  prefetch(most = FEW_BYTES): void {
    if (this.#pages.size > 0 || this.#bare.length > 0) return
    const pages = this.#root.map(([, , offset, length]) => ({ offset, length }))
    if (pages.reduce((sum, { length }) => sum + length, 0) <= most) this.#file.source.prefetch?.(pages)
  }

  /** Begins to fetch the pages that lead from one second number to another, where that takes long. */
  prefetchBetween(first: number, last: number): void {
    const pages = this.#root.slice(Math.max(0, this.#pageOfExtra(first)), this.#pageOfExtra(last) + 1)
    this.#file.source.prefetch?.(pages.map(([, , offset, length]) => ({ offset, length })))
  }

  /** The last unit whose first key is not after `key`; undefined where all begin later. */
  async find(key: K): Promise<Entry<K> | undefined> {
    const found = await this.#lastIn(this.#pageOf(key), (page, at) => page.key(at) <= key)
    return found?.page.entry(found.at)
  }

  /** The same with the first key of the unit behind it, if there is one. */
  async findWithNext(key: K): Promise<readonly [Entry<K>, K | undefined] | undefined> {
    const found = await this.#lastIn(this.#pageOf(key), (page, at) => page.key(at) <= key)
    return found && [found.page.entry(found.at), this.#keyBehind(found)]
  }

  /** The unit itself, where the second number is not wanted. */
  async locate(key: K): Promise<Located<K> | undefined> {
    const bare = this.#bare[this.#pageOf(key)]
    return bare ? bare[lastOf(bare.length, at => bare[at]!.key <= key)] : this.find(key)
  }

  /** The first keys of the last unit whose `extra` is not over `value`, and of the one behind it, if there is one. */
  async around(value: number): Promise<readonly [K, K | undefined] | undefined> {
    const found = await this.#lastIn(this.#pageOfExtra(value), (page, at) => page.extra(at) <= value)
    return found && [found.page.key(found.at), this.#keyBehind(found)]
  }

  /** The last unit whose `extra` is not over `value`. */
  async findByExtra(value: number): Promise<Entry<K> | undefined> {
    const found = await this.#lastIn(this.#pageOfExtra(value), (page, at) => page.extra(at) <= value)
    return found?.page.entry(found.at)
  }

  /** All units from the one that may hold `key` on (all of them without a key), page by page. */
  async *from(key?: K): AsyncGenerator<Entry<K>> {
    const first = key === undefined ? 0 : Math.max(0, this.#pageOf(key))
    for (let number = first; number < this.#root.length; number++) {
      const page = await this.#page(number)
      if (!page) continue
      const skip = number === first && key !== undefined ? lastOf(page.length, at => page.key(at) <= key) : 0
      for (let at = Math.max(0, skip); at < page.length; at++) yield page.entry(at)
    }
  }

  /** The page that has the last unit whose first key is not after `key`, or -1. */
  #pageOf(key: K): number {
    return lastOf(this.#root.length, at => this.#root[at]![0] <= key)
  }

  #pageOfExtra(value: number): number {
    return lastOf(this.#root.length, at => this.#root[at]![1] <= value)
  }

  /** The last entry of a page that is not after what is wanted; undefined where there is none. */
  async #lastIn(
    number: number,
    isNotAfter: (page: IndexPage<K>, at: number) => boolean,
  ): Promise<PlacedEntry<K> | undefined> {
    const page = await this.#page(number)
    const at = page ? lastOf(page.length, at => isNotAfter(page, at)) : -1
    return page && at >= 0 ? { number, page, at } : undefined
  }

  /** The key behind an entry, on its page or the next. */
  #keyBehind({ number, page, at }: PlacedEntry<K>): K | undefined {
    return at + 1 < page.length ? page.key(at + 1) : this.#root[number + 1]?.[0]
  }

  async #page(number: number): Promise<IndexPage<K> | undefined> {
    const at = this.#root[number]
    if (!at) return undefined
    const known = this.#pages.get(number)
    if (known) return known
    const page = readPage<K>(await this.#file.read(at[2], at[3]), typeof at[0] === 'string')
    this.#pages.set(number, page)
    return page
  }
}

/** The last of `length` places in ascending order that is not after what is wanted, or -1. */
function lastOf(length: number, isNotAfter: (at: number) => boolean): number {
  let low = -1
  let high = length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (isNotAfter(middle)) low = middle
    else high = middle - 1
  }
  return low
}
