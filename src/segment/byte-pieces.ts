/**
 * Bytes that may become many: written in one place as long as they are few, then in pieces of a fixed size, each in memory
 * of its own, so that what there is need not be copied to grow, and can be given away as it is.
 */
import { ByteWriter } from './bytes.ts'

/** Bytes of a piece; one that is added alone may have more. */
const PIECE_BYTES = 1 << 18

export class BytePieces {
  readonly #last = new ByteWriter()
  #full: Uint8Array<ArrayBuffer>[] = []
  #fullBytes = 0

  /** Bytes so far. */
  get length(): number {
    return this.#fullBytes + this.#last.length
  }

  /** Whether there are more than one piece. */
  get isLong(): boolean {
    return this.#full.length > 0
  }

  /** Adds what a writer has, all of it in one piece, and clears that. Gives how many bytes they were. */
  add(bytes: ByteWriter): number {
    const { length } = bytes
    if (this.#last.length > 0 && this.#last.length + length > PIECE_BYTES) this.#close()
    this.#last.raw(bytes.view())
    bytes.clear()
    return length
  }

  /** What there is where it is not long: a view, valid until more is added. */
  view(): Uint8Array {
    return this.#last.view()
  }

  /** The pieces, in memory of their own. Starts anew. */
  taken(): Uint8Array<ArrayBuffer>[] {
    if (this.#last.length > 0) this.#close()
    const pieces = this.#full
    this.clear()
    return pieces
  }

  /** Forgets what was added. */
  clear(): void {
    this.#last.clear()
    this.#full = []
    this.#fullBytes = 0
  }

  #close(): void {
    this.#full.push(this.#last.copy())
    this.#fullBytes += this.#last.length
    this.#last.clear()
  }
}
