/**
 * The texts of a batch as bytes. As strings they would be all that the memory for what is new has to carry along, again
 * and again, until their turn comes: bytes lie outside of it, and a string is made of them when it is written.
 */
import { Buffer } from 'node:buffer'

export interface PackedTexts {
  /** For each text, how many UTF-16 units it has, negative where they take two bytes each. */
  readonly sizes: readonly number[]
  readonly bytes: Uint8Array<ArrayBuffer>
}

const FIRST_CAPACITY = 1 << 20

/** Takes texts in order. */
export class TextPacker {
  #sizes: number[] = []
  #bytes = Buffer.allocUnsafeSlow(FIRST_CAPACITY)
  #length = 0

  /** Adds a text, of which it is known whether it is ASCII. */
  add(text: string, isAscii: boolean): void {
    const bytes = isAscii ? text.length : 2 * text.length
    this.#reserve(bytes)
    this.#bytes.write(text, this.#length, bytes, isAscii ? 'latin1' : 'utf16le')
    this.#sizes.push(isAscii ? text.length : -text.length)
    this.#length += bytes
  }

  /** The texts since it was last asked. */
  take(): PackedTexts {
    const packed = {
      sizes: this.#sizes,
      bytes: Uint8Array.prototype.slice.call(this.#bytes, 0, this.#length),
    }
    this.#sizes = []
    this.#length = 0
    return packed as PackedTexts
  }

  #reserve(more: number): void {
    const needed = this.#length + more
    if (needed <= this.#bytes.length) return
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#bytes.length))
    this.#bytes.copy(grown, 0, 0, this.#length)
    this.#bytes = grown
  }
}

/** The texts, in order. */
export function* unpackTexts({ sizes, bytes }: PackedTexts): Generator<string, undefined> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  for (const size of sizes) {
    const end = at + (size < 0 ? -2 * size : size)
    yield buffer.toString(size < 0 ? 'utf16le' : 'latin1', at, end)
    at = end
  }
}
