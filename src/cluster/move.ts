/**
 * Moves a virtual shard from one shard to another. Its documents are copied first, then the map is changed, then they are
 * taken away where they were: a reader finds each of them all the time. Broken off at any point, it leaves documents too
 * many on one of the two, which the next update takes away.
 */
import { GleanError } from '../errors.ts'
import { parseAddress } from './address.ts'
import { ClusterDocuments } from './documents.ts'
import { type HeldCluster, openCluster } from './held-cluster.ts'
import { VIRTUAL_SHARDS, virtualShardOf } from './placement.ts'
import { ClusterReader } from './reader.ts'
import { writtenAgain } from './row.ts'
import type { CopyState } from './state.ts'
import { totalsOf } from './update.ts'

/** What was moved. */
export interface MoveReport {
  schema: 'gleaner.move/1'
  index: string
  virtualShard: number
  from: number
  to: number
  documents: number
  tookMs: number
}

/** Throws `usage` for shards that are none, `no-index`, `unreachable` where a copy concerned does not answer. */
export async function moveShard(location: string, virtualShard: number, to: number): Promise<MoveReport> {
  const began = performance.now()
  const address = parseAddress(location)
  const cluster = await openCluster(address)
  const reader = new ClusterReader(address)
  try {
    const { latest } = cluster
    if (!latest) throw new GleanError('no-index', `${location} holds nothing that could be moved`)
    mustBeShards(cluster, virtualShard, to)
    const from = cluster.map[virtualShard]!
    const documents = from === to ? 0 : await move(cluster, reader, { ...latest, virtualShard, to })
    const tookMs = performance.now() - began
    return { schema: 'gleaner.move/1', index: location, virtualShard, from, to, documents, tookMs }
  } finally {
    reader.close()
    cluster.close()
  }
}

function mustBeShards({ address, away }: HeldCluster, virtualShard: number, to: number): void {
  if (virtualShard >= VIRTUAL_SHARDS)
    throw new GleanError('usage', `virtual shards are 0 to ${VIRTUAL_SHARDS - 1}; got ${virtualShard}`)
  if (to >= address.shards.length)
    throw new GleanError('usage', `the address names shards 0 to ${address.shards.length - 1}; got ${to}`)
  const [first] = away
  if (first)
    throw new GleanError('unreachable', `nothing was moved: ${first.failure!.message}`, {
      cause: first.failure,
    })
}

async function move(
  cluster: HeldCluster,
  reader: ClusterReader,
  { virtualShard, to, ...latest }: CopyState & { virtualShard: number; to: number },
): Promise<number> {
  const { address, copies, map } = cluster
  const source = copies.filter(({ shard }) => shard === map[virtualShard])
  const target = copies.filter(({ shard }) => shard === to)
  const documents = new ClusterDocuments(reader)
  const moved = [...source[0]!.held.values()].filter(({ number }) => virtualShardOf(number) === virtualShard)
  for (const held of moved) {
    const { chunks, tail } = await documents.content(held)
    if (chunks.length !== held.chunks)
      throw new GleanError('damaged', `${held.path} is not whole; nothing was moved: run glean index first`)
    for (const copy of target) await copy.write(writtenAgain(held, chunks, tail))
  }
  for (const copy of target) await copy.flush()
  mustHaveWorked(cluster)
  const newMap = map.map((shard, number) => (number === virtualShard ? to : shard))
  const epoch = latest.epoch + 1
  const conclude = async () => {
    for (const copy of copies) {
      const { shard, copy: number } = copy
      await copy.conclude({
        ...latest,
        shard,
        copy: number,
        copies: address.shards.map(({ length }) => length),
        epoch,
        map: newMap,
        totals: totalsOf(copy),
      })
    }
    mustHaveWorked(cluster)
  }
  await conclude()
  for (const copy of source) for (const { path } of moved) await copy.remove(path)
  await conclude()
  return moved.length
}

function mustHaveWorked({ away }: HeldCluster): void {
  const [first] = away
  if (!first) return
  throw new GleanError(
    'unreachable',
    `the move broke off: ${first.failure!.message}; run glean index when everything answers, it puts things right`,
    { cause: first.failure },
  )
}
