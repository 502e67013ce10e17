/**
 * Writes a file of units from front to back through a buffer, under a temporary name until it is whole and on disk.
 */
import {
  closeSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { GleanError, messageOf } from '../errors.ts'
import { fileSeed, SEAL, type UnitAt, type UnitSink, unitChecksum } from './unit.ts'

const BUFFER_BYTES = 1 << 20

/** One file in the making. Call `finish` or `abandon`. */
export class UnitWriter implements UnitSink {
  readonly #folder: string
  readonly #name: string
  readonly #temporary: string
  readonly #seed: number
  readonly #descriptor: number
  readonly #buffer = Buffer.allocUnsafe(BUFFER_BYTES)
  #buffered = 0
  #offset = 0

  /** Starts `folder/name`, which appears only when it is finished. Throws `io`. */
  constructor(folder: string, name: string) {
    this.#folder = folder
    this.#name = name
    this.#temporary = join(folder, temporaryName(name))
    this.#seed = fileSeed(name)
    this.#descriptor = wrapped(this.#temporary, () => openSync(this.#temporary, 'w'))
  }

  /** Bytes of the file so far. */
  get length(): number {
    return this.#offset
  }

  /** Writes a payload and its checksum; gives the place. */
  unit(payload: Uint8Array): UnitAt {
    const offset = this.#offset
    const checksum = unitChecksum(payload, this.#seed, offset)
    this.#write(payload)
    this.#write(Uint8Array.of(checksum, checksum >>> 8, checksum >>> 16, checksum >>> 24))
    return { offset, length: payload.length + SEAL }
  }

  /** Whether the file, once finished, is another than stood there: a repair, if the manifest stays the same. */
  replaces = true

  /** Flushes to disk and gives the file its name. Returns its length in bytes. */
  finish(): number {
    wrapped(this.#temporary, () => {
      this.#flush()
      fsyncSync(this.#descriptor)
      closeSync(this.#descriptor)
      this.replaces = !sameContent(this.#temporary, join(this.#folder, this.#name))
      renameSync(this.#temporary, join(this.#folder, this.#name))
    })
    return this.#offset
  }

  /** Drops what was written. Never throws: it is called while another error is on its way. */
  abandon(): void {
    for (const step of [() => closeSync(this.#descriptor), () => unlinkSync(this.#temporary)]) {
      try {
        step()
      } catch {
        // Already closed or gone; the next build removes what is left.
      }
    }
  }

  #write(bytes: Uint8Array): void {
    this.#offset += bytes.length
    if (this.#buffered + bytes.length > BUFFER_BYTES) this.#flush()
    if (bytes.length > BUFFER_BYTES) {
      this.#writeOut(bytes)
      return
    }
    this.#buffer.set(bytes, this.#buffered)
    this.#buffered += bytes.length
  }

  #flush(): void {
    const pending = this.#buffer.subarray(0, this.#buffered)
    this.#buffered = 0
    this.#writeOut(pending)
  }

  #writeOut(bytes: Uint8Array): void {
    wrapped(this.#temporary, () => {
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#descriptor, bytes, done)
    })
  }
}

/** Name of a file that is not yet whole; builds remove such files when they find them. */
export function temporaryName(name: string): string {
  return `${name}.tmp-${process.pid}`
}

/** Whether a file's name marks it as unfinished. */
export function isTemporaryName(name: string): boolean {
  return /\.tmp-\d+$/.test(name)
}

/** Runs a file operation; what the system refuses becomes an `io` error that names the file. */
export function wrapped<T>(path: string, operation: () => T): T {
  try {
    return operation()
  } catch (thrown) {
    if (thrown instanceof GleanError) throw thrown
    throw new GleanError('io', `cannot write ${path}: ${messageOf(thrown)}; no index was changed`, {
      cause: thrown,
    })
  }
}

/** Whether two files hold the same bytes; false where one of them is not there. */
function sameContent(one: string, other: string): boolean {
  const descriptors: number[] = []
  try {
    if (statSync(one).size !== statSync(other).size) return false
    for (const path of [one, other]) descriptors.push(openSync(path, 'r'))
    const [a, b] = [Buffer.allocUnsafe(BUFFER_BYTES), Buffer.allocUnsafe(BUFFER_BYTES)]
    for (;;) {
      const [readA, readB] = [readSync(descriptors[0]!, a), readSync(descriptors[1]!, b)]
      if (readA !== readB || !a.subarray(0, readA).equals(b.subarray(0, readB))) return false
      if (readA === 0) return true
    }
  } catch {
    return false
  } finally {
    for (const descriptor of descriptors) closeSync(descriptor)
  }
}
