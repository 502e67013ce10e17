/** Cards: what a hit says of its document, found by its chunk's place in the order of the index. */
import { expect, test } from 'vitest'
import { writeCards } from '../../src/segment/document-card-writer.ts'
import { type DocumentCard, DocumentCards } from '../../src/segment/document-cards.ts'
import { memoryFolder } from '../../src/segment/memory-source.ts'

/** Cards of documents of 0, 1, 2, 0, 1, 2 … chunks. */
function cards(count: number): DocumentCard[] {
  return Array.from({ length: count }, (_, number) => ({
    path: `näme/${number}.md`,
    size: number * 7,
    title: `Page ${number} 𐐷`,
    language: number % 2 === 0 ? 'en' : '',
    format: 'markdown',
    metadata: { tags: [`t${number}`] },
    marks: Uint8Array.of(0, 127, 128, 255, number & 255),
    segment: number % 2,
    firstChunk: number * 3,
    chunks: number % 3,
    place: number * 1000,
    length: 900,
    lines: 12,
  }))
}

async function* each(items: readonly DocumentCard[]) {
  yield* items
}

async function opened(items: readonly DocumentCard[]) {
  const { entry, content, units } = await writeCards(each(items), items.length)
  const folder = memoryFolder({ [entry.name]: content }, 'site')
  const reader = await DocumentCards.open(folder, entry)
  if (units.length > 0) reader.index.keepBare([units])
  return { reader, units, content, folder, entry }
}

test('each chunk finds the card of its document', async () => {
  const all = cards(500)
  const { reader, units } = await opened(all)
  expect(units.length).toBeGreaterThan(10)
  let place = 0
  for (const card of all)
    for (let chunk = 0; chunk < card.chunks; chunk++) expect(await reader.ofChunk(place++)).toEqual(card)
  await expect(reader.ofChunk(place)).rejects.toThrow(/has no chunk 499/)
})

test('the card of a document is known by its path once it has been read', async () => {
  const all = cards(500)
  const { reader } = await opened(all)
  expect(reader.known(all[1]!.path)).toBeUndefined()
  await reader.ofChunk(0)
  expect(reader.known(all[1]!.path)).toEqual(all[1])
  expect(reader.known(all[499]!.path)).toBeUndefined()
})

test('an index without documents has no cards', async () => {
  const { reader, entry } = await opened([])
  expect(entry.bytes).toBe(0)
  await expect(reader.ofChunk(0)).rejects.toThrow(/is damaged/)
})

test('the same documents are the same file; a byte that changes is noticed', async () => {
  const [one, other] = [await opened(cards(50)), await opened(cards(50))]
  expect(other.content).toEqual(one.content)
  expect(other.entry.name).toMatch(/^[0-9a-f]{32}\.cards$/)
  one.content[one.units[0]!.length >> 1]! ^= 1
  await expect(one.reader.ofChunk(0)).rejects.toThrow(/checksum at byte 0/)
})
