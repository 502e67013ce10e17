/** What a file is known by: its size and the hash of its bytes. Apart from reading documents, which takes their parsers. */
import { hash } from 'node:crypto'
import type { LeftOut, SourceFile } from '../crawl/file.ts'
import { readBytes } from '../crawl/read-bytes.ts'
import type { Extractor } from './extractor.ts'

/**
 * Goes up whenever the same bytes under the same name become another document, or are cut into other chunks: an index
 * made by another version is built anew instead of being brought up to date.
 */
export const READING_VERSION = 5

/** How files are read: the same for every file of an index. */
export interface ReadRules {
  /** Bytes; larger files are left out. */
  readonly maxFileSize: number
  /** The encoding of text that does not tell its own, by its standard name; detected where left out. */
  readonly encoding?: string | undefined
  /** Formats of the caller's own; they come before ours. */
  readonly formats?: readonly Extractor[] | undefined
}

/** What a file is known by. */
export interface FileIdentity {
  /** Length of the file. */
  readonly bytes: number
  /** The first 32 hexadecimal digits of the SHA-256 of the file's bytes. */
  readonly hash: string
}

/** What a file is known by now; or why it cannot be read. */
export function readIdentity(
  file: SourceFile,
  { maxFileSize }: Pick<ReadRules, 'maxFileSize'>,
): FileIdentity | LeftOut {
  const bytes = readBytes(file, maxFileSize)
  return 'reason' in bytes ? bytes : identityOf(bytes)
}

/** What a file of these bytes is known by. */
export function identityOf(bytes: Uint8Array): FileIdentity {
  return { bytes: bytes.length, hash: hash('sha256', bytes, 'hex').slice(0, 32) }
}
