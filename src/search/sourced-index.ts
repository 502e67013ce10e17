/**
 * An open index beside its sources: what it is made of, where the files are that it was made of, and how they stand to it.
 * How it is asked is index.ts's.
 */
import type { ReadRules } from '../document/file-identity.ts'
import type { DocumentList, ListedDocument } from '../segment/document-list.ts'
import type { DocumentOrder } from '../segment/document-order.ts'
import type { Manifest } from '../segment/manifest.ts'
import type { Segment } from '../segment/segment.ts'
import type { IndexParts } from './parts.ts'
import type { IndexFigures, Stale } from './result.ts'
import { isBehind } from './stale.ts'
import { type Standing, standingOf, type Whereabouts } from './standing.ts'
import type { Survey } from './survey.ts'

export class SourcedIndex {
  /** Absolute root of the sources on this machine; null where that folder is not there. */
  readonly sourceRoot: string | null
  protected readonly parts: IndexParts
  protected readonly standing: Standing

  constructor(parts: IndexParts, standing: Standing = standingOf(parts)) {
    this.parts = parts
    this.standing = standing
    this.sourceRoot = parts.sources?.root ?? null
  }

  /** The index as the caller named it. */
  get location(): string {
    return this.parts.location
  }

  /** The manifest it was opened with. */
  get manifest(): Manifest {
    return this.parts.manifest
  }

  /** How files of its sources are read. */
  get rules(): ReadRules {
    return this.parts.sources?.rules ?? this.parts.manifest.source
  }

  /** The segments, for exports. */
  get segments(): readonly Segment[] {
    return this.parts.segments
  }

  /** Which documents of the segments are in the index. */
  get order(): DocumentOrder {
    return this.parts.order
  }

  /** The list of documents, for exports. */
  get documents(): DocumentList {
    return this.parts.documents
  }

  /** What of the index took part in an answer; `detached` are the names of those without files. */
  figures(detached: readonly string[] = []): IndexFigures[] {
    const { location: index, manifest } = this
    const { totals, leftOut } = manifest
    const { documents, chunks } = totals
    const apart = detached.includes(index) ? { detached: true as const } : {}
    return [{ index, documents, chunks, ...(leftOut && { leftOut }), ...apart }]
  }

  /** Where the files of some documents are; undefined for one that is gone. */
  whereabouts(documents: readonly ListedDocument[]): Promise<(Whereabouts | undefined)[]> {
    return this.standing.whereabouts(documents)
  }

  /** Tells when a document's file was last changed; undefined where it is not here. */
  modifiedOf(): (document: ListedDocument) => string | undefined {
    return this.standing.modifiedOf()
  }

  /** Whether the files it was made of are on this machine: some at least, spread over the index, are as they were. */
  async isAttached(): Promise<boolean> {
    return this.standing.isAttached()
  }

  /** Those of the indexes it is whose files are not on this machine, as the caller named them. */
  async detached(): Promise<string[]> {
    return (await this.isAttached()) ? [] : [this.location]
  }

  /** How its sources stand to it; undefined where these are not on this machine. Looks at every file. */
  async survey(): Promise<Survey | undefined> {
    return (await this.isAttached()) ? this.standing.lookOver() : undefined
  }

  /**
   * How far the index lags behind its sources; null where it does not, or where these are not on this machine. Looks at
   * every file.
   */
  async staleness(): Promise<Stale | null> {
    const survey = await this.survey()
    return survey && isBehind(survey.stale) ? survey.stale : null
  }

  /** Closes its files. The index cannot be used afterwards. */
  async close(): Promise<void> {
    for (const segment of this.parts.segments) segment.close()
    this.parts.documents.close()
    this.parts.sources?.close()
    this.parts.cards?.close()
  }
}
