/** Writes cards, as document-cards.ts reads and describes them. */
import { createHash } from 'node:crypto'
import { ByteWriter, encodeUtf8 } from './bytes.ts'
import type { CardsEntry, Columns, DocumentCard } from './document-cards.ts'
import type { Located } from './index-page.ts'
import { MemoryWriter } from './memory-writer.ts'
import { deflate } from './platform.ts'

/**
 * UTF-16 units of JSON from which on a unit is full: with more a hit costs more bytes, with less the head does. Of four
 * times as many documents units are twice as large, and twice as many. Below the least a request weighs more.
 */
const unitLength = (documents: number): number => Math.max(1500, 15 * Math.sqrt(documents))

/** A file of cards, where it is to be, and what its units are found through. */
export interface WrittenCards {
  readonly entry: CardsEntry
  readonly content: Uint8Array
  readonly units: readonly Located<number>[]
}

/** Writes the cards of so many `documents` of an index, in its order. */
export async function writeCards(
  cards: AsyncIterable<DocumentCard>,
  documents: number,
): Promise<WrittenCards> {
  const full = unitLength(documents)
  const hash = createHash('sha256')
  const payloads: { readonly key: number; readonly payload: Uint8Array }[] = []
  let columns = noColumns()
  let first = 0
  let length = 0
  const close = (): void => {
    const raw = encodeUtf8(JSON.stringify(columns))
    hash.update(raw)
    const payload = new ByteWriter(raw.length)
    payload.varint(raw.length)
    payload.raw(deflate(raw))
    payloads.push({ key: first, payload: payload.copy() })
    first += columns[0].reduce((sum, count) => sum + count, 0)
    columns = noColumns()
    length = 0
  }
  for await (const card of cards) {
    const row = rowOf(card)
    for (const [number, value] of row.entries()) (columns[number] as unknown[]).push(value)
    length += JSON.stringify(row).length
    if (length >= full) close()
  }
  if (length > 0) close()
  const name = `${hash.digest('hex').slice(0, 32)}.cards`
  const file = new MemoryWriter(name)
  const units = payloads.map(({ key, payload }) => ({ key, ...file.unit(payload) }))
  const content = file.finish()
  return { entry: { name, bytes: content.length }, content, units }
}

function noColumns(): Columns {
  return [[], [], [], [], [], [], [], [], [], [], [], [], []]
}

/** The values of a card in the order of the columns. */
function rowOf(card: DocumentCard): unknown[] {
  const { chunks, path, size, title, language, format, metadata, marks } = card
  const { segment, firstChunk, place, length, lines } = card
  return [
    ...[chunks, path, size, title, language, format, metadata, Buffer.from(marks).toString('latin1')],
    ...[segment, firstChunk, place, length, lines],
  ]
}
