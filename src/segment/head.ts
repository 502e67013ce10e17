/**
 * The head of an index: its manifest, and what its tables are found through, as one file. Whoever reads from far away
 * would ask for these one after the other, and wait each time; with the head the first search begins with the words. It
 * is no part of an index: what puts one on a web server (export/site.ts) writes it beside, by head-writer.ts.
 *
 * A head is a varint, the bytes of the rest before compression, and the rest as a DEFLATE stream: a CRC-32 of what
 * follows; a string, the manifest; then of each segment the dictionary of its text, if it has one, and the tables of
 * text, documents, words and forms, and last the list of documents. A table:
 *
 *     varint    pages; 0 where the table was left out, because it is large
 *     varints   entries of each page
 *     keys      of numbers a column; of strings a column of the UTF-16 units each shares with the one before, and a
 *               string, the rest of all, each followed by a zero character
 *     column    the second numbers; not of text, where the keys alone are looked for
 *     varint    offset of the first entry
 *     column    bytes between an entry and the one before
 *     column    lengths
 *
 * A column is a byte, the power of two that all numbers were divided by; a byte, how many bytes a number takes then; and
 * the lowest byte of all numbers, the next of all, and so on.
 * Keys and second numbers stand as differences to the entry before.
 */
import { GleanError } from '../errors.ts'
import { ByteReader } from './bytes.ts'
import type { DocumentList } from './document-list.ts'
import type { Entry, Key } from './index-page.ts'
import type { PagedIndex } from './paged-index.ts'
import { crc32, inflate } from './platform.ts'
import type { Segment } from './segment.ts'

/** A table that was left out is undefined. */
export interface Head {
  /** The manifest's bytes. */
  readonly manifest: Uint8Array
  readonly rest: ByteReader
}

/** What the tables are of. */
export interface HeadParts {
  readonly segments: readonly Segment[]
  readonly documents: DocumentList
}

/** No head is larger than this before compression: a longer one is not ours, and is not allocated. */
const LARGEST = 64 << 20

/** Reads a head. Throws `damaged` where it is none, or not as it was written. */
export function readHead(bytes: Uint8Array): Head {
  const outer = new ByteReader(bytes)
  const length = outer.varint()
  if (length > LARGEST) throw damaged()
  const rest = new ByteReader(inflate(bytes.subarray(outer.position), length))
  const checksum = rest.uint32()
  if (rest.bytes.length !== length || crc32(rest.bytes.subarray(rest.position), 0) !== checksum)
    throw damaged()
  return { manifest: rest.raw(rest.varint()), rest }
}

/** Gives the tables of what was opened with a head's manifest their pages. */
export function keepHead({ rest }: Head, { segments, documents }: HeadParts): void {
  for (const { text, tables } of segments) {
    if (text.hasDictionary) text.keepDictionary(rest.raw(rest.varint()))
    text.index.keepBare(readTable(rest, false, false))
    for (const [number, table] of tables.entries()) keepTable(rest, table, number > 0)
  }
  if (documents.table) keepTable(rest, documents.table.index, true)
}

function keepTable(rest: ByteReader, table: PagedIndex<Key>, strings: boolean): void {
  table.keep(readTable(rest, strings, true))
}

function readTable(reader: ByteReader, strings: boolean, withExtras: boolean): Entry<never>[][] {
  const counts = Array.from({ length: reader.varint() }, () => reader.varint())
  if (counts.length === 0) return []
  const count = counts.reduce((sum, each) => sum + each, 0)
  const keys: Key[] = strings ? readStrings(reader, count) : summed(readColumn(reader, count))
  const extras = withExtras ? summed(readColumn(reader, count)) : []
  let offset = reader.varint()
  const gaps = readColumn(reader, count)
  const lengths = readColumn(reader, count)
  let at = 0
  return counts.map(entries =>
    Array.from({ length: entries }, () => {
      const place = at++
      offset += gaps[place]!
      const entry = { key: keys[place]! as never, extra: extras[place]!, offset, length: lengths[place]! }
      offset += entry.length
      return entry
    }),
  )
}

function readStrings(reader: ByteReader, count: number): string[] {
  const shared = readColumn(reader, count)
  const rests = reader.string().split('\0')
  let before = ''
  return shared.map((length, place) => (before = before.slice(0, length) + rests[place]!))
}

function readColumn(reader: ByteReader, count: number): number[] {
  const unit = 2 ** reader.byte()
  const width = reader.byte()
  const numbers = new Array<number>(count).fill(0)
  for (let place = 0, scale = unit; place < width; place++, scale *= 256) {
    const bytes = reader.raw(count)
    for (let at = 0; at < count; at++) numbers[at]! += bytes[at]! * scale
  }
  return numbers
}

function summed(differences: number[]): number[] {
  let sum = 0
  return differences.map(difference => (sum += difference))
}

function damaged(): GleanError {
  return new GleanError('damaged', 'the head of the index is damaged; export the site again')
}
