/** Reads files into a new segment. A file that cannot be read is reported; the rest goes on. */
import type { FoundFile, LeftOut } from '../crawl/file.ts'
import type { ReadRules } from '../document/file-identity.ts'
import { readFileDocument } from '../document/read-file.ts'
import type { CachedFile } from '../freshness/stat-cache.ts'
import type { ListedDocument } from '../segment/document-list.ts'
import type { Doubt } from './report.ts'
import type { SegmentBuilder } from './segment-builder.ts'
import type { TotalsCount } from './totals.ts'
import type { Turns } from './turns.ts'

/** What came of some files. */
export interface ReadFiles {
  /** In order of path; each is a document of the new segment. */
  readonly documents: ListedDocument[]
  readonly leftOut: LeftOut[]
  readonly known: CachedFile[]
  readonly doubts: Doubt[]
}

/** Where files are read to. */
export interface Destination {
  readonly builder: SegmentBuilder
  /** The number the segment will have. */
  readonly segment: number
  readonly totals: TotalsCount
}

/** Reads files, which come in order of path. */
export async function readFiles(
  files: readonly FoundFile[],
  rules: ReadRules,
  { builder, segment, totals }: Destination,
  turns: Turns,
): Promise<ReadFiles> {
  const read: ReadFiles = { documents: [], leftOut: [], known: [], doubts: [] }
  const totalBytes = files.reduce((sum, file) => sum + file.size, 0)
  let bytes = 0
  const progress = (done: number) =>
    ({ phase: 'read', files: done, totalFiles: files.length, bytes, totalBytes }) as const
  for (const [number, file] of files.entries()) {
    const { path, stamp } = file
    turns.tell({ ...progress(number), file: path })
    const outcome = await readFileDocument(file, rules)
    if ('reason' in outcome) {
      const { reason, detail } = outcome
      read.leftOut.push(outcome)
      // What the system refused today it may not refuse tomorrow, and no stamp would tell.
      if (reason !== 'unreadable' && reason !== 'vanished')
        read.known.push({ path, stamp, outcome: { reason, detail } })
    } else {
      const { document, bytes: size, hash, doubt } = outcome
      if (doubt !== undefined) read.doubts.push({ path, detail: doubt })
      read.documents.push({ path, size, hash, segment, document: builder.documents })
      read.known.push({ path, stamp, outcome: { hash } })
      totals.add(builder.add(document))
    }
    bytes += file.size
    await turns.take(() => progress(number + 1))
  }
  return read
}
