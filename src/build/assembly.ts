/**
 * An index in the making: segments, and the documents among them that it is to list. Compaction makes one segment of
 * several without changing what is listed.
 */
import type { ListedDocument } from '../segment/document-list.ts'
import type { DocumentRun } from '../segment/document-order.ts'
import { fileFolder } from '../segment/file-source.ts'
import { FORMAT_VERSION } from '../segment/format.ts'
import type { AnalyzerEntry, SegmentEntry } from '../segment/manifest.ts'
import { Segment } from '../segment/segment.ts'
import { type SegmentState, segmentsToMerge } from './compaction.ts'
import { runsOf } from './runs.ts'
import { mergeSegments } from './segment-merger.ts'
import type { FinishedSegment, Stemmers } from './segment-writer.ts'
import type { Turns } from './turns.ts'

/** How segments are written. */
export interface AssemblyPlan {
  readonly folder: string
  readonly analyzer: AnalyzerEntry
  readonly stemmers: Stemmers
  readonly turns: Turns
}

export class Assembly {
  readonly #plan: AssemblyPlan
  /** Segments are never taken out before the end: their numbers are those of the documents. */
  readonly #segments: (Segment | undefined)[]
  /** Those opened here, to be closed here. */
  readonly #opened: Segment[] = []
  #documents: Iterable<ListedDocument> = []
  /** Whether a file was written that was not there before under its name. */
  replaces = false

  /**
   * Goes on from the segments of the last index, which stay the caller's to close. One that cannot be used is undefined,
   * and no document of it may be listed.
   */
  constructor(plan: AssemblyPlan, segments: readonly (Segment | undefined)[]) {
    this.#plan = plan
    this.#segments = [...segments]
  }

  /** Takes in a segment that was just written; it gets the next number. */
  async add({ entry, replaces }: FinishedSegment): Promise<number> {
    const folder = fileFolder(this.#plan.folder, this.#plan.folder)
    const whole = entry.chunks > 0 ? [[0, entry.chunks] as const] : []
    const segment = await Segment.open(folder, entry, FORMAT_VERSION, whole)
    this.#opened.push(segment)
    this.replaces ||= replaces
    return this.#segments.push(segment) - 1
  }

  /** Says which documents are to be listed, in order of path, as often as they are gone through. */
  list(documents: Iterable<ListedDocument>): void {
    this.#documents = documents
  }

  /** Merges what is to be merged: all of it where `toOne`. */
  async compact(toOne: boolean): Promise<void> {
    const used = this.#used()
    const runs = await runsOf(this.#documents, this.#segments)
    const states = used.map(number => this.#stateOf(number, runs))
    for (const group of segmentsToMerge({ segments: states, runs: runs.length, toOne }))
      await this.#merge(new Set(group.map(place => used[place]!)))
  }

  /** The segments that documents are listed of, and these documents by their place among them. */
  async finish(): Promise<{
    segments: SegmentEntry[]
    documents: Iterable<ListedDocument>
    runs: DocumentRun[]
  }> {
    const listed = this.#used()
    // An index without a document still is one, of a segment without any.
    const used = listed.length > 0 ? listed : [...this.#segments.keys()].slice(-1)
    const segments = used.map(number => this.#segments[number]!)
    const isPlaced = used.every((number, place) => number === place)
    const documents = isPlaced
      ? this.#documents
      : Array.from(this.#documents, document => ({ ...document, segment: used.indexOf(document.segment) }))
    return {
      segments: segments.map(({ entry }) => entry),
      documents,
      runs: await runsOf(documents, segments),
    }
  }

  close(): void {
    for (const segment of this.#opened) segment.close()
  }

  /** Numbers of the segments that documents are listed of. */
  #used(): number[] {
    const used = new Set<number>()
    for (const { segment } of this.#documents) used.add(segment)
    return [...used].sort((a, b) => a - b)
  }

  #stateOf(number: number, runs: readonly DocumentRun[]): SegmentState {
    const { bytes, chunks, documents } = this.#segments[number]!.entry
    const own = runs.filter(run => run[0] === number)
    const liveChunks = own.reduce((sum, run) => sum + run[4], 0)
    const isWhole = own.reduce((sum, run) => sum + run[2], 0) === documents
    return { bytes, chunks, liveChunks, isWhole }
  }

  async #merge(numbers: ReadonlySet<number>): Promise<void> {
    const { folder, analyzer, stemmers, turns } = this.#plan
    const sources = [...numbers]
    const listed = [...this.#documents]
    const documents = listed.filter(({ segment }) => numbers.has(segment))
    const merged = await this.add(
      await mergeSegments({
        folder,
        segments: sources.map(number => this.#segments[number]!),
        documents: documents.map(({ segment, document }) => ({
          segment: sources.indexOf(segment),
          document,
        })),
        analyzer,
        stemmers,
        turn: turns.take,
      }),
    )
    let next = 0
    this.#documents = listed.map(document =>
      numbers.has(document.segment) ? { ...document, segment: merged, document: next++ } : document,
    )
  }
}
