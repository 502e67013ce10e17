/** A file of bytes that wait while an index is being made: written at its end, read anywhere, and gone afterwards. */
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { GleanError, messageOf } from '../errors.ts'
import { temporaryName, wrapped } from '../segment/unit-writer.ts'
import type { WaitingRoom } from '../segment/waiting-units.ts'

/** Named by this thread so far: several may be open at a time. */
let named = 0

/** A path in `folder` for a temporary file, its name beginning with `name`. One thread names the files of all. */
export function temporaryPath(folder: string, name: string): string {
  return join(folder, temporaryName(`${name}-${++named}`))
}

export class TemporaryFile implements WaitingRoom {
  readonly #path: string
  #descriptor: number | undefined
  #length = 0
  #isDropped = false

  /** It is made when there is something to hold. */
  constructor(path: string) {
    this.#path = path
  }

  /** Adds bytes; gives where they can be read. Throws `io`. */
  append(bytes: Uint8Array): FilePlace {
    return wrapped(this.#path, () => {
      // Who is still at work when all is given up must not make it again.
      if (this.#isDropped) throw new Error('it was given up')
      this.#descriptor ??= openSync(this.#path, 'w+')
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#descriptor, bytes, done)
      const offset = this.#length
      this.#length += bytes.length
      return { descriptor: this.#descriptor, offset }
    })
  }

  /** Fills `bytes` with what stands at an offset. Throws `io`. */
  read(offset: number, bytes: Uint8Array): void {
    readPlace({ descriptor: this.#descriptor!, offset }, bytes)
  }

  /** Removes the file. Never throws: there may be another error on its way. */
  drop(): void {
    const descriptor = this.#descriptor
    this.#isDropped = true
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

/** A place in an open file, which every thread of the process can read. */
export interface FilePlace {
  readonly descriptor: number
  /** In bytes. */
  readonly offset: number
}

/** Fills `bytes` with what stands at a place and `skipped` bytes on. Throws `io`. */
export function readPlace({ descriptor, offset }: FilePlace, bytes: Uint8Array, skipped = 0): void {
  try {
    for (let done = 0; done < bytes.length; ) {
      const got = readSync(descriptor, bytes, done, bytes.length - done, offset + skipped + done)
      if (got === 0) throw new Error('it became shorter')
      done += got
    }
  } catch (thrown) {
    const message = `cannot read back a temporary file of the build: ${messageOf(thrown)}`
    throw new GleanError('io', `${message}; no index was changed: run it again`, { cause: thrown })
  }
}
