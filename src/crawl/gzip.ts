/**
 * Files packed with gzip (RFC 1952): `notes.md.gz` is read as the `notes.md` that it holds. In come bytes, out come those
 * that were packed, proved by their checksum and bounded.
 */
import type { Buffer } from 'node:buffer'
import { gunzipSync } from 'node:zlib'
import { Refusal } from './refusal.ts'

const ENDING = /\.gz$/i

/** The name of what a file holds by its own; undefined where it is not packed by its name. */
export function unpackedName(path: string): string | undefined {
  return ENDING.test(path) ? path.replace(ENDING, '') : undefined
}

export function looksGzipped(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** What is packed; `limit` in bytes. Throws {@link Refusal}. */
export function unpacked(bytes: Uint8Array, limit: number): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: limit })
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException
    const most = limit.toLocaleString('en-US')
    if (code === 'ERR_BUFFER_TOO_LARGE')
      throw new Refusal('too-large', `expands to more than ${most} bytes, the limit (--max-file-size)`)
    throw new Refusal('damaged', 'a broken gzip file; get or save it anew')
  }
}
