/**
 * Walks the keys of a dictionary's blocks (dictionary-writer.ts has their form). A key is decoded only where that is asked
 * for; what is passed over is not even copied.
 */
import { GleanError } from '../errors.ts'
import { ByteReader, decodeUtf8 } from './bytes.ts'

/** A key with its information. */
export interface DictionaryEntry {
  readonly key: string
  readonly information: Uint8Array
}

/** A key a scan has come to. All of it is overwritten by the next. */
export interface ScannedKey {
  /** The key in UTF-8 is `[0, length)` of these; what follows is left over from others. */
  readonly bytes: Uint8Array
  readonly length: number
  /** Bytes it begins with as the key visited before it did; 0 for the first. */
  readonly shared: number
  key(): string
  information(): Uint8Array
}

/** In place of a number of bytes that are a dead end: the very next key is wanted. */
export const NO_DEAD_END = 0x7fffffff

/** Walks the keys of one block after the other; it is itself the key it has come to. */
export class KeyCursor implements ScannedKey {
  bytes = new Uint8Array(256)
  length = 0
  shared = 0
  #block: Uint8Array = new Uint8Array(0)
  /** Keys of the block still to come, where the next begins, where the last ends. */
  #left = 0
  #at = 0
  #end = 0
  #isFirst = false
  #infoAt = 0
  #infoLength = 0

  /** Goes on with a block. */
  open(block: Uint8Array): void {
    const head = new ByteReader(block)
    this.#left = head.varint()
    const keyBytes = head.varint()
    this.#block = block
    this.#at = head.position
    this.#end = this.#infoAt = head.position + keyBytes
    this.#infoLength = 0
    this.#isFirst = true
  }

  /**
   * Goes to the next key of the block that does not begin with the first `deadEnd` bytes of this one; false where
   * there is none. What is passed over is not even copied: it differs from this key behind those bytes only.
   */
  next(deadEnd = NO_DEAD_END): boolean {
    while (this.#left > 0) {
      this.#left--
      this.#infoAt += this.#infoLength
      const stored = this.#number()
      const more = this.#number()
      const from = this.#at
      this.#at = from + more
      this.#infoLength = this.#number()
      if (!(this.#at <= this.#end)) throw overrun()
      // A block's first key is stored whole; what it shares with the last of the block before is found here.
      const shared = this.#isFirst ? this.#sharedWith(from, more) : stored
      this.#isFirst = false
      if (shared >= deadEnd) continue
      this.shared = shared
      this.#copy(stored, from, more)
      return true
    }
    return false
  }

  is(wanted: Uint8Array): boolean {
    return wanted.length === this.length && this.startsWith(wanted)
  }

  startsWith(wanted: Uint8Array): boolean {
    if (wanted.length > this.length) return false
    for (let at = 0; at < wanted.length; at++) if (wanted[at] !== this.bytes[at]) return false
    return true
  }

  key(): string {
    return decodeUtf8(this.bytes.subarray(0, this.length))
  }

  information(): Uint8Array {
    return new ByteReader(this.#block, this.#infoAt).raw(this.#infoLength)
  }

  entry(): DictionaryEntry {
    return { key: this.key(), information: this.information() }
  }

  #number(): number {
    const byte = this.#block[this.#at++]!
    if (byte < 128) return byte
    const reader = new ByteReader(this.#block, this.#at - 1)
    const value = reader.varint()
    this.#at = reader.position
    return value
  }

  #sharedWith(from: number, length: number): number {
    const limit = Math.min(this.length, length)
    let shared = 0
    while (shared < limit && this.bytes[shared] === this.#block[from + shared]) shared++
    return shared
  }

  #copy(to: number, from: number, count: number): void {
    const length = to + count
    if (length > this.bytes.length) {
      const grown = new Uint8Array(length * 2)
      grown.set(this.bytes)
      this.bytes = grown
    }
    const { bytes } = this
    const block = this.#block
    // Not `set`: a few bytes, for which making a view costs more than copying.
    for (let at = 0; at < count; at++) bytes[to + at] = block[from + at]!
    this.length = length
  }
}

function overrun(): GleanError {
  return new GleanError(
    'damaged',
    'a dictionary block ends before its keys do; rebuild the index: glean index --rebuild, with its --index',
  )
}
