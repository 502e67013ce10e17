/**
 * Whole numbers packed into as many bits each as most of them need; the few that need more say so and follow as
 * varints. The width is chosen for each block, so that gaps between postings take two bits where a word is everywhere
 * and varints alone (width 0) where there is only one.
 *
 *     byte      width: bits a number, 0 to 24
 *     bits      the numbers, low bit first, up to a whole byte; 2^width - 1 says that a varint has the rest
 *     varints   for each such number, what is over 2^width - 1; they stand where the reader is told
 */
import { GleanError } from '../errors.ts'
import type { ByteWriter } from './bytes.ts'

const LARGEST_WIDTH = 24

/** Writes `values[0..count)`: width and bits to `out`, varints to `overflow`. */
export function writePacked(out: ByteWriter, overflow: ByteWriter, values: Int32Array, count: number): void {
  const width = bestWidth(values, count)
  const escaped = (1 << width) - 1
  const bytes = Math.ceil((width * count) / 8)
  out.byte(width)
  const packed = out.room(bytes)
  let at = out.length
  let buffer = 0
  let bits = 0
  for (let number = 0; number < count; number++) {
    let value = values[number]!
    if (value >= escaped) {
      overflow.varint(value - escaped)
      value = escaped
    }
    buffer |= value << bits
    for (bits += width; bits >= 8; bits -= 8) {
      packed[at++] = buffer
      buffer >>>= 8
    }
  }
  if (bits > 0) packed[at] = buffer
  out.advance(bytes)
}

/** Bytes of width and bits of `count` numbers that begin at `at`. Throws `damaged` for a width that is none. */
export function packedBytes(bytes: Uint8Array, at: number, count: number): number {
  const width = bytes[at]!
  if (!(width <= LARGEST_WIDTH)) throw new GleanError('damaged', `packed numbers claim ${width} bits each`)
  return 1 + Math.ceil((width * count) / 8)
}

/** Of numbers no wider than this four lie within 32 bits, wherever in a byte they begin. */
const NARROW = 6

/** Fewer numbers than this, as most words have places in a chunk, are read one by one. */
const FEW = 8

/** Which of the numbers just unpacked have a varint. */
let escapes = new Int32Array(1024)

/**
 * Reads the numbers `[first, end)` into those places of `values`, bits from `at` and varints from `overflow`; returns
 * where their varints end.
 */
export function readPacked(
  bytes: Uint8Array,
  at: number,
  overflow: number,
  values: Int32Array,
  end: number,
  first = 0,
): number {
  if (end - first < FEW) return readFew(bytes, at, overflow, values, end, first)
  if (escapes.length < end - first) escapes = new Int32Array(2 * (end - first))
  return readEscapes(bytes, overflow, values, unpack(bytes, at, values, first, end), (1 << bytes[at]!) - 1)
}

/** The same one by one: what many are read by would take longer to begin. */
function readFew(
  bytes: Uint8Array,
  at: number,
  overflow: number,
  values: Int32Array,
  end: number,
  first: number,
): number {
  const width = bytes[at]!
  const escaped = (1 << width) - 1
  let rest = overflow
  for (let number = first; number < end; number++) {
    let value = unpackOne(bytes, at, width, number * width)
    if (value === escaped) {
      for (let shift = 0; shift < 35; shift += 7) {
        const byte = bytes[rest++]!
        value += (byte & 127) << shift
        if (!(byte > 127)) break
      }
    }
    values[number] = value
  }
  return rest
}

/** Reads the varints of the numbers noted in `escapes`; returns where they end. */
function readEscapes(
  bytes: Uint8Array,
  overflow: number,
  values: Int32Array,
  count: number,
  escaped: number,
): number {
  const places = escapes
  let rest = overflow
  for (let number = 0; number < count; number++) {
    let value = escaped
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = bytes[rest++]!
      value += (byte & 127) << shift
      if (!(byte > 127)) break
    }
    values[places[number]!] = value
  }
  return rest
}

/**
 * Unpacks numbers, and notes in `escapes` which have a varint; returns how many have. Each is noted before it is known, and
 * counted by arithmetic: a processor guesses wrong too often what is asked of every number.
 */
function unpack(bytes: Uint8Array, at: number, values: Int32Array, first: number, end: number): number {
  const places = escapes
  const width = bytes[at]!
  const escaped = (1 << width) - 1
  let count = 0
  let number = first
  let bit = first * width
  for (const last = width > NARROW ? 0 : end - 3; number < last; number += 4, bit += 4 * width) {
    const bits = unpackFour(bytes, at, bit)
    values[number] = bits & escaped
    places[count] = number
    count += ((bits & escaped) + 1) >>> width
    values[number + 1] = (bits >>> width) & escaped
    places[count] = number + 1
    count += (((bits >>> width) & escaped) + 1) >>> width
    values[number + 2] = (bits >>> (2 * width)) & escaped
    places[count] = number + 2
    count += (((bits >>> (2 * width)) & escaped) + 1) >>> width
    values[number + 3] = (bits >>> (3 * width)) & escaped
    places[count] = number + 3
    count += (((bits >>> (3 * width)) & escaped) + 1) >>> width
  }
  for (; number < end; number++, bit += width) {
    const value = unpackOne(bytes, at, width, bit)
    values[number] = value
    places[count] = number
    count += (value + 1) >>> width
  }
  return count
}

/** Passes over the numbers `[first, end)`, whose varints begin at `overflow`; returns where these end. */
export function skipPacked(
  bytes: Uint8Array,
  at: number,
  overflow: number,
  end: number,
  first: number,
): number {
  // Without varints there is nothing to pass over.
  if (overflow >= bytes.length) return overflow
  const width = bytes[at]!
  const escaped = (1 << width) - 1
  let count = 0
  let number = first
  let bit = first * width
  for (const last = width > NARROW ? 0 : end - 3; number < last; number += 4, bit += 4 * width) {
    const bits = unpackFour(bytes, at, bit)
    count += ((bits & escaped) + 1) >>> width
    count += (((bits >>> width) & escaped) + 1) >>> width
    count += (((bits >>> (2 * width)) & escaped) + 1) >>> width
    count += (((bits >>> (3 * width)) & escaped) + 1) >>> width
  }
  for (; number < end; number++, bit += width) count += (unpackOne(bytes, at, width, bit) + 1) >>> width
  let rest = overflow
  while (count > 0) if (!(bytes[rest++]! > 127)) count--
  return rest
}

/** Four narrow numbers, the first of which begins at a bit. */
function unpackFour(bytes: Uint8Array, at: number, bit: number): number {
  const byte = at + 1 + (bit >> 3)
  const word = bytes[byte]! | (bytes[byte + 1]! << 8) | (bytes[byte + 2]! << 16) | (bytes[byte + 3]! << 24)
  return word >>> (bit & 7)
}

/** The number that begins at a bit. */
function unpackOne(bytes: Uint8Array, at: number, width: number, bit: number): number {
  const byte = at + 1 + (bit >> 3)
  let bits = bytes[byte]! | (bytes[byte + 1]! << 8)
  // Most are narrow: then two bytes have it, wherever it begins.
  if (width > 9) bits |= (bytes[byte + 2]! << 16) | (bytes[byte + 3]! << 24)
  return (bits >>> (bit & 7)) & ((1 << width) - 1)
}

/** How many values have each length in bits; all 0 between two calls. */
const lengths = new Int32Array(33)

/** Bytes of a varint that has so many bits. */
const VARINT_BYTES = Int32Array.from(lengths.keys(), bits => Math.max(1, Math.ceil(bits / 7)))

/** The width that takes the fewest bytes. */
function bestWidth(values: Int32Array, count: number): number {
  let varints = 0
  for (let number = 0; number < count; number++) {
    const length = 32 - Math.clz32(values[number]!)
    lengths[length]!++
    varints += VARINT_BYTES[length]!
  }
  let best = 0
  let fewest = varints
  // Of width 0 all are over. Of any other only 2^width - 1 itself is, of those of just so many bits: it is not counted.
  varints -= lengths[0]!
  for (let width = 1; width <= LARGEST_WIDTH; width++) {
    varints -= lengths[width]! * VARINT_BYTES[width]!
    const packed = Math.ceil((width * count) / 8)
    // Wider only costs more.
    if (packed >= fewest) break
    if (packed + varints >= fewest) continue
    fewest = packed + varints
    best = width
  }
  lengths.fill(0)
  return best
}
