import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PostingEncoder } from '../../src/segment/posting-encoder.ts'
import { PostingList } from '../../src/segment/posting-list.ts'
import { PostingWriter } from '../../src/segment/posting-writer.ts'
import { withUnitFile } from './memory-file.ts'

interface Posting {
  chunk: number
  length: number
  /** Positions in text, headings, title. */
  fields: number[][]
}

const ordinals = (most: number) =>
  fc.uniqueArray(fc.nat({ max: 9000 }), { maxLength: most }).map(list => list.toSorted((a, b) => a - b))

const posting = fc
  .record({
    gap: fc.integer({ min: 1, max: 400 }),
    length: fc.nat({ max: 63 }),
    text: ordinals(5),
    heading: ordinals(2),
    title: ordinals(2),
  })
  .map(({ gap, length, text, heading, title }) => {
    const fields = [text, heading, title]
    return { gap, length, fields: fields.every(list => list.length === 0) ? [[3], [], []] : fields }
  })

const lists = (maxLength: number) =>
  fc.array(posting, { minLength: 1, maxLength, size: 'max' }).map(items => {
    let chunk = -1
    return items.map(({ gap, length, fields }): Posting => {
      chunk += gap
      return { chunk, length, fields }
    })
  })

function write(list: readonly Posting[]) {
  return (out: ConstructorParameters<typeof PostingWriter>[0]) => {
    const encoder = new PostingEncoder()
    for (const { chunk, length, fields } of list) {
      const [text, heading, title] = fields.map(positions => positions.length) as [number, number, number]
      encoder.add(chunk, length, text, heading, title, Int32Array.from(fields.flat()), 0)
    }
    return new PostingWriter(out).write(encoder.finish()).slice()
  }
}

async function readAll(list: PostingList): Promise<Posting[]> {
  const read: Posting[] = []
  while (await list.next()) {
    const { positions, starts } = await list.positions()
    const { block } = list
    for (let at = 0; at < block.size; at++) {
      let next = starts[at]!
      const fields = block.frequencies.map(of => {
        next += of[at]!
        return Array.from(positions.subarray(next - of[at]!, next))
      })
      read.push({ chunk: block.chunks[at]!, length: block.lengths[at]!, fields })
    }
  }
  return read
}

test('positions can be asked for posting by posting, in any order', async () => {
  await fc.assert(
    fc.asyncProperty(lists(600), fc.infiniteStream(fc.nat()), async (list, places) => {
      await withUnitFile(write(list), async (file, information) => {
        const reader = new PostingList(file, information)
        for (let before = 0; await reader.next(); before += reader.block.size) {
          for (let asked = 0; asked < 5; asked++) {
            const at = places.next().value! % reader.block.size
            const { positions, starts } = await reader.positionsOf(at)
            const found = [...positions.subarray(starts[at]!, starts[at + 1]!)]
            expect(found).toEqual(list[before + at]!.fields.flat())
          }
        }
      })
    }),
  )
})

test('postings and positions come back as they were written, inline or in blocks, again after rewind', async () => {
  await fc.assert(
    fc.asyncProperty(lists(900), async list => {
      await withUnitFile(write(list), async (file, information) => {
        const reader = new PostingList(file, information)
        expect(reader.documentFrequency).toBe(list.length)
        expect(reader.collectionFrequency).toBe(list.flatMap(({ fields }) => fields.flat()).length)
        expect(await readAll(reader)).toEqual(list)
        reader.rewind()
        expect(await readAll(reader)).toEqual(list)
      })
    }),
    { numRuns: 20 },
  )
})

test('seeking finds the first posting that is not before the chunk asked for', async () => {
  await fc.assert(
    fc.asyncProperty(
      lists(900),
      fc.array(fc.nat({ max: 200_000 }), { maxLength: 20 }),
      async (list, targets) => {
        await withUnitFile(write(list), async (file, information) => {
          const reader = new PostingList(file, information)
          for (const target of targets.toSorted((a, b) => a - b)) {
            const expected = list.find(({ chunk }) => chunk >= target)?.chunk
            const found = await reader.seek(target)
            const at = found
              ? reader.block.chunks.subarray(0, reader.block.size).find(chunk => chunk >= target)
              : undefined
            expect(at).toBe(expected)
          }
        })
      },
    ),
    { numRuns: 20 },
  )
})
