/** What an index is made of, wherever it was opened. */
import type { DocumentCards } from '../segment/document-cards.ts'
import type { DocumentList } from '../segment/document-list.ts'
import type { DocumentOrder } from '../segment/document-order.ts'
import type { Manifest } from '../segment/manifest.ts'
import type { Segment } from '../segment/segment.ts'
import type { Sources } from './sources.ts'

export interface IndexParts {
  /** As the caller named it. */
  readonly location: string
  /** Undefined where they are not on this machine. */
  readonly sources: Sources | undefined
  readonly manifest: Manifest
  readonly segments: readonly Segment[]
  readonly documents: DocumentList
  readonly order: DocumentOrder
  /** What hits say of their documents, where that came by a head (segment/head.ts). */
  readonly cards?: DocumentCards | undefined
}
