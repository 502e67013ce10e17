/** Where the rows of runs wait to be merged: in memory, as long as they are few, then in a temporary file. */
import { type FilePlace, readPlace, TemporaryFile } from './temporary-file.ts'

/** Rows of one run. */
export type StoredRows = Uint16Array | FilePlace

/** Bytes of rows that are kept in memory: those of a dozen megabytes of text. */
const KEPT = 8 << 20

export class RunStore {
  readonly #file: TemporaryFile
  readonly #most: number
  #kept = 0

  /** The file will stand in `folder`; it is made when there are more than `most` bytes to hold. */
  constructor(folder: string, most = KEPT) {
    this.#file = new TemporaryFile(folder, 'runs')
    this.#most = most
  }

  /** Takes the rows of a run; from now on they are where it says. Throws `io`. */
  keep(rows: Uint16Array): StoredRows {
    if (this.#kept + rows.byteLength > this.#most)
      return this.#file.append(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength))
    this.#kept += rows.byteLength
    return rows
  }

  /** Removes the file. Never throws. */
  drop(): void {
    this.#file.drop()
  }
}

/** The rows of a run from `start` to `end`; those in a file are read into the memory given. Throws `io`. */
export function rowsOf(stored: StoredRows, start: number, end: number, memory: Uint16Array): Uint16Array {
  if (stored instanceof Uint16Array) return stored.subarray(start, end)
  const rows = memory.subarray(0, end - start)
  readPlace(stored, new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength), 2 * start)
  return rows
}
