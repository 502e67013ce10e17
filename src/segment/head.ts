/**
 * The head of an index: its manifest, and what its tables are found through, as one file. Whoever reads from far away
 * would ask for these one after the other, and wait each time; with the head the first search begins with the words. It
 * is no part of an index: what puts one on a web server (export/site.ts) writes it beside, by head-writer.ts.
 *
 * A head is a varint, the bytes of the rest before compression; a CRC-32 of these, whose seed is the version of this
 * layout; and the rest as a DEFLATE stream: a string, as JSON an array of the manifest, but for the roots of text, and of
 * where the cards are (document-cards.ts); of each segment that root, as a table of one page; the table of the cards; then
 * of each segment the dictionary of its text, if it has one, and the tables of text, documents, words and forms; and last
 * the list of documents. A table:
 *
 *     varint    pages; 0 where the table was left out, because it is large, or because of the cards
 *     varints   entries of each page
 *     keys      of numbers a column; of strings a column of the UTF-16 units each shares with the one before, and a
 *               string, the rest of all, each followed by a zero character
 *     column    the second numbers; not of cards and text, where the keys alone are looked for
 *     places    of the entries
 *
 * The key of a block of strings is no more of its first string than tells that from the last of the block before: so
 * much finds it (Bayer and Unterauer, "Prefix B-Trees", 1977). Keys and second numbers stand as differences to the entry
 * before.
 *
 * Places are a varint, the offset of the first; a column of the bytes between each and the one before; and a column of
 * lengths. A column is a byte, the power of two that all numbers were divided by; a byte, how many bytes a number takes
 * then; and the lowest byte of all numbers, the next of all, and so on.
 */
import { GleanError } from '../errors.ts'
import { ByteReader } from './bytes.ts'
import type { CardsEntry, DocumentCards } from './document-cards.ts'
import type { DocumentList } from './document-list.ts'
import type { Entry, Key } from './index-page.ts'
import type { Manifest } from './manifest.ts'
import type { Root } from './paged-index.ts'
import { crc32, inflate } from './platform.ts'
import type { Segment } from './segment.ts'
import type { UnitAt } from './unit.ts'

/** Version of the layout. Another one's script, which a cache may have kept, finds a checksum that does not hold. */
export const LAYOUT = 2

export interface Head {
  readonly manifest: Manifest
  readonly cards: CardsEntry
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
  const checksum = outer.uint32()
  const raw = inflate(bytes.subarray(outer.position), length)
  if (raw.length !== length || crc32(raw, LAYOUT) !== checksum) throw damaged()
  const rest = new ByteReader(raw)
  const [manifest, cards] = JSON.parse(rest.string()) as [Manifest, CardsEntry]
  const segments = manifest.segments.map(entry => ({ ...entry, text: readRoot(rest) }))
  return { manifest: { ...manifest, segments }, cards, rest }
}

/** Gives the tables of what was opened with a head's manifest their pages. */
export function keepHead({ rest }: Head, cards: DocumentCards, { segments, documents }: HeadParts): void {
  cards.index.keepBare(readTable(rest, false, false))
  for (const { text, rows, dictionaries } of segments) {
    if (text.hasDictionary) text.keepDictionary(rest.raw(rest.varint()))
    text.index.keepBare(readTable(rest, false, false))
    rows.index.keep(readTable(rest, false, true))
    for (const { index } of dictionaries) index.keep(readTable(rest, true, true))
  }
  documents.table?.index.keep(readTable(rest, true, true))
}

function readRoot(reader: ByteReader): Root<number> {
  const entries: Entry<number>[] = readTable(reader, false, true).flat()
  return entries.map(({ key, extra, offset, length }) => [key, extra, offset, length])
}

function readTable(reader: ByteReader, strings: boolean, withExtras: boolean): Entry<never>[][] {
  const counts = Array.from({ length: reader.varint() }, () => reader.varint())
  if (counts.length === 0) return []
  const count = counts.reduce((sum, each) => sum + each, 0)
  const keys: Key[] = strings ? readStrings(reader, count) : summed(readColumn(reader, count))
  const extras = withExtras ? summed(readColumn(reader, count)) : []
  const places = readPlaces(reader, count)
  let at = 0
  return counts.map(entries =>
    Array.from({ length: entries }, () => {
      const place = at++
      return { key: keys[place]! as never, extra: extras[place]!, ...places[place]! }
    }),
  )
}

function readPlaces(reader: ByteReader, count: number): UnitAt[] {
  let end = reader.varint()
  const gaps = readColumn(reader, count)
  const lengths = readColumn(reader, count)
  return lengths.map((length, place) => {
    const offset = end + gaps[place]!
    end = offset + length
    return { offset, length }
  })
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
