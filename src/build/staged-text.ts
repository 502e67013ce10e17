/**
 * The text of a segment in the making: its blocks are compressed, with a dictionary made of the first of them, and wait
 * in a file until the segment has a name.
 */
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

/** Bytes of text that are compressed in one go. */
const COMPRESSED_AT_ONCE = 1 << 18

/** Bytes of text that the dictionary is made of, if there are as many: eight times as many make none that is better. */
const TRAINED_ON = 1 << 21

export class StagedText {
  readonly #compress: Compressor
  readonly #units: WaitingUnits<number>
  /** Blocks that wait until there are enough of them, where each begins, and how many bytes they are. */
  #raw: Uint8Array[] = []
  #starts: TextBlockStart[] = []
  #rawBytes = 0
  #isTrained = false
  #dictionary: Uint8Array | undefined
  /** Done when all that was given away to be compressed waits in the room. */
  #staged: Promise<void> = Promise.resolve()

  /** `compress` is who compresses the blocks. */
  constructor(room: WaitingRoom, compress: Compressor) {
    this.#units = new WaitingUnits(room)
    this.#compress = compress
  }

  /** Takes the next block. */
  add(start: TextBlockStart, block: Uint8Array): void {
    this.#starts.push(start)
    this.#raw.push(block)
    this.#rawBytes += block.length
    if (this.#rawBytes >= (this.#isTrained ? COMPRESSED_AT_ONCE : TRAINED_ON)) this.#giveAway()
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
    if (!this.#isTrained) this.#dictionary = trainDictionary(this.#raw)
    this.#isTrained = true
    while (this.#raw.length > 0) this.#stage()
    this.#rawBytes = 0
  }

  /** Has as many blocks compressed as are in one go, and put behind what was before. */
  #stage(): void {
    let [count, bytes] = [0, 0]
    while (count < this.#raw.length && bytes < COMPRESSED_AT_ONCE) bytes += this.#raw[count++]!.length
    const starts = this.#starts.splice(0, count)
    const compressed = this.#compress(this.#raw.splice(0, count), this.#dictionary)
    this.#staged = this.#staged.then(async () => {
      for (const [number, payload] of (await compressed).entries())
        this.#units.add(starts[number]!.firstChunk, starts[number]!.textStart, payload)
    })
    // It is waited for at the end; until then nobody listens.
    this.#staged.catch(() => {})
  }
}
