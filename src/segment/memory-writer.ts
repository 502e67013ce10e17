/** Writes a file of units into memory: what memory-source.ts reads. */
import { fileSeed, SEAL, type UnitAt, type UnitSink, unitChecksum } from './unit.ts'

export class MemoryWriter implements UnitSink {
  readonly #seed: number
  #bytes = new Uint8Array(1 << 16)
  #length = 0

  /** `name` is what the file will be read by: its checksums are seeded with it. */
  constructor(name: string) {
    this.#seed = fileSeed(name)
  }

  get length(): number {
    return this.#length
  }

  unit(payload: Uint8Array): UnitAt {
    const offset = this.#length
    const length = payload.length + SEAL
    if (offset + length > this.#bytes.length) this.#grow(offset + length)
    this.#bytes.set(payload, offset)
    new DataView(this.#bytes.buffer).setUint32(
      offset + payload.length,
      unitChecksum(payload, this.#seed, offset),
      true,
    )
    this.#length = offset + length
    return { offset, length }
  }

  /** The file. */
  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  #grow(least: number): void {
    const grown = new Uint8Array(Math.max(least, 2 * this.#bytes.length))
    grown.set(this.#bytes)
    this.#bytes = grown
  }
}
