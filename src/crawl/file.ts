/**
 * What crawling yields: the files to be read, and those left out with the reason. Nothing disappears between the two.
 */

import type { FileStamp } from './file-stamp.ts'

/** A file to be indexed. */
export interface SourceFile {
  /** Path from the index's root, with `/` between the parts. */
  readonly path: string
  /** Absolute path on this machine. Never stored. */
  readonly absolute: string
  /** Size in bytes when it was listed. */
  readonly size: number
}

/** A file as a walk found it. */
export interface FoundFile extends SourceFile {
  readonly stamp: FileStamp
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** What a file looks like as far as one call tells; of a file within an archive, its bytes and when the archive was changed. */
export interface FileLook {
  readonly size: number
  readonly mtime: Date
  /** Milliseconds since 1970. */
  readonly mtimeMs?: number
  readonly ctimeMs?: number
  readonly ino?: number
  readonly dev?: number
}

/** Why a file that was met is not in the index. */
export type LeftOutReason =
  | 'binary' // holds NUL bytes, or is of a known binary kind
  | 'too-large' // over the size limit
  | 'unreadable' // the operating system refused
  | 'vanished' // listed, then gone
  | 'not-text' // bytes that are no text in any encoding that can be told
  | 'encrypted' // a password is needed
  | 'damaged' // of its kind, but broken off or broken
  | 'no-text' // pictures of text, or none at all
  | 'over-limit' // took too long, too much memory, or holds too much
  | 'outside' // a symbolic link that leads out of the root
  | 'special' // a FIFO, socket or device

/** A file that was met and not indexed. */
export interface LeftOut {
  /** Path from the root, as in {@link SourceFile}. */
  readonly path: string
  readonly reason: LeftOutReason
  /** One line for a person: the size and limit, the system's message, the offset of the bad byte. */
  readonly detail: string
}
