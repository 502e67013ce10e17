/**
 * Bytes to text. In come the bytes of a file, out goes its text, or why it is none: binary, not text, too large. UTF-8
 * and UTF-16, the latter with a byte-order mark or without; what is neither goes to `other-encoding.ts`, which is loaded
 * only then. The text is always well-formed, has no byte-order mark and keeps its line ends.
 */
import { Buffer, constants as bufferLimits, isUtf8 } from 'node:buffer'

type Unicode = 'utf-8' | 'utf-16le' | 'utf-16be'

export interface DecodedText {
  readonly text: string
  /** By its name in the WHATWG Encoding Standard, lower-case: `utf-8`, `windows-1251`, `shift_jis`. */
  readonly encoding: string
  /** What may be wrong with the text: its encoding is a guess, bytes could not be read. One line for a person. */
  readonly doubt?: string
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

/** Decodes a whole file's bytes. `not-text` says that they are neither UTF-8 nor UTF-16. */
export function decode(bytes: Uint8Array): DecodedText | NoText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const marked = markOf(buffer)
    if (marked !== undefined && marked !== 'utf-8') return fromUtf16(buffer.subarray(2), marked)
    const unmarked = marked ?? unmarkedUtf16(buffer.subarray(0, SNIFFED))
    return unmarked === undefined || unmarked === 'utf-8' ? fromUtf8(buffer) : fromUtf16(buffer, unmarked)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ERR_STRING_TOO_LONG') throw thrown
    return { reason: 'too-large', detail: TOO_LONG }
  }
}

export const TOO_LONG = `more than ${MAX_UNITS} characters, the most that one text can have`

/** The encoding that a byte-order mark tells; undefined without one. */
export function markOf(buffer: Buffer): Unicode | undefined {
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return 'utf-16le'
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return 'utf-16be'
  return buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 'utf-8' : undefined
}

/** Whether the first bytes of a file show that it is no text. */
export function sniff(head: Buffer): NoText | undefined {
  const start = head.subarray(0, SNIFFED)
  const nul = start.indexOf(0)
  return nul < 0 || markOf(head)?.startsWith('utf-16') || unmarkedUtf16(start)
    ? undefined
    : binary(nul, start)
}

/** How files begin that others are packed in; at what place, and what they are called. */
const PACKED = [
  ['ustar', 257, 'a tar archive; unpack it, or pack it as ZIP'],
  ['7z\xbc\xaf\x27\x1c', 0, 'a 7z archive; unpack it, or pack it as ZIP'],
  ['Rar!\x1a\x07', 0, 'a RAR archive; unpack it, or pack it as ZIP'],
  ['\x1f\x8b', 0, 'packed with gzip, whatever its name says; unpack it'],
  ['BZh', 0, 'packed with bzip2; unpack it, or pack it with gzip'],
  ['\xfd7zXZ', 0, 'packed with xz; unpack it, or pack it with gzip'],
  ['\x28\xb5\x2f\xfd', 0, 'packed with zstd; unpack it, or pack it with gzip'],
] as const

/**
 * UTF-16 without a mark, told by the first bytes of a file, a NUL among them. Read so they hold letters, and neither signs
 * of control nor unassigned or half characters, as numbers and programs do; and they are not what text of one byte a
 * character is with a few NULs in it, which read so would be Chinese.
 */
function unmarkedUtf16(start: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const isHalved = start.length % 2 === 1 && start.length < SHORT
  if (isHalved || start.indexOf(0) < 0 || isTextWithNuls(start)) return undefined
  let best: { encoding: 'utf-16le' | 'utf-16be'; common: number } | undefined
  for (const encoding of ['utf-16le', 'utf-16be'] as const) {
    const text = utf16Text(start.subarray(0, start.length & ~1), encoding)
    // The last unit of a part of a file may be the first half of a character.
    const whole = start.length === SNIFFED ? text.replace(/\ufffd$/, '') : text
    if (!/\p{L}/u.test(whole) || hasNoText(whole)) continue
    const common = whole.match(COMMON)?.length ?? 0
    // Numbers read the wrong way round.
    if (common <= roundOnes(whole)) continue
    if (!best || common > best.common) best = { encoding, common }
  }
  return best?.encoding
}

/** Bytes below which text that ends in half a unit is none; a longer one may have lost its end. */
const SHORT = 16

/** What text in any script has some of: ASCII, or the signs and syllables between Chinese characters. */
const COMMON = /[\t\n\r -~\u3000-\u30ff\uff00-\uff5e]/g

/** Characters whose second byte is the NUL, as is that of the Chinese for one. */
function roundOnes(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) if ((text.charCodeAt(at) & 0xff) === 0) count++
  return count
}

/** Of pairs of bytes without a NUL, how many are printable in text of one byte a character. */
const PRINTABLE = 0.9

/**
 * Whether bytes are those of text with NULs in it: at most every other pair has one, and without them it is UTF-8 beyond
 * ASCII, or nearly all pairs are printable ASCII. Those of UTF-16 are that where the text is ASCII, but then all have a
 * NUL; by chance in one of four Chinese characters; and in kana, which all begin with the byte of a nought.
 */
function isTextWithNuls(start: Buffer): boolean {
  let [pairs, withNul, printable] = [0, 0, 0]
  const noughts = [0, 0]
  for (let at = 0; at + 1 < start.length; at += 2, pairs++) {
    const [first, second] = [start[at]!, start[at + 1]!]
    if (first === 0 || second === 0) withNul++
    else if (isPrintable(first) && isPrintable(second)) printable++
    if (first === 0x30) noughts[0]!++
    if (second === 0x30) noughts[1]!++
  }
  const others = pairs - withNul
  if (withNul > others) return false
  const rest = Buffer.from(start.filter(byte => byte !== 0))
  // The last character of a part of a file may be cut.
  const whole =
    start.length === SNIFFED ? rest.subarray(0, rest.findLastIndex(byte => byte < 0x80) + 1) : rest
  if (isUtf8(whole) && whole.some(byte => byte >= 0x80)) return true
  return printable >= PRINTABLE * others && 2 * Math.max(...noughts) < others
}

function isPrintable(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d)
}

/** Whether it holds what stands in no text: controls, noncharacters, private and unassigned characters, halves. */
function hasNoText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  return /[\u0000-\u0008\u000e-\u0019\u001c-\u001f\ufffd\p{Co}\p{Cn}\p{Cs}]/u.test(text)
}

function fromUtf8(buffer: Buffer): DecodedText | NoText {
  const nul = buffer.indexOf(0)
  if (nul >= 0) return binary(nul, buffer)
  if (!isUtf8(buffer)) {
    const offset = firstBadByte(buffer)
    const byte = buffer[offset]!.toString(16).toUpperCase().padStart(2, '0')
    return { reason: 'not-text', detail: `not UTF-8: byte 0x${byte} at offset ${offset}` }
  }
  const hasMark = markOf(buffer) === 'utf-8'
  return { text: buffer.toString('utf8', hasMark ? 3 : 0), encoding: 'utf-8' }
}

/** `buffer` without a mark. What is no pair of surrogates, and an odd last byte, becomes U+FFFD. */
function fromUtf16(buffer: Buffer, encoding: 'utf-16le' | 'utf-16be'): DecodedText | NoText {
  if (buffer.length / 2 > MAX_UNITS) return { reason: 'too-large', detail: TOO_LONG }
  const text = utf16Text(buffer, encoding)
  const nul = text.indexOf('\0')
  return nul < 0 ? { text, encoding } : binary(2 + 2 * nul)
}

function utf16Text(buffer: Buffer, encoding: 'utf-16le' | 'utf-16be'): string {
  const units = encoding === 'utf-16le' ? buffer : swapped(buffer)
  return new TextDecoder('utf-16le', { ignoreBOM: true }).decode(units)
}

/** A copy with the bytes of each unit exchanged; an odd last byte stays. */
function swapped(buffer: Buffer): Buffer {
  const copy = Buffer.from(buffer)
  copy.subarray(0, copy.length & ~1).swap16()
  return copy
}

function binary(offset: number, bytes?: Buffer): NoText {
  const packed = PACKED.find(
    ([sign, place]) => bytes?.toString('latin1', place, place + sign.length) === sign,
  )
  return { reason: 'binary', detail: packed?.[2] ?? `a NUL byte at offset ${offset}` }
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
