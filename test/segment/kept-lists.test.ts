import { expect, test } from 'vitest'
import { KeptLists } from '../../src/segment/kept-lists.ts'
import { PostingEncoder } from '../../src/segment/posting-encoder.ts'
import { PostingList } from '../../src/segment/posting-list.ts'
import { PostingWriter } from '../../src/segment/posting-writer.ts'
import { UnitFile } from '../../src/segment/unit.ts'
import { withUnitFile } from './memory-file.ts'

const LISTS = 20
const CHUNKS = 3000

/** Reads some lists through, positions too; gives the last chunk and position of each. */
async function readAll(file: UnitFile, lists: readonly Uint8Array[], kept: KeptLists): Promise<number[][]> {
  const ends: number[][] = []
  for (const information of lists) {
    const list = new PostingList(file, information, undefined, undefined, kept)
    let end: number[] = []
    while (await list.next()) {
      const last = list.block.size - 1
      const { positions, starts } = await list.positionsOf(last)
      end = [list.block.chunks[last]!, positions[starts[last]!]!]
    }
    ends.push(end)
  }
  return ends
}

test('what was read of lists is not read again, as far as the bound allows', async () => {
  const lists: Uint8Array[] = []
  await withUnitFile(
    out => {
      const writer = new PostingWriter(out)
      const encoder = new PostingEncoder()
      for (let list = 0; list < LISTS; list++) {
        for (let chunk = 0; chunk < CHUNKS; chunk++)
          encoder.add(chunk * (list + 1), 9, 1, 0, 0, Int32Array.of(chunk % 90), 0)
        lists.push(writer.write(encoder.finish()).slice())
      }
    },
    async ({ source }) => {
      let reads = 0
      const read = (offset: number, length: number, into?: Uint8Array) => {
        reads++
        return source.read(offset, length, into)
      }
      const { size } = source
      const file = new UnitFile('test.seg', 'test.seg', { size, read, close() {} }, size)
      const expected = lists.map((_, list) => [(CHUNKS - 1) * (list + 1), (CHUNKS - 1) % 90])
      const counts = async (kept: KeptLists) => {
        const before = reads
        expect(await readAll(file, lists, kept)).toEqual(expected)
        return reads - before
      }
      const [ample, scarce] = [new KeptLists(64 << 20), new KeptLists(8 * 30_000)]
      const first = await counts(ample)
      expect(await counts(ample)).toBe(0)
      expect(await counts(scarce)).toBe(first)
      // The lists come in turn: what is kept is given up before it is asked for again.
      expect(await counts(scarce)).toBe(first)
      await readAll(file, lists.slice(-1), scarce)
      const before = reads
      await readAll(file, lists.slice(-1), scarce)
      expect(reads).toBe(before)
    },
  )
})
