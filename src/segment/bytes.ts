/**
 * Bytes in and bytes out: a growing buffer that numbers and strings are written to, and the matching reader.
 * Numbers are variable-length (seven bits a byte, low bits first); strings are UTF-8 after their byte length.
 */
import { GleanError } from '../errors.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** A buffer that grows as it is written to. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>
  #length = 0

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity)
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#length
  }

  /** Forgets what was written; the memory is kept for the next use. */
  clear(): void {
    this.#length = 0
  }

  /** A view of what was written. Valid until the next write. */
  view(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length)
  }

  /** A copy of what was written. */
  copy(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length)
  }

  byte(value: number): void {
    this.#reserve(1)
    this.#bytes[this.#length++] = value
  }

  /** Writes a whole number from 0 to 2^53 - 1. */
  varint(value: number): void {
    this.#reserve(8)
    let rest = value
    while (rest > 0x7fffffff) {
      this.#bytes[this.#length++] = (rest % 128) | 128
      rest = Math.floor(rest / 128)
    }
    while (rest > 127) {
      this.#bytes[this.#length++] = (rest & 127) | 128
      rest >>>= 7
    }
    this.#bytes[this.#length++] = rest
  }

  uint32(value: number): void {
    this.#reserve(4)
    for (let shift = 0; shift < 32; shift += 8) this.#bytes[this.#length++] = (value >>> shift) & 255
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** The byte length, then the UTF-8 bytes. */
  string(value: string): void {
    // Nearly always it takes as many bytes for its length as it would if it were ASCII.
    const prefix = varintBytes(value.length)
    const room = this.room(prefix + value.length * 3 + 8)
    const start = this.#length + prefix
    const { written } = encoder.encodeInto(value, room.subarray(start))
    const needed = varintBytes(written)
    if (needed !== prefix) room.copyWithin(this.#length + needed, start, start + written)
    this.varint(written)
    this.advance(written)
  }

  /** The memory behind, with room for so many bytes from `length` on: write them there, then {@link advance}. */
  room(bytes: number): Uint8Array {
    this.#reserve(bytes)
    return this.#bytes
  }

  /** Takes in bytes that were written to the memory of {@link room}. */
  advance(bytes: number): void {
    this.#length += bytes
  }

  #reserve(more: number): void {
    const needed = this.#length + more
    if (needed <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2))
    grown.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = grown
  }
}

/** Bytes that a varint takes. */
function varintBytes(value: number): number {
  let bytes = 1
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) bytes++
  return bytes
}

/** Reads what {@link ByteWriter} wrote. Reading past the end throws `damaged`. */
export class ByteReader {
  readonly bytes: Uint8Array
  position: number

  constructor(bytes: Uint8Array, position = 0) {
    this.bytes = bytes
    this.position = position
  }

  get done(): boolean {
    return this.position >= this.bytes.length
  }

  byte(): number {
    const value = this.bytes[this.position++]
    if (value === undefined) throw ranOut(this.position)
    return value
  }

  varint(): number {
    // Without a call of another: an index page has hundreds, and is read before the engine has made fast code of this.
    const { bytes } = this
    let at = this.position
    let byte = bytes[at++]!
    let value = byte & 127
    for (let scale = 128; byte > 127; scale *= 128) {
      byte = bytes[at++]!
      value += (byte & 127) * scale
    }
    if (at > bytes.length) throw ranOut(at)
    this.position = at
    return value
  }

  uint32(): number {
    const low = this.byte() | (this.byte() << 8) | (this.byte() << 16)
    return (low | (this.byte() << 24)) >>> 0
  }

  /** Passes over the next `length` bytes. */
  skip(length: number): void {
    this.position += length
    if (this.position > this.bytes.length) throw ranOut(this.position)
  }

  /** A view of the next `length` bytes. */
  raw(length: number): Uint8Array {
    const start = this.position
    if (start + length > this.bytes.length) throw ranOut(start + length)
    this.position = start + length
    return this.bytes.subarray(start, this.position)
  }

  string(): string {
    return decodeUtf8(this.raw(this.varint()))
  }
}

/** Text of UTF-8 bytes; a byte-order mark is a character like any other here. */
export function decodeUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

/** UTF-8 bytes of a text. */
export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text)
}

function ranOut(position: number): GleanError {
  return new GleanError(
    'damaged',
    `index data ends before byte ${position} of its part; rebuild it: glean index --rebuild, with its --index`,
  )
}
