/**
 * Bytes to text. In comes a listed file, out goes its text and the hash of its bytes, or why it is left out: binary, not
 * text, too large, gone. UTF-8, and UTF-16 with a byte-order mark; other encodings are refused rather than guessed. The
 * text is always well-formed, has no byte-order mark and keeps its line ends.
 */
import { Buffer, constants as bufferLimits, isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import type { LeftOut, SourceFile } from './file.ts'
import { refused, special, tooLarge } from './refusal.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

export interface DecodedFile {
  readonly text: string
  /** Length of the file. */
  readonly bytes: number
  /** The first 32 hexadecimal digits of the SHA-256 of the file's bytes. */
  readonly hash: string
  readonly encoding: Encoding
}

export interface DecodedText {
  readonly text: string
  readonly encoding: Encoding
}

/** Why bytes are no text. */
export interface NoText {
  readonly reason: 'binary' | 'not-text' | 'too-large'
  /** One line for a person. */
  readonly detail: string
}

/** Bytes in which a NUL shows that reading on is of no use. */
const SNIFFED = 8192

/** UTF-16 units that one string of this JavaScript engine can hold. */
const MAX_UNITS = bufferLimits.MAX_STRING_LENGTH

/** Bytes beyond which no file fits into one string, at three for a unit. */
const MAX_BYTES = 3 * MAX_UNITS

/** Reads a file now, whatever it was when it was listed. `maxFileSize` in bytes. Throws nothing about the file. */
export function readText(file: SourceFile, maxFileSize: number): DecodedFile | LeftOut {
  let read: Uint8Array | LeftOut
  try {
    read = readBytes(file, maxFileSize)
  } catch (thrown) {
    return refused(file.path, thrown)
  }
  if ('reason' in read) return read
  const decoded = decode(read)
  if ('reason' in decoded) return { path: file.path, ...decoded }
  return { ...decoded, bytes: read.length, hash: hash('sha256', read, 'hex').slice(0, 32) }
}

/** Decodes a whole file's bytes. */
export function decode(bytes: Uint8Array): DecodedText | NoText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const encoding = encodingOf(buffer)
    return encoding === 'utf-8' ? fromUtf8(buffer) : fromUtf16(buffer.subarray(2), encoding)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ERR_STRING_TOO_LONG') throw thrown
    return { reason: 'too-large', detail: TOO_LONG }
  }
}

const TOO_LONG = `more than ${MAX_UNITS} characters, the most that one text can have`

/** By the byte-order mark; UTF-8 without one. */
function encodingOf(buffer: Buffer): Encoding {
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return 'utf-16le'
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

function fromUtf8(buffer: Buffer): DecodedText | NoText {
  const nul = buffer.indexOf(0)
  if (nul >= 0) return binary(nul)
  if (!isUtf8(buffer)) {
    const offset = firstBadByte(buffer)
    const byte = buffer[offset]!.toString(16).toUpperCase().padStart(2, '0')
    return { reason: 'not-text', detail: `not UTF-8: byte 0x${byte} at offset ${offset}` }
  }
  const hasMark = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf
  return { text: buffer.toString('utf8', hasMark ? 3 : 0), encoding: 'utf-8' }
}

/** `buffer` without its mark. What is no pair of surrogates, and an odd last byte, becomes U+FFFD. */
function fromUtf16(buffer: Buffer, encoding: 'utf-16le' | 'utf-16be'): DecodedText | NoText {
  if (buffer.length / 2 > MAX_UNITS) return { reason: 'too-large', detail: TOO_LONG }
  const units = encoding === 'utf-16le' ? buffer : swapped(buffer)
  const text = new TextDecoder('utf-16le', { ignoreBOM: true }).decode(units)
  const nul = text.indexOf('\0')
  return nul < 0 ? { text, encoding } : binary(2 + 2 * nul)
}

/** A copy with the bytes of each unit exchanged; an odd last byte stays. */
function swapped(buffer: Buffer): Buffer {
  const copy = Buffer.from(buffer)
  copy.subarray(0, copy.length & ~1).swap16()
  return copy
}

function binary(offset: number): NoText {
  return { reason: 'binary', detail: `a NUL byte at offset ${offset}` }
}

/** Offset of the first byte that is not UTF-8, in a buffer that has one. Slow, and seldom needed. */
function firstBadByte(buffer: Buffer): number {
  // U+FFFD stands where the decoder gave up; or it is written there, as EF BF BD. Until then all bytes are valid, so
  // that the length of the text before it is an offset.
  const text = buffer.toString('utf8')
  let offset = 0
  let from = 0
  for (let at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', from)) {
    offset += Buffer.byteLength(text.slice(from, at))
    if (buffer[offset] !== 0xef || buffer[offset + 1] !== 0xbf || buffer[offset + 2] !== 0xbd) return offset
    offset += 3
    from = at + 1
  }
  return offset
}

/** Most files fit, and then reading costs no allocation. Used only within {@link readText}, which keeps nothing of it. */
const scratch = Buffer.allocUnsafeSlow(1 << 18)

/** Most bytes to ask the system for at once. */
const MAX_READ = 1 << 30

/** The file's bytes, good until the next call; or why they are not wanted. */
function readBytes(file: SourceFile, maxFileSize: number): Uint8Array | LeftOut {
  // Since it was listed it may have become a FIFO, whose opening would otherwise wait for a writer.
  const descriptor = openSync(file.absolute, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = fstatSync(descriptor)
    if (!stats.isFile()) return special(file.path, stats)
    if (stats.size > maxFileSize) return tooLarge(file.path, stats.size, maxFileSize)
    if (stats.size > MAX_BYTES) return { path: file.path, reason: 'too-large', detail: TOO_LONG }
    return readAll(file.path, descriptor, stats.size, maxFileSize)
  } finally {
    closeSync(descriptor)
  }
}

function readAll(path: string, descriptor: number, size: number, maxFileSize: number): Uint8Array | LeftOut {
  // One byte more than there should be: enough to see the end without a larger buffer.
  let buffer = size < scratch.length ? scratch : Buffer.allocUnsafeSlow(size + 1)
  let length = 0
  for (;;) {
    const wanted = length === 0 ? scratch.length : MAX_READ
    // To the very end, whatever size was reported: the file may grow, and some systems report none.
    const got = readSync(descriptor, buffer, length, Math.min(wanted, buffer.length - length), null)
    if (got === 0) return buffer.subarray(0, length)
    if (length === 0) {
      const head = buffer.subarray(0, Math.min(got, SNIFFED))
      const nul = encodingOf(head) === 'utf-8' ? head.indexOf(0) : -1
      if (nul >= 0) return { path, ...binary(nul) }
    }
    length += got
    if (length > maxFileSize) return tooLarge(path, length, maxFileSize)
    if (length === buffer.length) {
      const larger = Buffer.allocUnsafeSlow(2 * length)
      buffer.copy(larger, 0, 0, length)
      buffer = larger
    }
  }
}
