/**
 * The text of a segment in the making: its blocks are compressed, with a dictionary made of the first of them, and wait
 * in a file until the segment has a name.
 */
import { ByteWriter } from '../segment/bytes.ts'
import type { SegmentEntry } from '../segment/manifest.ts'
import { trainDictionary } from '../segment/text-dictionary.ts'
import { compressDictionary, type TextBlockStart } from '../segment/text-writer.ts'
import type { UnitSink } from '../segment/unit.ts'
import { type WaitingRoom, WaitingUnits } from '../segment/waiting-units.ts'

/** Compresses blocks of text as text-writer.ts has them, each by itself, with the segment's dictionary if it has one. */
export type Compressor = (
  blocks: readonly Uint8Array[],
  dictionary: Uint8Array | undefined,
) => Promise<readonly Uint8Array[]>

/** Bytes of text from which on it is compressed in one go, and that may come to that with the last block. */
const COMPRESSED_AT_ONCE = 1 << 18
const AT_MOST = COMPRESSED_AT_ONCE + (COMPRESSED_AT_ONCE >> 3)

/** Bytes of text that the dictionary is made of, if there are as many: eight times as many make none that is better. */
const TRAINED_ON = 1 << 21

/** Blocks side by side: they go to whoever compresses them as one piece of memory. */
class Sheet {
  readonly starts: TextBlockStart[] = []
  readonly #ends: number[] = []
  readonly #bytes = new ByteWriter(AT_MOST)

  get length(): number {
    return this.#bytes.length
  }

  /** Takes a copy of a block. */
  add(start: TextBlockStart, block: Uint8Array): void {
    this.starts.push(start)
    this.#bytes.raw(block)
    this.#ends.push(this.length)
  }

  blocks(): Uint8Array[] {
    const bytes = this.#bytes.view()
    return this.#ends.map((end, number) => bytes.subarray(number === 0 ? 0 : this.#ends[number - 1], end))
  }
}

export class StagedText {
  readonly #compress: Compressor
  readonly #units: WaitingUnits<number>
  /** What is not given away yet, the last of them not full, and its bytes. */
  #sheets: Sheet[] = []
  #bytes = 0
  #isTrained = false
  #dictionary: Uint8Array | undefined
  /** Done when all that was given away to be compressed waits in the room. */
  #staged: Promise<void> = Promise.resolve()

  /** `compress` is who compresses the blocks: they are its own. */
  constructor(room: WaitingRoom, compress: Compressor) {
    this.#units = new WaitingUnits(room)
    this.#compress = compress
  }

  /** Takes a copy of the next block. */
  add(start: TextBlockStart, block: Uint8Array): void {
    let sheet = this.#sheets.at(-1)
    if (!sheet || sheet.length >= COMPRESSED_AT_ONCE) {
      sheet = new Sheet()
      this.#sheets.push(sheet)
    }
    sheet.add(start, block)
    this.#bytes += block.length
    if (this.#bytes >= (this.#isTrained ? COMPRESSED_AT_ONCE : TRAINED_ON)) this.#giveAway()
  }

  /** Waits until all blocks are compressed. Throws what went wrong. */
  async finish(): Promise<void> {
    this.#giveAway()
    await this.#staged
  }

  /** Writes what {@link finish} waited for. */
  write(out: UnitSink): Pick<SegmentEntry, 'text' | 'textDictionary'> {
    const at = this.#dictionary && out.unit(compressDictionary(this.#dictionary))
    const text = this.#units.write(out)
    return at ? { text, textDictionary: [at.offset, at.length] } : { text }
  }

  #giveAway(): void {
    if (!this.#isTrained) this.#dictionary = trainDictionary(this.#sheets.flatMap(sheet => sheet.blocks()))
    this.#isTrained = true
    for (const sheet of this.#sheets.splice(0)) this.#stage(sheet)
    this.#bytes = 0
  }

  /** Has the blocks of a sheet compressed, and put behind what was before. */
  #stage(sheet: Sheet): void {
    const { starts } = sheet
    const compressed = this.#compress(sheet.blocks(), this.#dictionary)
    this.#staged = this.#staged.then(async () => {
      for (const [number, payload] of (await compressed).entries())
        this.#units.add(starts[number]!.firstChunk, starts[number]!.textStart, payload)
    })
    // It is waited for at the end; until then nobody listens.
    this.#staged.catch(() => {})
  }
}
