/**
 * Checks a cluster: whether every shard answers and none is behind, whether each document has all its chunks and no
 * other has any, and how what it holds stands to the files.
 */
import { existsSync } from 'node:fs'
import { type CheckOptions, countOf, outOfDateOf, turnOf } from '../check/check.ts'
import type { CheckReport, Damage, OutOfDate } from '../check/report.ts'
import { walk } from '../crawl/walk.ts'
import { StatCache } from '../freshness/stat-cache.ts'
import { parseAddress, tablesOf } from './address.ts'
import { ClusterDocuments } from './documents.ts'
import { clusterSources, noteFolder } from './manifest.ts'
import { ClusterReader } from './reader.ts'
import { MARK } from './row.ts'
import { integer, literal } from './sql.ts'
import { askStates, type ClusterState, noState } from './state.ts'

/** Documents counted at a time, and named where something is wrong with them. */
const PAGE = 10_000
const MOST_NAMED = 10

/** Throws `usage`, `unreachable`, and `no-index` where the cluster holds nothing. */
export async function checkCluster(options: CheckOptions): Promise<CheckReport> {
  const began = performance.now()
  const reader = new ClusterReader(parseAddress(options.index))
  try {
    const state = await askStates(reader)
    if (!state) throw noState(reader.address)
    const documents = new ClusterDocuments(reader)
    options.onProgress?.({ file: 'documents' })
    const damage = [...shardDamage(state), ...(await documentDamage(reader, documents))]
    const outOfDate = await againstSources(state, documents, reader, options)
    const isStale = outOfDate !== null && countOf(outOfDate) > 0
    return {
      schema: 'gleaner.check/1',
      index: options.index,
      state: damage.length > 0 ? 'damaged' : isStale ? 'stale' : 'sound',
      attached: outOfDate !== null,
      damage,
      outOfDate,
      leftovers: 0,
      files: state.copies.length,
      bytes: state.copies.reduce((sum, { totals }) => sum + totals.textBytes, 0),
      tookMs: performance.now() - began,
      repaired: null,
    }
  } finally {
    reader.close()
  }
}

function shardDamage({ missing, lagging }: ClusterState): Damage[] {
  const away = [...missing].map(shard => ({ file: `shard ${shard}`, detail: 'it does not answer' }))
  const behind = [...lagging].map(shard => ({
    file: `shard ${shard}`,
    detail: 'a copy was away during an update, and is behind; glean index brings it up to date',
  }))
  return [...away, ...behind]
}

/** Documents that have more or fewer chunks than they should, and chunks without a document. */
async function documentDamage(reader: ClusterReader, documents: ClusterDocuments): Promise<Damage[]> {
  const counts = await countedChunks(reader)
  const wrong: string[] = []
  for (const { path, number, chunks } of await documents.all()) {
    const there = counts.get(number) ?? 0
    counts.delete(number)
    if (there !== chunks) wrong.push(`${path} has ${there} chunks of ${chunks}`)
  }
  for (const [number, chunks] of counts)
    wrong.push(`${chunks} chunks of the document ${number}, which is not there`)
  const named = wrong.slice(0, MOST_NAMED)
  if (wrong.length > named.length) named.push(`and ${wrong.length - named.length} more`)
  return named.map(detail => ({ file: tablesOf(reader.address).chunks, detail }))
}

async function countedChunks(reader: ClusterReader): Promise<Map<bigint, number>> {
  const { chunks } = tablesOf(reader.address)
  const counts = new Map<bigint, number>()
  for (let last = 0n; ; ) {
    const { rows } = await reader.ask(
      `SELECT doc, COUNT(*) n FROM ${chunks} WHERE MATCH(${literal(`@mark ${MARK.chunk}`)}) AND doc > ${integer(last)} GROUP BY doc ORDER BY doc ASC LIMIT ${PAGE} OPTION ranker=none, max_matches=${PAGE}`,
    )
    for (const { doc, n } of rows) counts.set(BigInt(doc!), Number(n))
    if (rows.length < PAGE) return counts
    last = BigInt(rows.at(-1)!.doc!)
  }
}

/** Undefined sources, or none that are those of the cluster, say nothing of it. */
async function againstSources(
  state: ClusterState,
  documents: ClusterDocuments,
  { address }: ClusterReader,
  options: CheckOptions,
): Promise<OutOfDate | null> {
  const { source } = state.latest
  if (!existsSync(source.root) || state.missing.size > 0) return null
  const list = documents.list()
  const check = clusterSources(address, state, undefined)?.check()
  if (!(await check?.isAttached([], list, state.totals.documents))) return null
  options.onProgress?.({ file: 'sources' })
  const { files } = await walk(
    { root: source.root, entries: [...source.paths] },
    { ...source, neverCrawl: [] },
  )
  const cache = StatCache.read(noteFolder(address), source)
  return outOfDateOf({ files, listed: list.from(), cache, rules: source, turn: turnOf(options) })
}
