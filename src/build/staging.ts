/**
 * A temporary file for the text of a segment in the making. A segment's checksums are seeded with its name, its name
 * is a hash of its content, and so nothing can be put into place before all of it is known; the text is too much to
 * hold in memory until then.
 */
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryName, wrapped } from '../segment/unit-writer.ts'

/** Made by this process so far: several may be open at a time. */
let stagings = 0

/** Byte strings, written once and read back in the same order. */
export class Staging {
  readonly #path: string
  #descriptor: number | undefined
  readonly #lengths: number[] = []

  /** The file will stand in `folder`; it is made when there is something to hold. */
  constructor(folder: string) {
    this.#path = join(folder, temporaryName(`text-${++stagings}`))
  }

  /** Throws `io`. */
  push(bytes: Uint8Array): void {
    wrapped(this.#path, () => {
      const descriptor = this.#descriptor ?? openSync(this.#path, 'w+')
      this.#descriptor = descriptor
      for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done)
    })
    this.#lengths.push(bytes.length)
  }

  /** What was pushed, in order. Each view is valid until the next. */
  *read(): Generator<Uint8Array> {
    let offset = 0
    for (const length of this.#lengths) {
      const bytes = new Uint8Array(length)
      let done = 0
      while (done < length) {
        done += wrapped(this.#path, () =>
          readSync(this.#descriptor!, bytes, done, length - done, offset + done),
        )
      }
      offset += length
      yield bytes
    }
  }

  /** Removes the file. Never throws: there may be another error on its way. */
  drop(): void {
    const descriptor = this.#descriptor
    if (descriptor === undefined) return
    this.#descriptor = undefined
    for (const step of [() => closeSync(descriptor), () => unlinkSync(this.#path)]) {
      try {
        step()
      } catch {
        // Gone already; the next build removes what is left.
      }
    }
  }
}
