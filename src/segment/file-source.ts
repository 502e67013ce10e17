/** Byte sources over the file system: positioned reads from a descriptor that stays open until `close`. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { GleanError, messageOf } from '../errors.ts'
import type { ByteFolder, ByteSource } from './byte-source.ts'

/** An index folder on this machine. */
export function fileFolder(folder: string, name: string): ByteFolder {
  return { name, open: file => openFile(join(folder, file), `${name}/${file}`) }
}

/**
 * Opens a file for reading by range. `shown` is how messages call it. Throws `not-found` where there is no such file,
 * `io` where it cannot be opened.
 */
export function openFile(path: string, shown: string): ByteSource {
  let descriptor: number
  try {
    descriptor = openSync(path, 'r')
  } catch (thrown) {
    const missing = (thrown as NodeJS.ErrnoException).code === 'ENOENT'
    throw new GleanError(missing ? 'not-found' : 'io', `cannot open ${shown}: ${messageOf(thrown)}`, {
      cause: thrown,
    })
  }
  return {
    size: fstatSync(descriptor).size,
    read: (offset, length, into) => readFully(descriptor, offset, memory(length, into), shown),
    close: () => closeSync(descriptor),
  }
}

/** Not a Buffer: the many small views that readers take of it would each be one, and cost three times as much. */
function memory(length: number, into: Uint8Array | undefined): Uint8Array {
  return into && into.length >= length ? into.subarray(0, length) : new Uint8Array(length)
}

function readFully(descriptor: number, offset: number, bytes: Uint8Array, shown: string): Uint8Array {
  const { length } = bytes
  let done = 0
  while (done < length) {
    const got = readSome(descriptor, bytes, done, offset + done, shown)
    if (got === 0) {
      throw new GleanError(
        'damaged',
        `${shown} is truncated: expected ${length} bytes at ${offset}, got ${done}; rebuild it: glean index --rebuild, with its --index`,
      )
    }
    done += got
  }
  return bytes
}

/** Throws `io` where the system cannot read: a disk that fails is no damaged index. */
function readSome(
  descriptor: number,
  bytes: Uint8Array,
  start: number,
  offset: number,
  shown: string,
): number {
  try {
    return readSync(descriptor, bytes, start, bytes.length - start, offset)
  } catch (thrown) {
    throw new GleanError('io', `cannot read ${shown}: ${messageOf(thrown)}`, { cause: thrown })
  }
}
