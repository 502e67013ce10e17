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
import { type EncodedList, unitsOf } from './encoded-list.ts'
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
    const { documentFrequency, collectionFrequency, inline, pieces } = list
    const information = this.#information
    information.clear()
    information.varint(documentFrequency * 2 + (inline ? 0 : 1))
    information.varint(collectionFrequency - documentFrequency)
    if (inline) information.raw(pieces[0]!)
    else this.#writeUnits(list)
    return information.view()
  }

  #writeUnits(list: EncodedList): void {
    const out = this.#out
    const offset = out.length
    const blocks = (list.units.length - 1) >> 1
    const units = unitsOf(list)
    const write = (count: number): number => {
      const before = out.length
      for (let unit = 0; unit < count; unit++) out.unit(units.next().value!)
      return out.length - before
    }
    // A single block has no table: its unit is of no bytes, and is not written.
    if (blocks === 1) units.next()
    const skips = blocks > 1 ? write(1) : 0
    const postings = write(blocks)
    const positions = write(blocks)
    this.positionBytes += positions
    for (const number of [offset, skips, postings, positions]) this.#information.varint(number)
  }
}
