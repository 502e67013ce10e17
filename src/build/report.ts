/** What building an index reports: to the caller of `buildIndex`, and as `glean index --json`. */
import type { LeftOut, LeftOutReason } from '../crawl/file.ts'

/** Where a build stands. Sent often; cheap to ignore. */
export interface BuildProgress {
  phase: 'crawl' | 'compare' | 'read' | 'write'
  /** Files read so far, and in all (0 while crawling). */
  files: number
  totalFiles: number
  /** Bytes of text read so far, and in all. */
  bytes: number
  totalBytes: number
  /** The file that is being read: path from the root. */
  file?: string
}

/** What a build did with the documents there were and the files there are. */
export interface DocumentChanges {
  /** Documents of files that were not in the index, of files that hold something else now, and no longer there. */
  added: number
  changed: number
  removed: number
  /** Files that hold what another held that is gone. */
  renamed: number
  unchanged: number
}

/** Why nothing of an index that was there could be used: null where it could, or where there was none. */
export type RebuildReason = 'asked' | 'format' | 'analyzer' | 'reading' | 'damaged'

/** How many files were left out for each reason, in order of reason: the same files are the same bytes. */
export function countLeftOut(files: readonly LeftOut[]): Partial<Record<LeftOutReason, number>> {
  const counts: Partial<Record<LeftOutReason, number>> = {}
  for (const reason of files.map(({ reason }) => reason).sort()) counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}

/** A file that was indexed, and what may be wrong with it. */
export interface Doubt {
  /** Path from the root. */
  readonly path: string
  /** One line for a person. */
  readonly detail: string
}

/** The outcome of a build. */
export interface BuildReport {
  schema: 'gleaner.index/1'
  /** The index folder as the caller named it. */
  index: string
  /** Root of the sources, as the caller would type it. */
  root: string
  documents: number
  chunks: number
  tokens: number
  /** Distinct terms; where there are several segments, their sum. */
  terms: number
  /** UTF-8 bytes of text indexed, and bytes of the index on disk. */
  textBytes: number
  indexBytes: number
  tookMs: number
  /** False where the index on disk already was exactly this. */
  changed: boolean
  changes: DocumentChanges
  /** Segments the index has now. */
  segments: number
  rebuilt: RebuildReason | null
  /** Files met and not indexed, by reason and one by one, in path order. */
  leftOutCounts: Partial<Record<LeftOutReason, number>>
  leftOut: LeftOut[]
  /** Files read now of which something may be wrong, in path order: an encoding that is a guess, pages without text. */
  doubts: Doubt[]
  /** Files and folders passed over because a rule said so (ignore files, hidden, node_modules, links inside, --exclude). */
  ignored: number
}
