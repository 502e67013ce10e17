/**
 * What platform.ts gives a reader on Node, for a browser: the build puts this file in its place. Both have the same
 * names; what only writing needs throws here.
 */
import { inflateSync } from 'fflate'
import { GleanError } from '../errors.ts'

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

/** CRC-32 (ISO 3309, the polynomial of zlib) of `bytes`, going on from `seed`. */
export function crc32(bytes: Uint8Array, seed: number): number {
  let value = ~seed
  for (let at = 0; at < bytes.length; at++) value = TABLE[(value ^ bytes[at]!) & 255]! ^ (value >>> 8)
  return ~value >>> 0
}

/** An index is not written here. */
export function deflate(): Uint8Array {
  throw new GleanError('usage', 'a browser reads indexes, it writes none')
}

export { deflate as deflateEach }

/**
 * Undoes DEFLATE (RFC 1951), done with that `dictionary`. Throws where the bytes are no such stream, or one of more than
 * `length` bytes.
 */
export function inflate(bytes: Uint8Array, length: number, dictionary?: Uint8Array): Uint8Array {
  // What does not fit is not written, and not told: a byte to spare shows that there was more.
  const raw = inflateSync(bytes, { out: new Uint8Array(length + 1), ...(dictionary && { dictionary }) })
  if (raw.length > length) throw new RangeError(`a stream of more than ${length} bytes`)
  return raw
}

/** {@link inflate} for one piece after the other, all done with the same `dictionary`. */
export function inflaterWith(
  dictionary: Uint8Array | undefined,
): (bytes: Uint8Array, length: number) => Uint8Array {
  return (bytes, length) => inflate(bytes, length, dictionary)
}

/** Milliseconds by a clock that nobody sets. */
export function milliseconds(): number {
  return performance.now()
}
