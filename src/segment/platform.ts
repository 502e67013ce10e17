/**
 * What the format needs from the machine it runs on: a checksum and the two halves of DEFLATE. Everything else that
 * reads an index is plain JavaScript, so that a reader elsewhere (a browser) replaces this one file.
 */
import {
  constants,
  createDeflateRaw,
  createInflateRaw,
  type DeflateRaw,
  deflateRawSync,
  type InflateRaw,
  inflateRawSync,
  crc32 as zlibCrc32,
} from 'node:zlib'

/** CRC-32 (ISO 3309, the polynomial of zlib) of `bytes`, going on from `seed`. */
export function crc32(bytes: Uint8Array, seed: number): number {
  return zlibCrc32(bytes, seed)
}

/** Of compression: one more makes a text 0.2 % smaller, and takes a tenth longer. */
const LEVEL = 5

/** RFC 1951 without a header; what the bytes share with `dictionary` is referred to. */
export function deflate(bytes: Uint8Array, dictionary?: Uint8Array): Uint8Array {
  return deflateRawSync(bytes, { level: LEVEL, dictionary })
}

/** What of Node's zlib is not in its types: the native part of it, and the call that answers at once. */
type Open<Stream extends DeflateRaw | InflateRaw> = Stream & {
  _handle?: { close(): void } | undefined
  _processChunk?(bytes: Uint8Array, flush: number): Uint8Array
}

/**
 * Compresses pieces as {@link deflate} does, each by itself; `take` gets each with its place, valid during the call. One
 * compressor does all: what another takes is seven times a piece of a few kilobytes, and is not given back before all
 * garbage is collected. Asked for an answer at once, Node's closes itself afterwards; it is kept open in the way of the
 * library minizlib, with which npm unpacks.
 *
 * A compressor looks a little beyond the end of what it has read, and what it finds there decides which of two references
 * it takes. A new one finds zeros. So does this one: short pieces come first, and where the end of the dictionary is of
 * use to a piece, zeros are compressed before.
 */
export function deflateEach(
  pieces: readonly Uint8Array[],
  dictionary: Uint8Array | undefined,
  take: (compressed: Uint8Array, place: number) => void,
): void {
  const kept = keptOpen(createDeflateRaw({ level: LEVEL, ...(dictionary && { dictionary }) }))
  // A Node that has none of this gets on without.
  if (!kept) {
    for (const [place, piece] of pieces.entries()) take(deflate(piece, dictionary), place)
    return
  }
  const end = dictionary && bufferOf(dictionary).subarray(-LEAST_REFERENCE)
  for (const [place, piece] of [...pieces.entries()].sort(([, a], [, b]) => a.length - b.length)) {
    if (end && bufferOf(piece).includes(end)) kept.process(ZEROS)
    take(kept.process(piece), place)
  }
  kept.close()
}

/** A stream of zlib that does one piece after the other. */
interface KeptOpen {
  /** What becomes of a piece; valid until the next. Once it has thrown, there is nothing to be done but to close. */
  process(piece: Uint8Array): Uint8Array
  close(): void
}

/** Undefined where this Node has not what it takes. */
function keptOpen(stream: Open<DeflateRaw | InflateRaw>): KeptOpen | undefined {
  const handle = stream._handle
  if (!handle || !stream._processChunk) return undefined
  const close = handle.close
  handle.close = () => {}
  return {
    process: piece => {
      const processed = stream._processChunk!(piece, constants.Z_FINISH)
      stream._handle = handle
      stream.reset()
      // Each call adds one.
      stream.removeAllListeners('error')
      return processed
    },
    close: () => {
      handle.close = close
      stream._handle = handle
      stream.close()
    },
  }
}

/** Bytes that DEFLATE refers to at least, and zeros of which there is one behind them. */
const LEAST_REFERENCE = 3
const ZEROS = new Uint8Array(4)

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

/** Pieces of different kinds as one stream, each with codes that suit it: what is alike in two of them is not seen. */
export function deflatePieces(pieces: readonly Uint8Array[]): Uint8Array {
  const last = pieces.length - 1
  return Buffer.concat(
    pieces.map((piece, number) => {
      const finishFlush = number === last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH
      return deflateRawSync(piece, { level: constants.Z_BEST_COMPRESSION, finishFlush })
    }),
  )
}

/** Bytes that zlib is lent at once: the whole of most blocks, with one more that shows the end. */
const LARGEST_CHUNK = 1 << 16

/** Undoes {@link deflate}; never gives more than `length` bytes. Throws where the bytes are no DEFLATE stream. */
export function inflate(bytes: Uint8Array, length: number, dictionary?: Uint8Array): Uint8Array {
  const chunkSize = Math.max(constants.Z_MIN_CHUNK, Math.min(length + 1, LARGEST_CHUNK))
  const options = { maxOutputLength: length, chunkSize, dictionary }
  const { buffer, byteOffset, byteLength } = inflateRawSync(bytes, options)
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/**
 * {@link inflate} for one piece after the other, all done with the same `dictionary`. What it gives is valid until the next
 * call. One decompressor does all of the usual size, as in {@link deflateEach}: to make one takes twice the time of a piece
 * of a few kilobytes.
 */
export function inflaterWith(
  dictionary: Uint8Array | undefined,
): (bytes: Uint8Array, length: number) => Uint8Array {
  const options = {
    chunkSize: LARGEST_CHUNK,
    maxOutputLength: LARGEST_CHUNK - 1,
    ...(dictionary && { dictionary }),
  }
  let kept: KeptOpen | undefined
  return (bytes, length) => {
    kept ??= length < LARGEST_CHUNK ? keptOpen(createInflateRaw(options)) : undefined
    if (!kept || length >= LARGEST_CHUNK) return inflate(bytes, length, dictionary)
    const { process, close } = kept
    try {
      const { buffer, byteOffset, byteLength } = process(bytes)
      if (byteLength > length) throw new RangeError(`a stream of more than ${length} bytes`)
      return new Uint8Array(buffer, byteOffset, byteLength)
    } catch (thrown) {
      kept = undefined
      close()
      throw thrown
    }
  }
}

/** Milliseconds by a clock that nobody sets; from when on, it does not say. Node's `performance` would be loaded for it. */
export function milliseconds(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1e3 + nanoseconds / 1e6
}
