/**
 * A unit: bytes a query reads by themselves, followed by their checksum. The checksum starts from a seed made of the
 * file's name and the unit's offset, so that bytes moved to another place or another file do not pass for its own.
 */
import { GleanError } from '../errors.ts'
import { type ByteSource, whenRead } from './byte-source.ts'
import { encodeUtf8 } from './bytes.ts'
import { crc32 } from './platform.ts'

/** Bytes a unit is longer than its payload. */
export const SEAL = 4

/** Where a unit stands in its file; `length` counts payload and checksum, in bytes. */
export interface UnitAt {
  readonly offset: number
  readonly length: number
}

/** What units are written to: a file, or memory. */
export interface UnitSink {
  /** Bytes so far. */
  readonly length: number
  /** Writes a payload and its checksum; gives the place. */
  unit(payload: Uint8Array): UnitAt
}

/** The part of the seed that a file's name gives. */
export function fileSeed(name: string): number {
  return crc32(encodeUtf8(name), 0)
}

/** Checksum of a payload that stands at `offset` of the file with `seed`. */
export function unitChecksum(payload: Uint8Array, seed: number, offset: number): number {
  const place = (Math.imul(offset % 0x1_0000_0000, 0x9e3779b1) ^ Math.floor(offset / 0x1_0000_0000)) >>> 0
  return crc32(payload, (seed ^ place) >>> 0)
}

/** The payload of a unit's bytes. Throws `damaged` where the checksum does not hold. */
export function openUnit(unit: Uint8Array, seed: number, offset: number, file: string): Uint8Array {
  const end = unit.length - SEAL
  const payload = unit.subarray(0, end)
  const stored = (unit[end]! | (unit[end + 1]! << 8) | (unit[end + 2]! << 16) | (unit[end + 3]! << 24)) >>> 0
  if (end < 0 || unitChecksum(payload, seed, offset) !== stored) {
    throw new GleanError(
      'damaged',
      `${file} is damaged: the checksum at byte ${offset} does not hold; rebuild it: glean index --rebuild, with its --index`,
    )
  }
  return payload
}

/** A file of units: reads them by place and checks each. */
export class UnitFile {
  /** For messages. */
  readonly shown: string
  readonly source: ByteSource
  readonly #seed: number

  /**
   * `name` is the file's own, which its checksums are seeded with, and `shown` how messages call it; `bytes` is the
   * length the manifest gives: a source of another length throws `damaged`.
   */
  constructor(shown: string, name: string, source: ByteSource, bytes: number) {
    if (source.size !== bytes) {
      throw new GleanError(
        'damaged',
        `${shown} is damaged: expected ${bytes} bytes, got ${source.size}; rebuild it: glean index --rebuild, with its --index`,
      )
    }
    this.shown = shown
    this.source = source
    this.#seed = fileSeed(name)
  }

  /** The payload of the unit at a place. Throws `damaged` for a place outside the file or a checksum that fails. */
  read(offset: number, length: number): Uint8Array | Promise<Uint8Array> {
    this.#mustLieWithin(offset, length)
    return whenRead(this.source.read(offset, length), unit => openUnit(unit, this.#seed, offset, this.shown))
  }

  /** Bytes of several units that stand together, unchecked; each is opened by {@link openAt}. `into` is memory lent for them. */
  readRaw(offset: number, length: number, into?: Uint8Array): Uint8Array | Promise<Uint8Array> {
    this.#mustLieWithin(offset, length)
    return this.source.read(offset, length, into)
  }

  /** The payload of one unit among bytes got by {@link readRaw}; `offset` is the unit's own in the file. */
  openAt(unit: Uint8Array, offset: number): Uint8Array {
    return openUnit(unit, this.#seed, offset, this.shown)
  }

  /** Lengths are checked against the file before anything is allocated for them. */
  #mustLieWithin(offset: number, length: number): void {
    if (length >= SEAL && offset >= 0 && offset + length <= this.source.size) return
    throw new GleanError(
      'damaged',
      `${this.shown} is damaged: it points to ${length} bytes at ${offset}, outside its ${this.source.size}; rebuild it: glean index --rebuild, with its --index`,
    )
  }
}
