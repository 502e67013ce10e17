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

/** Bytes of rows that are kept in memory: those of a hundred megabytes of text. */
const KEPT = 64 << 20

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

/** Rows read in one go; of each run in each thread so many bytes are in memory. */
const WINDOW = 1 << 15

/** The rows of a run as they are read from front to back. */
export class RowWindow {
  /** The rows at hand: read them again after every {@link load}. */
  rows: Uint16Array
  readonly #file: Exclude<StoredRows, Uint16Array> | undefined
  /** Which rows of the run they are. */
  #start = 0
  #end = 0

  constructor(stored: StoredRows) {
    this.rows = stored instanceof Uint16Array ? stored : new Uint16Array(0)
    this.#file = stored instanceof Uint16Array ? undefined : stored
  }

  /** Has the rows from `start` to `end` at hand; gives the place of the first of them. Throws `io`. */
  load(start: number, end: number): number {
    if (!this.#file) return start
    if (start < this.#start || end > this.#end) this.#read(this.#file, start, end)
    return start - this.#start
  }

  #read({ descriptor, offset }: Exclude<StoredRows, Uint16Array>, start: number, end: number): void {
    const wanted = 2 * (end - start)
    if (this.rows.byteLength < wanted || this.rows.length === 0)
      this.rows = new Uint16Array(Math.max(wanted, WINDOW) / 2)
    const bytes = new Uint8Array(this.rows.buffer)
    let done = 0
    while (done < bytes.length) {
      const got = readSync(descriptor, bytes, done, bytes.length - done, offset + 2 * start + done)
      if (got === 0) break
      done += got
    }
    if (done < wanted)
      throw new GleanError('io', 'a temporary file of the build has become shorter; run it again')
    this.#start = start
    this.#end = start + (done >> 1)
  }
}
