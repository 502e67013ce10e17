/** Writes the head of an index, as head.ts reads and describes it. */
import { ByteWriter } from './bytes.ts'
import type { Dictionary } from './dictionary.ts'
import type { WrittenCards } from './document-card-writer.ts'
import { type HeadParts, LAYOUT } from './head.ts'
import type { Entry, Key } from './index-page.ts'
import type { Manifest } from './manifest.ts'
import type { Root } from './paged-index.ts'
import { crc32, deflatePieces } from './platform.ts'
import type { UnitAt } from './unit.ts'

/** Pages of a table in a head, at the most: of more, the few that a search needs are fewer bytes. */
const MOST_PAGES = 256

/** The same of documents and of their list: what a first search wants of them, cards say. */
const MOST_BESIDE_CARDS = 1

/** Numbers are divided by no more than two to this. */
const MOST_POWER = 8

/** Bytes from which on what follows is compressed by itself. */
const LEAST_PIECE = 256

/** Entries of a page, with or without second numbers. */
type Page<K extends Key> = readonly (Omit<Entry<K>, 'extra'> & { readonly extra?: number })[]

/** The head of an index that has these parts and such cards. */
export async function writeHead(
  manifest: Manifest,
  { segments, documents }: HeadParts,
  cards: Pick<WrittenCards, 'entry' | 'units'>,
): Promise<Uint8Array> {
  const out = new HeadWriter()
  const entries = manifest.segments.map(entry => ({ ...entry, text: [] }))
  out.string(JSON.stringify([{ ...manifest, segments: entries }, cards.entry]))
  for (const { text } of manifest.segments) {
    const pages = text.map(([key, extra, offset, length]) => ({ key, extra, offset, length }))
    writeTable(out, [pages], true)
  }
  writeTable(out, [cards.units])
  for (const [number, { text, rows, dictionaries }] of segments.entries()) {
    const entry = manifest.segments[number]!
    const dictionary = await text.dictionary()
    if (dictionary) {
      out.cut()
      out.varint(dictionary.length)
      out.raw(dictionary)
    }
    writeTable(out, isLeftOut(entry.text) ? [] : await text.index.pages())
    writeTable(out, isLeftOut(entry.rows, MOST_BESIDE_CARDS) ? [] : await rows.index.pages(), true)
    for (const [at, root] of [entry.dictionary, ...Object.values(entry.forms)].entries())
      writeTable(out, isLeftOut(root) ? [] : await separatedPages(dictionaries[at]!), true)
  }
  const { paths } = manifest.documents
  if (documents.table)
    writeTable(out, isLeftOut(paths, MOST_BESIDE_CARDS) ? [] : await separatedPages(documents.table), true)
  return out.finish()
}

function isLeftOut(root: Root<Key>, most = MOST_PAGES): boolean {
  return root.length > most
}

/** The pages of a dictionary; a key is no longer than what parts its block from the one before. */
async function separatedPages(dictionary: Dictionary): Promise<Entry<string>[][]> {
  const pages = await dictionary.index.pages()
  const starts = new Set(pages.flat().map(({ extra }) => extra))
  const separators = new Map<number, string>()
  let before = ''
  let ordinal = 0
  for await (const { key } of dictionary.from()) {
    if (starts.has(ordinal)) separators.set(ordinal, separatorOf(before, key))
    before = key
    ordinal++
  }
  return pages.map(page => page.map(entry => ({ ...entry, key: separators.get(entry.extra)! })))
}

/** The shortest beginning of `key` that comes after `before`, which comes before `key`. */
function separatorOf(before: string, key: string): string {
  const length = sharedPrefix(before, key) + 1
  return key.slice(0, isHighSurrogate(key, length - 1) ? length + 1 : length)
}

function writeTable<K extends Key>(out: HeadWriter, pages: readonly Page<K>[], withExtras = false): void {
  const entries = pages.flat()
  const [first] = entries
  out.varint(first ? pages.length : 0)
  if (!first) return
  for (const page of pages) out.varint(page.length)
  if (typeof first.key === 'string')
    writeStrings(
      out,
      entries.map(({ key }) => key as string),
    )
  else writeColumn(out, differences(entries.map(({ key }) => key as number)))
  if (withExtras) writeColumn(out, differences(entries.map(({ extra }) => extra!)))
  writePlaces(out, entries)
}

function writePlaces(out: HeadWriter, places: readonly UnitAt[]): void {
  let end = places[0]!.offset
  out.varint(end)
  const gaps = places.map(({ offset, length }) => {
    const gap = offset - end
    end = offset + length
    return gap
  })
  writeColumn(out, gaps)
  writeColumn(
    out,
    places.map(({ length }) => length),
  )
}

function writeStrings(out: HeadWriter, keys: readonly string[]): void {
  let before = ''
  const parts = keys.map(key => {
    const shared = sharedPrefix(before, key)
    before = key
    return { shared, rest: key.slice(shared) }
  })
  writeColumn(
    out,
    parts.map(({ shared }) => shared),
  )
  out.cut()
  out.string(parts.map(({ rest }) => `${rest}\0`).join(''))
}

/** Numbers from 0 to 2^53 - 1. */
function writeColumn(out: HeadWriter, numbers: readonly number[]): void {
  let power = 0
  while (power < MOST_POWER && numbers.every(number => number % 2 ** (power + 1) === 0)) power++
  let width = 0
  for (
    let rest = numbers.reduce((most, each) => Math.max(most, each), 0) / 2 ** power;
    rest >= 1;
    rest /= 256
  )
    width++
  out.cut()
  out.byte(power)
  out.byte(width)
  for (let place = 0, scale = 2 ** power; place < width; place++, scale *= 256) {
    if (place > 0) out.cut()
    for (const number of numbers) out.byte(Math.floor(number / scale) % 256)
  }
}

function differences(numbers: readonly number[]): number[] {
  return numbers.map((number, place) => number - (numbers[place - 1] ?? 0))
}

/** Never parts a surrogate pair: what follows is written as UTF-8. */
function sharedPrefix(a: string, b: string): number {
  const limit = Math.min(a.length, b.length)
  let length = 0
  while (length < limit && a.charCodeAt(length) === b.charCodeAt(length)) length++
  return length > 0 && isHighSurrogate(a, length - 1) ? length - 1 : length
}

function isHighSurrogate(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800
}

/** Takes what a head is of. Numbers of one kind are compressed with codes of their own, which suit no others. */
class HeadWriter extends ByteWriter {
  readonly #cuts = [0]

  /** What follows is of another kind. */
  cut(): void {
    if (this.length - this.#cuts.at(-1)! >= LEAST_PIECE) this.#cuts.push(this.length)
  }

  finish(): Uint8Array {
    const head = new ByteWriter(this.length)
    head.varint(this.length)
    head.uint32(crc32(this.view(), LAYOUT))
    head.raw(
      deflatePieces(this.#cuts.map((start, number) => this.view().subarray(start, this.#cuts[number + 1]))),
    )
    return head.copy()
  }
}
