/** Figures of a cluster, in the shape of those of an index: its shards stand where segments do. */
import { furtherFigures } from '../search/figures.ts'
import type { IndexStats } from '../search/result.ts'
import type { DocumentList } from '../segment/document-list.ts'
import type { Manifest } from '../segment/manifest.ts'
import { type ClusterAddress, tablesOf } from './address.ts'
import type { ClusterReader } from './reader.ts'
import type { ClusterState } from './state.ts'
import { clusterStatus } from './status.ts'

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
  const bytesOf = await bytesByCopy(reader.address)
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
    indexBytes: [...bytesOf.values()].reduce((sum, bytes) => sum + bytes, 0),
    segments: copies.map(({ shard, copy, totals: { documents, chunks } }) => ({
      name: copy === 0 ? `shard ${shard}` : `shard ${shard}, copy ${copy}`,
      bytes: bytesOf.get(`${shard} ${copy}`) ?? 0,
      documents,
      chunks,
      sections: {},
    })),
    languages: totals.languages,
    formats: totals.formats,
    ...(await furtherFigures([], documents, Object.keys(totals.languages))),
  }
}

/** The bytes each copy takes, by shard and copy; the shards tell it alone, so nothing where the address does not name them. */
async function bytesByCopy(address: ClusterAddress): Promise<Map<string, number>> {
  if (address.shards.length === 0) return new Map()
  const { copies } = await clusterStatus(address)
  return new Map(
    copies.map(({ shard, copy, ramBytes = 0, diskBytes = 0 }) => [`${shard} ${copy}`, ramBytes + diskBytes]),
  )
}
