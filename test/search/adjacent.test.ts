import { expect, test } from 'vitest'
import { adjacentPostings } from '../../src/search/adjacent.ts'
import { PostingEncoder } from '../../src/segment/posting-encoder.ts'
import { PostingList } from '../../src/segment/posting-list.ts'
import { PostingWriter } from '../../src/segment/posting-writer.ts'
import { UnitFile } from '../../src/segment/unit.ts'
import { withUnitFile } from '../segment/memory-file.ts'

const CHUNKS = 5000

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
