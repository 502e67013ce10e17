import fc from 'fast-check'
import { expect, test } from 'vitest'
import { adjacentPostings } from '../../src/search/adjacent.ts'
import type { MemoryPostings } from '../../src/search/postings.ts'
import { PostingEncoder } from '../../src/segment/posting-encoder.ts'
import { PostingList } from '../../src/segment/posting-list.ts'
import { PostingWriter } from '../../src/segment/posting-writer.ts'
import { UnitFile } from '../../src/segment/unit.ts'
import { withUnitFile } from '../segment/memory-file.ts'

const CHUNKS = 5000

/** A list of chunks, each with the positions of a word in its text and in its headings. */
type Occurrences = readonly (readonly [chunk: number, text: readonly number[], heading: readonly number[]])[]

function encoded(writer: PostingWriter, occurrences: Occurrences): Uint8Array {
  const encoder = new PostingEncoder()
  for (const [chunk, text, heading] of occurrences)
    encoder.add(chunk, 9, text.length, heading.length, 0, Int32Array.of(...text, ...heading), 0)
  return writer.write(encoder.finish()).slice()
}

test('words side by side are found in all chunks that have them, also where each block has to be waited for', async () => {
  const information: Uint8Array[] = []
  await withUnitFile(
    out => {
      const writer = new PostingWriter(out)
      for (const position of [4, 5]) {
        const encoder = new PostingEncoder()
        for (let chunk = 0; chunk < CHUNKS; chunk++)
          encoder.add(2 * chunk, 9, 1, 0, 0, Int32Array.of(position + (chunk % 7)), 0)
        information.push(writer.write(encoder.finish()).slice())
      }
    },
    async file => {
      const { source } = file
      const { size } = source
      const read = async (offset: number, length: number) => source.read(offset, length)
      const far = new UnitFile('test.seg', 'test.seg', { size, read, close() {} }, size)
      for (const from of [file, far]) {
        const found = await adjacentPostings(
          information.map(each => new PostingList(from, each)),
          Number.POSITIVE_INFINITY,
        )
        expect(found.documentFrequency).toBe(CHUNKS)
      }
    },
  )
})

test('whatever chunks have the words, and wherever these stand in them, all are found', async () => {
  const places = fc.uniqueArray(fc.nat(5), { maxLength: 4 }).map(some => some.sort((a, b) => a - b))
  const chunks = (most: number) => fc.uniqueArray(fc.nat(3000), { minLength: 1, maxLength: most })
  const word = fc
    .oneof(chunks(5), chunks(900))
    .chain(some =>
      fc.tuple(...some.sort((a, b) => a - b).map(chunk => fc.tuple(fc.constant(chunk), places, places))),
    )
  const words = fc.array(
    word.map(some =>
      some.map(([chunk, text, heading]) => [chunk, text.length ? text : [0], heading] as const),
    ),
    { minLength: 2, maxLength: 3 },
  )
  await fc.assert(
    fc.asyncProperty(words, async all => {
      const information: Uint8Array[] = []
      await withUnitFile(
        out => {
          const writer = new PostingWriter(out)
          for (const occurrences of all) information.push(encoded(writer, occurrences))
        },
        async file => {
          const lists = information.map(each => new PostingList(file, each))
          const found = await adjacentPostings(lists, Number.POSITIVE_INFINITY)
          expect(read(found)).toEqual(expected(all))
        },
      )
    }),
    { numRuns: 40 },
  )
})

/** Chunks with how often the phrase begins in text and headings: a word follows where any of its positions does. */
function expected([first, ...others]: readonly Occurrences[]): number[][] {
  return first!.flatMap(([chunk, text, heading]) => {
    const follow = (place: number) =>
      others.every((word, number) =>
        word.some(([there, ...fields]) => there === chunk && fields.flat().includes(place + number + 1)),
      )
    const counts = [text, heading].map(field => field.filter(follow).length)
    return counts.some(count => count > 0) ? [[chunk, ...counts]] : []
  })
}

function read(postings: MemoryPostings): number[][] {
  const all: number[][] = []
  while (postings.next()) {
    const { block } = postings
    for (let at = 0; at < block.size; at++)
      all.push([block.chunks[at]!, block.frequencies[0]![at]!, block.frequencies[1]![at]!])
  }
  return all
}
