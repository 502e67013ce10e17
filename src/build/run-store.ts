/**
 * Where the rows of runs wait to be merged: in memory, as long as they are few, then in a temporary file. A text of any
 * size can so be indexed in the same memory.
 */
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { GleanError } from '../errors.ts'
import { temporaryName, wrapped } from '../segment/unit-writer.ts'

/** Rows of one run: in memory, or in an open file from a place on (in bytes), which every thread of the process can read. */
export type StoredRows = Uint16Array | { readonly descriptor: number; readonly offset: number }

/** Bytes of rows that are kept in memory: those of a dozen megabytes of text. */
const KEPT = 8 << 20

/** Made by this process so far: several may be open at a time. */
let stores = 0

export class RunStore {
  readonly #path: string
  readonly #most: number
  #descriptor: number | undefined
  #kept = 0
  #length = 0

  /** The file will stand in `folder`; it is made when there are more than `most` bytes to hold. */
  constructor(folder: string, most = KEPT) {
    this.#path = join(folder, temporaryName(`runs-${++stores}`))
    this.#most = most
  }

  /** Takes the rows of a run; from now on they are where it says. Throws `io`. */
  keep(rows: Uint16Array): StoredRows {
    if (this.#kept + rows.byteLength <= this.#most) {
      this.#kept += rows.byteLength
      return rows
    }
    const bytes = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength)
    return wrapped(this.#path, () => {
      const descriptor = this.#descriptor ?? openSync(this.#path, 'w+')
      this.#descriptor = descriptor
      for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done)
      const offset = this.#length
      this.#length += bytes.length
      return { descriptor, offset }
    })
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

/** The rows of a run from `start` to `end`. Throws `io`. */
export function rowsOf(stored: StoredRows, start: number, end: number): Uint16Array {
  if (stored instanceof Uint16Array) return stored.subarray(start, end)
  const rows = new Uint16Array(end - start)
  const bytes = new Uint8Array(rows.buffer)
  for (let done = 0; done < bytes.length; ) {
    const got = readSync(
      stored.descriptor,
      bytes,
      done,
      bytes.length - done,
      stored.offset + 2 * start + done,
    )
    if (got === 0) throw new GleanError('io', 'a temporary file of the build became shorter; run it again')
    done += got
  }
  return rows
}
