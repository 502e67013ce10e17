/**
 * What the files of the sources looked like when they were last read, and what came of each: so that the next update
 * need not open a file that nobody has touched. Local to this machine and no part of the index: it may be thrown away at
 * any time, and then files are compared by the hash of their bytes.
 *
 * A file changed twice within the resolution of the clock would look untouched; so what was changed shortly before the
 * run that noted it is not noted, and is hashed again next time (as git does with what it calls racy entries).
 *
 * The file: a line that names it, the CRC-32 (eight hexadecimal digits) of what follows and a line end, then, as a
 * DEFLATE stream, a length (32 bits) and as much JSON, and columns with a value for each file, low byte first: sizes
 * (64-bit floats), mtimes, ctimes and inodes (64 bits), hashes (16 bytes, zeros for a file that was left out). The JSON
 * has the paths and, by their place in them, why files were left out.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { FoundFile, LeftOut } from '../crawl/file.ts'
import { changedBefore, type FileStamp, STAMP, timesOf } from '../crawl/file-stamp.ts'
import { READING_VERSION, type ReadRules } from '../document/file-identity.ts'
import { ByteWriter, encodeUtf8 } from '../segment/bytes.ts'
import { crc32 } from '../segment/platform.ts'

export const STAT_CACHE = 'stat-cache'

/** What reading a file came to: the hash of its bytes, or why it was left out. */
export type FileOutcome = { readonly hash: string } | Pick<LeftOut, 'reason' | 'detail'>

/** A file that was read. */
export interface CachedFile {
  readonly path: string
  readonly stamp: FileStamp
  readonly outcome: FileOutcome
}

const MAGIC = 'gleaner stat cache 3\n'
const CHECKSUM = 9
const HASH = 16
/** Bytes of all columns for one file. */
const ROW = STAMP + HASH

/**
 * Nanoseconds before a run within which a change is too young to be noted: well over the tick that the times of a file
 * are taken from, and, where these are whole seconds, the coarsest clock of a file system in use (FAT has two seconds).
 */
const YOUNG = 100_000_000n
const YOUNG_BY_SECONDS = 2_000_000_000n
const SECOND = 1_000_000_000n

interface Head {
  readonly rules: string
  readonly place: string
  readonly manifest: string
  readonly paths: readonly string[]
  readonly leftOut: readonly (readonly [place: number, reason: LeftOut['reason'], detail: string])[]
}

/** The cache as it was read. Asked for files in order of path. */
export class StatCache {
  /** Checksum of the manifest it was written beside; '' for an empty cache. */
  readonly manifest: string
  /** Where it was written; see place.ts. '' for an empty cache. */
  readonly place: string
  readonly #paths: readonly string[]
  readonly #columns: DataView
  readonly #leftOut: ReadonlyMap<number, Pick<LeftOut, 'reason' | 'detail'>>
  #next = 0

  private constructor({ manifest, place, paths, leftOut }: Head, columns: DataView) {
    this.manifest = manifest
    this.place = place
    this.#paths = paths
    this.#columns = columns
    this.#leftOut = new Map(leftOut.map(([place, reason, detail]) => [place, { reason, detail }]))
  }

  /**
   * The cache of an index folder for files read by these rules; an empty one where there is none, it does not hold, or
   * other rules held.
   */
  static read(folder: string, rules: ReadRules): StatCache {
    try {
      return StatCache.#parse(readFileSync(join(folder, STAT_CACHE)), rulesKey(rules))
    } catch {
      const nothing = { rules: '', place: '', manifest: '', paths: [], leftOut: [] }
      return new StatCache(nothing, new DataView(new ArrayBuffer(0)))
    }
  }

  /** Throws whatever it meets in bytes that are none of ours. */
  static #parse(bytes: Buffer, rules: string): StatCache {
    const stream = bytes.subarray(MAGIC.length + CHECKSUM)
    const head = `${MAGIC}${checksumOf(stream)}\n`
    if (bytes.subarray(0, head.length).toString('latin1') !== head) throw new Error('not a stat cache')
    const body = inflateRawSync(stream)
    const length = body.readUInt32LE(0)
    const json = JSON.parse(body.toString('utf8', 4, 4 + length)) as Head
    if (json.rules !== rules) throw new Error('other rules')
    const at = body.byteOffset + 4 + length
    return new StatCache(json, new DataView(body.buffer, at, json.paths.length * ROW))
  }

  /** Files in the cache. */
  get size(): number {
    return this.#paths.length
  }

  /** What came of a file that looks as it did; undefined where it is not known. Files are asked for in order of path. */
  outcomeOf({ path, stamp }: FoundFile): FileOutcome | undefined {
    const paths = this.#paths
    while (this.#next < paths.length && paths[this.#next]! < path) this.#next++
    const place = this.#next
    if (paths[place] !== path || !this.#isAsBefore(place, stamp)) return undefined
    return this.#leftOut.get(place) ?? { hash: this.#hash(place) }
  }

  /**
   * What came of some files, which are all there are: how many were read, and which were left out. Undefined where they
   * are not just those of the cache, or one does not look as it did.
   */
  outcomesOf(
    files: readonly FoundFile[],
  ): { readonly read: number; readonly leftOut: LeftOut[] } | undefined {
    if (files.length !== this.#paths.length) return undefined
    for (const [place, { path, stamp }] of files.entries())
      if (this.#paths[place] !== path || !this.#isAsBefore(place, stamp)) return undefined
    const leftOut = [...this.#leftOut].map(([place, why]) => ({ path: this.#paths[place]!, ...why }))
    return { read: files.length - leftOut.length, leftOut }
  }

  #isAsBefore(place: number, stamp: FileStamp): boolean {
    const columns = this.#columns
    for (let at = 0; at < STAMP; at++)
      if (columns.getUint8(stampByte(at, place, this.#paths.length)) !== stamp.charCodeAt(at)) return false
    return true
  }

  #hash(place: number): string {
    const { buffer, byteOffset } = this.#columns
    const start = byteOffset + this.#paths.length * STAMP + place * HASH
    return Buffer.from(buffer, start, HASH).toString('hex')
  }
}

/** When and how files were read. */
export interface CacheOccasion {
  /** Checksum of the manifest of the index that they make. */
  readonly manifest: string
  readonly rules: ReadRules
  /** Where the index and its sources are. */
  readonly place: string
  /** When the run that read them began: nanoseconds since 1970 by the clock of the file system. */
  readonly began: bigint
}

/**
 * Writes the cache. `files` are in order of path, as often as they are gone through: they may be many. Never throws:
 * without a cache, the next run takes longer.
 */
export function writeStatCache(
  folder: string,
  { manifest, rules, place, began }: CacheOccasion,
  files: Iterable<CachedFile>,
): void {
  const body = bodyOf({ manifest, place, rules: rulesKey(rules) }, () => oldOf(files, began))
  // The quickest level makes a third of it, the best not much less.
  const stream = deflateRawSync(body, { level: 1 })
  try {
    writeFileSync(
      join(folder, STAT_CACHE),
      Buffer.concat([Buffer.from(`${MAGIC}${checksumOf(stream)}\n`), stream]),
    )
  } catch {
    // Full, or read-only by now: what was there does not hold any more, and is not trusted.
  }
}

function* oldOf(files: Iterable<CachedFile>, began: bigint): Generator<CachedFile> {
  for (const file of files) if (!isYoung(file.stamp, began)) yield file
}

/** Where among the columns of so many files a byte of the stamp of one stands: each of its numbers is a column. */
function stampByte(byte: number, place: number, files: number): number {
  return ((byte >> 3) * files + place) * 8 + (byte & 7)
}

function isYoung(stamp: FileStamp, began: bigint): boolean {
  if (changedBefore(stamp) < Number(began - 2n * YOUNG_BY_SECONDS)) return false
  const { mtimeNs, ctimeNs } = timesOf(stamp)
  const young = mtimeNs % SECOND === 0n && ctimeNs % SECOND === 0n ? YOUNG_BY_SECONDS : YOUNG
  return mtimeNs >= began - young || ctimeNs >= began - young
}

function bodyOf(
  occasion: Pick<Head, 'manifest' | 'rules' | 'place'>,
  files: () => Iterable<CachedFile>,
): Buffer {
  const { json, count } = headOf(occasion, files())
  const start = 4 + json.length
  const body = Buffer.alloc(start + count * ROW)
  body.writeUInt32LE(json.length, 0)
  body.set(json, 4)
  let place = 0
  for (const { stamp, outcome } of files()) {
    for (let at = 0; at < STAMP; at++) body[start + stampByte(at, place, count)] = stamp.charCodeAt(at)
    if ('hash' in outcome) body.write(outcome.hash, start + count * STAMP + place * HASH, 'hex')
    place++
  }
  return body
}

/** Characters that are put together before they become bytes. */
const PIECE = 1 << 14

/** The JSON of a {@link Head}, put together piece by piece, and how many paths there are. */
function headOf(
  occasion: Pick<Head, 'manifest' | 'rules' | 'place'>,
  files: Iterable<CachedFile>,
): { json: Uint8Array; count: number } {
  const json = new ByteWriter()
  const leftOut: Head['leftOut'][number][] = []
  let count = 0
  let text = `${JSON.stringify(occasion).slice(0, -1)},"paths":[`
  for (const { path, outcome } of files) {
    text += (count === 0 ? '' : ',') + JSON.stringify(path)
    if ('reason' in outcome) leftOut.push([count, outcome.reason, outcome.detail])
    count++
    if (text.length < PIECE) continue
    json.raw(encodeUtf8(text))
    text = ''
  }
  json.raw(encodeUtf8(`${text}],"leftOut":${JSON.stringify(leftOut)}}`))
  return { json: json.view(), count }
}

/** What a file becomes depends on these alone. */
function rulesKey({ maxFileSize, encoding = '', formats = [] }: ReadRules): string {
  return [READING_VERSION, maxFileSize, encoding, ...formats.map(({ format }) => format)].join(' ')
}

function checksumOf(body: Uint8Array): string {
  return crc32(body, 0).toString(16).padStart(8, '0')
}
