/**
 * Where the rows of runs wait to be merged: in memory, as long as they are few, then in a temporary file. Each thread has a
 * store of its own for what it reads; all of them can read all files.
 */
import { memoryOf } from './posting-run.ts'
import { type FilePlace, readPlace, TemporaryFile } from './temporary-file.ts'

/** Rows of one run. */
export type StoredRows = Uint16Array | FilePlace

/** What a thread needs to know to keep its rows. */
export interface RunStorePlan {
  /** Where its file will stand, if it comes to that. */
  readonly path: string
  /** Bytes of rows that are kept in memory. */
  readonly most: number
  /** Whether other threads are to see those. */
  readonly shares: boolean
}

export class RunStore {
  readonly #plan: RunStorePlan
  readonly #file: TemporaryFile
  #kept = 0

  constructor(plan: RunStorePlan) {
    this.#plan = plan
    this.#file = new TemporaryFile(plan.path)
  }

  /** Takes a copy of the rows of a run; from now on they are where it says. Throws `io`. */
  keep(rows: Uint16Array): StoredRows {
    const { most, shares } = this.#plan
    if (this.#kept + rows.byteLength > most)
      return this.#file.append(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength))
    this.#kept += rows.byteLength
    const kept = new Uint16Array(memoryOf(rows.byteLength, shares))
    kept.set(rows)
    return kept
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
