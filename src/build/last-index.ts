/** The index as the last build left it, opened for the next one: what it lists, and the segments that hold it. */

import { READING_VERSION, type ReadRules } from '../document/file-identity.ts'
import { type DocumentList, type ListedDocument, openDocumentList } from '../segment/document-list.ts'
import { DocumentOrder } from '../segment/document-order.ts'
import { fileFolder } from '../segment/file-source.ts'
import { FORMAT_VERSION } from '../segment/format.ts'
import type { AnalyzerEntry, Manifest } from '../segment/manifest.ts'
import { Segment } from '../segment/segment.ts'
import type { RebuildReason } from './report.ts'
import { analyzerEntry } from './words.ts'

export class LastIndex {
  readonly manifest: Manifest
  readonly documents: DocumentList
  readonly order: DocumentOrder
  /** By number; undefined for one that is damaged. */
  readonly segments: readonly (Segment | undefined)[]

  private constructor(
    manifest: Manifest,
    documents: DocumentList,
    order: DocumentOrder,
    segments: (Segment | undefined)[],
  ) {
    this.manifest = manifest
    this.documents = documents
    this.order = order
    this.segments = segments
  }

  /**
   * Opens what a manifest names, but for segments known to be `damaged`. Throws `damaged` or `not-found` where that is
   * not there as it should be.
   */
  static async open(
    folder: string,
    shown: string,
    manifest: Manifest,
    damaged: ReadonlySet<string> = new Set(),
  ): Promise<LastIndex> {
    const files = fileFolder(folder, shown)
    const order = new DocumentOrder(manifest.documents.runs, manifest.segments.length)
    const documents = await openDocumentList(files, manifest.documents)
    const segments: (Segment | undefined)[] = []
    const last = new LastIndex(manifest, documents, order, segments)
    try {
      for (const [number, entry] of manifest.segments.entries()) {
        const isSound = !damaged.has(entry.name)
        const live = order.chunks(number)
        segments.push(isSound ? await Segment.open(files, entry, manifest.version, live) : undefined)
      }
      return last
    } catch (thrown) {
      last.close()
      throw thrown
    }
  }

  /** The row of a listed document. */
  row({ segment, document }: ListedDocument) {
    return this.segments[segment]!.rows.row(document)
  }

  close(): void {
    this.documents.close()
    for (const segment of this.segments) segment?.close()
  }
}

/** Why an index cannot be brought up to date by this gleaner, but must be built anew; undefined where it can. */
export function reasonToRebuild(
  { version, reading, analyzer, source }: Manifest,
  rules: ReadRules,
  asked: boolean,
): RebuildReason | undefined {
  if (asked) return 'asked'
  if (version !== FORMAT_VERSION) return 'format'
  if (!isOurs(analyzer)) return 'analyzer'
  return reading === READING_VERSION && source.encoding === rules.encoding ? undefined : 'reading'
}

/** Whether words made by that analyzer are words of ours. */
function isOurs(analyzer: AnalyzerEntry): boolean {
  try {
    return JSON.stringify(analyzerEntry(Object.keys(analyzer.stemmers))) === JSON.stringify(analyzer)
  } catch {
    return false
  }
}
