/** Figures of an index: from its manifest, and what its lists tell. */
import { encodeUtf8 } from '../segment/bytes.ts'
import type { DocumentList } from '../segment/document-list.ts'
import type { Manifest } from '../segment/manifest.ts'
import type { Segment } from '../segment/segment.ts'
import { furtherFigures } from './figures.ts'
import type { IndexStats } from './result.ts'

/** `location` is how the index was named. */
export async function indexStats(
  parts: {
    readonly manifest: Manifest
    readonly segments: readonly Segment[]
    readonly documents: DocumentList
  },
  location: string,
): Promise<IndexStats> {
  const { manifest } = parts
  const { totals, segments, documents, analyzer } = manifest
  const manifestBytes = encodeUtf8(JSON.stringify(manifest)).length
  return {
    schema: 'gleaner.stats/1',
    index: location,
    root: manifest.source.root,
    formatVersion: manifest.version,
    analyzer: `${analyzer.id} ${analyzer.version}, Unicode ${analyzer.unicode}`,
    documents: totals.documents,
    chunks: totals.chunks,
    terms: segments.reduce((sum, segment) => sum + segment.terms, 0),
    tokens: totals.tokens,
    textBytes: totals.textBytes,
    indexBytes: segments.reduce((sum, segment) => sum + segment.bytes, documents.bytes + manifestBytes),
    segments: segments.map(({ name, bytes, documents, chunks, sections }) => ({
      name,
      bytes,
      documents,
      chunks,
      sections,
    })),
    ...(manifest.leftOut && { leftOut: manifest.leftOut }),
    languages: totals.languages,
    formats: totals.formats,
    ...(await furtherFigures(parts.segments, parts.documents, Object.keys(totals.languages))),
  }
}
