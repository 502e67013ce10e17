/** The chunks of a document in a form that goes from one thread to another at the cost of a copy. */
import type { WrittenChunk } from '../segment/text-writer.ts'

export interface PackedChunks {
  /** For each chunk: start, end, first line, last line, whether it goes on, number of its trail. */
  readonly numbers: Int32Array
  readonly trails: readonly (readonly string[])[]
}

const COLUMNS = 6

export function packChunks(chunks: readonly WrittenChunk[]): PackedChunks {
  const numbers = new Int32Array(chunks.length * COLUMNS)
  const trails: (readonly string[])[] = []
  let at = 0
  for (const { start, end, startLine, endLine, continues, trail } of chunks) {
    // Chunks of a section share one array.
    if (trails.at(-1) !== trail) trails.push(trail)
    for (const number of [start, end, startLine, endLine, continues ? 1 : 0, trails.length - 1])
      numbers[at++] = number
  }
  return { numbers, trails }
}

export function unpackChunks({ numbers, trails }: PackedChunks): WrittenChunk[] {
  const chunks: WrittenChunk[] = []
  for (let at = 0; at < numbers.length; at += COLUMNS) {
    chunks.push({
      start: numbers[at]!,
      end: numbers[at + 1]!,
      startLine: numbers[at + 2]!,
      endLine: numbers[at + 3]!,
      continues: numbers[at + 4] === 1,
      trail: trails[numbers[at + 5]!]!,
    })
  }
  return chunks
}
