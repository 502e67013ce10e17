/** Figures of a cluster, in the shape of those of an index: its shards stand where segments do. */
import { furtherFigures } from '../search/figures.ts'
import type { IndexStats } from '../search/result.ts'
import type { DocumentList } from '../segment/document-list.ts'
import type { Manifest } from '../segment/manifest.ts'
import { tablesOf } from './address.ts'
import type { ClusterReader } from './reader.ts'
import type { ClusterState } from './state.ts'

export async function clusterStats(
  reader: ClusterReader,
  { copies, latest }: ClusterState,
  { totals, analyzer, version }: Manifest,
  documents: DocumentList,
): Promise<IndexStats> {
  const { terms } = tablesOf(reader.address)
  const { rows } = await reader.ask(
    `SELECT COUNT(*) n, 1 AS one FROM ${terms} WHERE letters > 0 GROUP BY one`,
  )
  return {
    schema: 'gleaner.stats/1',
    index: reader.address.location,
    root: latest.source.root,
    formatVersion: version,
    analyzer: `${analyzer.id} ${analyzer.version}, Unicode ${analyzer.unicode}`,
    documents: totals.documents,
    chunks: totals.chunks,
    // Each shard has its own: what several have counts for each.
    terms: rows.reduce((sum, { n }) => sum + Number(n), 0),
    tokens: totals.tokens,
    textBytes: totals.textBytes,
    // The engine does not tell through the server that is asked; glean cluster status asks the shards.
    indexBytes: 0,
    segments: copies.map(({ shard, copy, totals: { documents, chunks } }) => ({
      name: copy === 0 ? `shard ${shard}` : `shard ${shard}, copy ${copy}`,
      bytes: 0,
      documents,
      chunks,
      sections: {},
    })),
    languages: totals.languages,
    formats: totals.formats,
    ...(await furtherFigures([], documents, Object.keys(totals.languages))),
  }
}
