/** Builds one segment of documents that were just read, batch by batch; their texts and postings are written by others. */
import type { AnalyzerEntry } from '../segment/manifest.ts'
import type { BatchDocument } from './batch.ts'
import { unpackChunks } from './packed-chunks.ts'
import { PostingRuns } from './posting-runs.ts'
import { type FinishedSegment, SegmentWriter, type Stemmers } from './segment-writer.ts'
import type { ReadBatch, TaskPool } from './task-pool.ts'
import type { DocumentFigures } from './totals.ts'
import type { Turns } from './turns.ts'

export class SegmentBuilder {
  readonly #writer: SegmentWriter
  /** None any more once they are written. */
  #postings: PostingRuns | undefined

  /** `folder` is where the segment will stand, `pool` who does the work. */
  constructor(folder: string, pool: TaskPool, turns: Turns) {
    this.#writer = new SegmentWriter(folder, (blocks, dictionary) => pool.deflate({ blocks, dictionary }))
    this.#postings = new PostingRuns(pool, turns, folder)
  }

  /** Documents so far: the number the next one gets. */
  get documents(): number {
    return this.#writer.documents
  }

  /** Adds a document of a batch, in order of path; gives what it adds to the totals. */
  add({ document, chunks }: BatchDocument, text: string): DocumentFigures {
    const written = unpackChunks(chunks)
    this.#writer.add({ ...document, text }, written)
    const { bytes, tokens, language, format } = document
    return { bytes, tokens, language, format, chunks: written.length }
  }

  /** Adds the postings of a batch, once its documents were added. */
  addPostings({ reader, terms, run }: ReadBatch): void {
    this.#postings!.add(reader, terms, run)
  }

  /** Writes the file under its name. `analyzer` is part of what the name is made of. Call once. */
  async finish(analyzer: AnalyzerEntry, stemmers: Stemmers): Promise<FinishedSegment> {
    const finished = await this.#writer.finish(analyzer, stemmers, this.#postings!)
    this.abandon()
    return finished
  }

  /** Gives up: nothing is left behind. */
  abandon(): void {
    this.#writer.abandon()
    this.#postings?.drop()
    this.#postings = undefined
  }
}
