/** Writes the head of an index, as head.ts reads and describes it. */
import { ByteWriter } from './bytes.ts'
import type { HeadParts } from './head.ts'
import type { Entry, Key } from './index-page.ts'
import type { PagedIndex } from './paged-index.ts'
import { crc32, deflate } from './platform.ts'

/** Entries of a table in a head, at the most: of more, the few pages that a search needs are fewer bytes. */
const MOST_ENTRIES = 1 << 15

/** Numbers are divided by no more than two to this. */
const MOST_POWER = 8

/** The head of an index that was opened with the manifest of which these are the bytes. */
export async function writeHead(
  manifest: Uint8Array,
  { segments, documents }: HeadParts,
): Promise<Uint8Array> {
  const raw = new ByteWriter()
  raw.varint(manifest.length)
  raw.raw(manifest)
  for (const { text, tables } of segments) {
    const dictionary = await text.dictionary()
    if (dictionary) {
      raw.varint(dictionary.length)
      raw.raw(dictionary)
    }
    await writeTable(raw, text.index, false)
    for (const table of tables) await writeTable(raw, table, true)
  }
  if (documents.table) await writeTable(raw, documents.table.index, true)
  const checked = new ByteWriter(raw.length + 4)
  checked.uint32(crc32(raw.view(), 0))
  checked.raw(raw.view())
  const head = new ByteWriter(raw.length)
  head.varint(checked.length)
  head.raw(deflate(checked.view()))
  return head.copy()
}

async function writeTable(out: ByteWriter, table: PagedIndex<Key>, withExtras: boolean): Promise<void> {
  const pages = await table.pages()
  const entries = pages.flat()
  const [first] = entries
  if (!first || entries.length > MOST_ENTRIES) return out.varint(0)
  out.varint(pages.length)
  for (const page of pages) out.varint(page.length)
  if (typeof first.key === 'string') writeStrings(out, entries as readonly Entry<string>[])
  else writeColumn(out, differences(entries.map(({ key }) => key as number)))
  if (withExtras) writeColumn(out, differences(entries.map(({ extra }) => extra)))
  out.varint(first.offset)
  let end = first.offset
  const gaps = entries.map(({ offset, length }) => {
    const gap = offset - end
    end = offset + length
    return gap
  })
  writeColumn(out, gaps)
  writeColumn(
    out,
    entries.map(({ length }) => length),
  )
}

function writeStrings(out: ByteWriter, entries: readonly Entry<string>[]): void {
  let before = ''
  const parts = entries.map(({ key }) => {
    const shared = sharedPrefix(before, key)
    before = key
    return { shared, rest: key.slice(shared) }
  })
  writeColumn(
    out,
    parts.map(({ shared }) => shared),
  )
  out.string(parts.map(({ rest }) => `${rest}\0`).join(''))
}

/** Numbers from 0 to 2^53 - 1. */
function writeColumn(out: ByteWriter, numbers: readonly number[]): void {
  let power = 0
  while (power < MOST_POWER && numbers.every(number => number % 2 ** (power + 1) === 0)) power++
  let width = 0
  for (let rest = Math.max(...numbers) / 2 ** power; rest >= 1; rest /= 256) width++
  out.byte(power)
  out.byte(width)
  for (let place = 0, scale = 2 ** power; place < width; place++, scale *= 256)
    for (const number of numbers) out.byte(Math.floor(number / scale) % 256)
}

function differences(numbers: readonly number[]): number[] {
  return numbers.map((number, place) => number - (numbers[place - 1] ?? 0))
}

/** Never parts a surrogate pair: what follows is written as UTF-8. */
function sharedPrefix(a: string, b: string): number {
  const limit = Math.min(a.length, b.length)
  let length = 0
  while (length < limit && a.charCodeAt(length) === b.charCodeAt(length)) length++
  return length > 0 && (a.charCodeAt(length - 1) & 0xfc00) === 0xd800 ? length - 1 : length
}
