/**
 * Puts encoded lists of postings into a file, and says what a dictionary has to know of them.
 *
 * A dictionary entry's information is
 *
 *     varint    2 * document frequency, + 1 where the list stands outside
 *     varint    collection frequency (occurrences in all chunks and fields), less the document frequency
 *     inside    a block of postings and its positions, as posting.ts has them, without checksums of their own
 *     outside   four varints: offset in the file; bytes of the skip table (0 for a single block), of the blocks of
 *               postings, of the blocks of positions, which follow one another
 */
import { ByteWriter } from './bytes.ts'
import type { EncodedList } from './posting-encoder.ts'
import type { UnitSink } from './unit.ts'

export class PostingWriter {
  readonly #out: UnitSink
  readonly #information = new ByteWriter()

  /** Bytes written for positions so far, those in the dictionary not counted. */
  positionBytes = 0

  constructor(out: UnitSink) {
    this.#out = out
  }

  /** Writes a list; gives the information for its dictionary entry, valid until the next call. */
  write(list: EncodedList): Uint8Array {
    const { documentFrequency, collectionFrequency, inline, bytes } = list
    const information = this.#information
    information.clear()
    information.varint(documentFrequency * 2 + (inline ? 0 : 1))
    information.varint(collectionFrequency - documentFrequency)
    if (inline) information.raw(bytes)
    else this.#writeUnits(list)
    return information.view()
  }

  #writeUnits({ bytes, units }: EncodedList): void {
    const out = this.#out
    const offset = out.length
    const blocks = (units.length - 1) >> 1
    let at = 0
    const write = (from: number, to: number): number => {
      const before = out.length
      for (let unit = from; unit < to; unit++) {
        out.unit(bytes.subarray(at, at + units[unit]!))
        at += units[unit]!
      }
      return out.length - before
    }
    const skips = blocks > 1 ? write(0, 1) : 0
    const postings = write(1, 1 + blocks)
    const positions = write(1 + blocks, units.length)
    this.positionBytes += positions
    for (const number of [offset, skips, postings, positions]) this.#information.varint(number)
  }
}
