/** Reads files into a new segment. A file that cannot be read is reported; the rest goes on. */
import type { FoundFile, LeftOut } from '../crawl/file.ts'
import type { CachedFile } from '../freshness/stat-cache.ts'
import type { BatchDocument } from './batch.ts'
import { unpackTexts } from './packed-texts.ts'
import { ReadDocuments } from './read-documents.ts'
import { release } from './release.ts'
import type { BuildProgress, Doubt } from './report.ts'
import type { SegmentBuilder } from './segment-builder.ts'
import type { ReadBatch, TaskPool } from './task-pool.ts'
import type { TotalsCount } from './totals.ts'
import type { Turns } from './turns.ts'

/** What came of some files. */
export interface ReadFiles {
  /** Each is a document of the new segment. */
  readonly documents: ReadDocuments
  readonly leftOut: LeftOut[]
  /** What is known of those that were left out. */
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

/** Reads batches of files, which come in order of path: several at a time, put together in order. */
export async function readFiles(
  batches: readonly (readonly FoundFile[])[],
  destination: Destination,
  pool: TaskPool,
  turns: Turns,
): Promise<ReadFiles> {
  const read: ReadFiles = {
    documents: new ReadDocuments(destination.segment),
    leftOut: [],
    known: [],
    doubts: [],
  }
  const progress = new ReadProgress(batches.flat())
  const ask = (batch: readonly FoundFile[] | undefined) => batch && { files: batch, ...pool.read(batch) }
  const asked = batches.slice(0, pool.width).map(ask)
  for (const [which, batch] of batches.entries()) {
    const first = asked.shift()!
    const done = await turns.waitFor(first.batch, () => progress.with([first, ...asked]))
    asked.push(ask(batches[which + pool.width]))
    take(batch, done, destination, read)
    progress.add(batch)
    turns.tell(progress.with(asked))
  }
  return read
}

function take(
  files: readonly FoundFile[],
  batch: ReadBatch,
  { builder, totals }: Destination,
  read: ReadFiles,
): void {
  const texts = unpackTexts(batch.texts)
  for (const [number, listed] of files.entries()) {
    const { path, stamp } = listed
    const outcome = batch.outcomes[number]!
    if ('reason' in outcome) {
      const { reason, detail } = outcome
      read.leftOut.push(outcome)
      // What the system refused today it may not refuse tomorrow, and no stamp would tell.
      if (reason !== 'unreadable' && reason !== 'vanished')
        read.known.push({ path, stamp, outcome: { reason, detail } })
      continue
    }
    const { doubt, file } = outcome
    if (doubt !== undefined) read.doubts.push({ path, detail: doubt })
    read.documents.add(listed, file.bytes, file.hash)
    totals.add(builder.add(outcome as BatchDocument, texts.next().value!))
  }
  builder.addPostings(batch)
  release([batch.texts.bytes])
}

/** Files that someone is reading, and how many of them are done. */
interface UnderWay {
  readonly files: readonly FoundFile[]
  done(): number
}

/** How far reading is: what was put together, and what is under way. */
class ReadProgress {
  readonly #totalFiles: number
  readonly #totalBytes: number
  #files = 0
  #bytes = 0

  constructor(files: readonly FoundFile[]) {
    this.#totalFiles = files.length
    this.#totalBytes = bytesOf(files)
  }

  add(files: readonly FoundFile[]): void {
    this.#files += files.length
    this.#bytes += bytesOf(files)
  }

  with(batches: readonly (UnderWay | undefined)[]): BuildProgress {
    let files = this.#files
    let bytes = this.#bytes
    let file: string | undefined
    for (const batch of batches) {
      if (!batch) continue
      const done = batch.done()
      files += done
      bytes += bytesOf(batch.files.slice(0, done))
      file ??= batch.files[done]?.path
    }
    const progress = { phase: 'read', files, totalFiles: this.#totalFiles, bytes } as const
    return { ...progress, totalBytes: this.#totalBytes, ...(file !== undefined && { file }) }
  }
}

function bytesOf(files: readonly FoundFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0)
}
