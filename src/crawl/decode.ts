/**
 * Bytes to text. In come the bytes of a file, out goes its text, or why it is none: binary, not text, too large. UTF-8,
 * and UTF-16 with a byte-order mark; other encodings are refused rather than guessed. The text is always well-formed, has
 * no byte-order mark and keeps its line ends.
 */
import { Buffer, constants as bufferLimits, isUtf8 } from 'node:buffer'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

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
export const MAX_BYTES = 3 * MAX_UNITS

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

export const TOO_LONG = `more than ${MAX_UNITS} characters, the most that one text can have`

/** By the byte-order mark; UTF-8 without one. */
function encodingOf(buffer: Buffer): Encoding {
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return 'utf-16le'
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

/** Whether the first bytes of a file show that it is no text. */
export function sniff(head: Buffer): NoText | undefined {
  const nul = encodingOf(head) === 'utf-8' ? head.subarray(0, SNIFFED).indexOf(0) : -1
  return nul < 0 ? undefined : binary(nul)
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
