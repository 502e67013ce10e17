/**
 * The manifest: the one file of an index that is read first and replaced last. It names every other file, carries what
 * opening needs and nothing that grows with the text but the roots of the paged indexes (one entry for each 128
 * blocks), and holds no time and no absolute path, so that the same input gives the same bytes.
 *
 * Its first line is `{"gleaner":1,"checksum":"xxxxxxxx",` where the number is the format version and the checksum the
 * CRC-32 (hexadecimal) of everything after that line; the rest is JSON, sorted as the type below has it.
 */
import { GleanError, messageOf } from '../errors.ts'
import { decodeUtf8, encodeUtf8 } from './bytes.ts'
import type { DocumentRun } from './document-order.ts'
import { FORMAT_VERSION, OLDEST_VERSION } from './format.ts'
import type { Root } from './paged-index.ts'
import { crc32 } from './platform.ts'

export const MANIFEST = 'manifest.json'

/** What makes the words of an index: analyzer and Unicode version, and the stemmer of each form table. */
export interface AnalyzerEntry {
  readonly id: string
  readonly version: number
  readonly unicode: string
  readonly stemmers: Record<string, string>
}

/** Which files are indexed. The same words as the options of a build. */
export interface SourceEntry {
  /** From the index folder to the root of the sources, with `/`. */
  readonly root: string
  /** Sources below the root; `.` for the root itself. */
  readonly paths: readonly string[]
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly ignoreFiles: boolean
  readonly hidden: boolean
  /** Bytes. */
  readonly maxFileSize: number
  /** That of text that does not tell its own; detected where there is none. */
  readonly encoding?: string | undefined
}

/** Sums over all documents. */
export interface Totals {
  readonly documents: number
  readonly chunks: number
  readonly tokens: number
  /** UTF-8 bytes. */
  readonly textBytes: number
  readonly languages: Record<string, number>
  readonly formats: Record<string, number>
}

/** A segment file and the roots of its parts. */
export interface SegmentEntry {
  /** File name: a hash of the content, before compression, and `.seg`. */
  readonly name: string
  readonly bytes: number
  readonly documents: number
  readonly chunks: number
  readonly tokens: number
  readonly terms: number
  /** Bytes of each part, for figures. */
  readonly sections: Record<string, number>
  readonly text: Root<number>
  /** Where the dictionary of its text stands: offset and length in bytes, as of any unit; absent where it has none. */
  readonly textDictionary?: readonly [offset: number, length: number]
  readonly rows: Root<number>
  readonly dictionary: Root<string>
  /** By language. */
  readonly forms: Record<string, Root<string>>
}

/** The list of documents, in order of path. */
export interface DocumentListEntry {
  readonly name: string
  readonly bytes: number
  readonly paths: Root<string>
  /** The documents of the segments that make the index, in order of path. */
  readonly runs: readonly DocumentRun[]
}

export interface Manifest {
  readonly format: 'gleaner'
  readonly version: number
  readonly analyzer: AnalyzerEntry
  /** Version of how files are taken apart; 0 before format 3. */
  readonly reading: number
  readonly fields: readonly string[]
  readonly source: SourceEntry
  readonly totals: Totals
  /** Files of the sources that could not be indexed, by reason; absent where the index is older than this field. */
  readonly leftOut?: Record<string, number> | undefined
  readonly documents: DocumentListEntry
  readonly segments: readonly SegmentEntry[]
}

/** The manifest as bytes. */
export function writeManifest(manifest: Manifest): Uint8Array {
  const rest = `${JSON.stringify(manifest, null, 1).slice(1)}\n`
  return encodeUtf8(`{"gleaner":${manifest.version},"checksum":"${checksumOf(rest)}",${rest}`)
}

/**
 * Reads a manifest; `index` is how the user named the folder. Throws `not-an-index`, `format-too-new`,
 * `format-too-old` or `damaged`.
 */
export function readManifest(bytes: Uint8Array, index: string): Manifest {
  const text = decodeUtf8(bytes)
  const head = /^\{"gleaner":(\d+),"checksum":"([0-9a-f]{8})",\n/.exec(text)
  // What a power cut makes of a file that was just replaced.
  if (/^\0*$/.test(text)) throw damagedManifest(index, 'it is empty')
  if (!head) {
    throw new GleanError('not-an-index', `${index} is no gleaner index: its ${MANIFEST} is another program's`)
  }
  const version = Number(head[1])
  if (version > FORMAT_VERSION) {
    throw new GleanError(
      'format-too-new',
      `${index} has index format ${version}, this gleaner reads up to ${FORMAT_VERSION}: update gleaner, or rebuild the index with this one: glean index --rebuild, with its --index`,
    )
  }
  if (version < OLDEST_VERSION) {
    throw new GleanError(
      'format-too-old',
      `${index} has index format ${version}, this gleaner reads from ${OLDEST_VERSION} on: rebuild it: glean index --rebuild, with its --index`,
    )
  }
  const rest = text.slice(head[0].length - 1)
  if (checksumOf(rest) !== head[2]) {
    throw damagedManifest(index, 'its checksum does not hold')
  }
  try {
    return asNow(JSON.parse(`{${rest}`) as Manifest)
  } catch (thrown) {
    throw damagedManifest(index, messageOf(thrown))
  }
}

/** What it was made of cannot be told either: the folders have to be named. */
function damagedManifest(index: string, fault: string): GleanError {
  return new GleanError(
    'damaged',
    `${index}/${MANIFEST} is damaged: ${fault}; rebuild the index, naming its folders: glean index DIR --rebuild --index ${index}`,
  )
}

/** Before format 3 an index was one segment, all of it. */
function asNow(manifest: Manifest): Manifest {
  const { version, documents, segments } = manifest
  if (version >= 3) return manifest
  const runs = segments.map(
    (segment, number): DocumentRun => [number, 0, segment.documents, 0, segment.chunks],
  )
  return { ...manifest, reading: 0, documents: { ...documents, runs } }
}

/** The checksum a manifest's first line gives, as it stands there; '' where there is none. */
export function manifestChecksum(bytes: Uint8Array): string {
  return /^\{"gleaner":\d+,"checksum":"([0-9a-f]{8})"/.exec(decodeUtf8(bytes.subarray(0, 64)))?.[1] ?? ''
}

function checksumOf(rest: string): string {
  return crc32(encodeUtf8(rest), 0).toString(16).padStart(8, '0')
}
