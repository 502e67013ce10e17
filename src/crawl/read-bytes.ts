/**
 * A listed file's bytes, or why they are not wanted: too large, gone, no file any more. Knows nothing of what is in them
 * but what it is told to look for at their head.
 */
import { Buffer } from 'node:buffer'
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { readMember, splitMember } from './archive.ts'
import { MAX_BYTES, type NoText, TOO_LONG } from './decode.ts'
import type { LeftOut, SourceFile } from './file.ts'
import { refused, special, tooLarge } from './refusal.ts'

/** Says of the first bytes of a file why it need not be read on; undefined where it should be. */
export type LookAtHead = (head: Buffer) => NoText | undefined

/**
 * Reads a file now, whatever it was when it was listed. `maxFileSize` in bytes. The bytes are good until the next call.
 * Throws nothing about the file.
 */
export function readBytes(file: SourceFile, maxFileSize: number, look?: LookAtHead): Buffer | LeftOut {
  try {
    const inside = splitMember(file.absolute)
    return inside ? readInside(file, inside, maxFileSize, look) : readOpened(file, maxFileSize, look)
  } catch (thrown) {
    return refused(file.path, thrown)
  }
}

function readInside(
  { path }: SourceFile,
  { archive, member }: { archive: string; member: string },
  maxFileSize: number,
  look: LookAtHead | undefined,
): Buffer | LeftOut {
  const bytes = readMember(archive, member)
  if (bytes.length > maxFileSize) return tooLarge(path, bytes.length, maxFileSize)
  const refusal = look?.(bytes)
  return refusal ? { path, ...refusal } : bytes
}

/** Most files fit, and then reading costs no allocation. What it holds is overwritten by the next. */
const scratch = Buffer.allocUnsafeSlow(1 << 18)

/** Most bytes to ask the system for at once. */
const MAX_READ = 1 << 30

function readOpened(file: SourceFile, maxFileSize: number, look: LookAtHead | undefined): Buffer | LeftOut {
  // Since it was listed it may have become a FIFO, whose opening would otherwise wait for a writer.
  const descriptor = openSync(file.absolute, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = fstatSync(descriptor)
    if (!stats.isFile()) return special(file.path, stats)
    if (stats.size > maxFileSize) return tooLarge(file.path, stats.size, maxFileSize)
    if (stats.size > MAX_BYTES) return { path: file.path, reason: 'too-large', detail: TOO_LONG }
    return readAll(file.path, descriptor, stats.size, maxFileSize, look)
  } finally {
    closeSync(descriptor)
  }
}

function readAll(
  path: string,
  descriptor: number,
  size: number,
  maxFileSize: number,
  look: LookAtHead | undefined,
): Buffer | LeftOut {
  let buffer = scratch
  let length = 0
  for (;;) {
    // To the very end, whatever size was reported: the file may grow, and some systems report none.
    const got = readSync(descriptor, buffer, length, Math.min(MAX_READ, buffer.length - length), null)
    if (got === 0) return buffer.subarray(0, length)
    if (length === 0) {
      const refusal = look?.(buffer.subarray(0, got))
      if (refusal) return { path, ...refusal }
    }
    length += got
    if (length > maxFileSize) return tooLarge(path, length, maxFileSize)
    if (length === buffer.length) {
      // One byte more than there should be: enough to see the end without a larger buffer.
      const larger = Buffer.allocUnsafeSlow(Math.max(size + 1, 2 * length))
      buffer.copy(larger, 0, 0, length)
      buffer = larger
    }
  }
}
