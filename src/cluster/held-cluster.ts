/** All copies of all shards, opened for writing, with what each of them holds. */
import { GleanError } from '../errors.ts'
import { type ClusterAddress, shownEndpoint } from './address.ts'
import { CopyWriter } from './copy-writer.ts'
import { firstMap, type ShardMap, virtualShardOf } from './placement.ts'
import type { HeldDocument } from './row.ts'
import type { CopyState } from './state.ts'

export class HeldCluster {
  readonly address: ClusterAddress
  readonly copies: readonly CopyWriter[]
  /** What the most recent copy said; undefined for a cluster that holds nothing. */
  readonly latest: CopyState | undefined
  readonly map: ShardMap

  constructor(address: ClusterAddress, copies: readonly CopyWriter[]) {
    this.address = address
    this.copies = copies
    const states = copies.flatMap(({ state }) => state ?? [])
    this.latest = states.reduce<CopyState | undefined>(
      (one, other) => (one && one.epoch >= other.epoch ? one : other),
      undefined,
    )
    this.map = this.latest?.map ?? firstMap(address.shards.length)
  }

  /** The shard that has, or is to have, a document. */
  shardOf(document: bigint): number {
    return this.map[virtualShardOf(document)]!
  }

  /** The copies of a shard that can be written to. */
  copiesOf(shard: number): readonly CopyWriter[] {
    return this.copies.filter(each => each.shard === shard && !each.failure)
  }

  /** Copies that do not answer. */
  get away(): readonly CopyWriter[] {
    return this.copies.filter(({ failure }) => failure)
  }

  /**
   * The documents, in order of path, as the copies of their shard have them that can be written to. One that they do not
   * all have alike is there as one that has changed.
   */
  *documents(): Generator<HeldDocument> {
    const paths = new Set(this.copies.flatMap(({ held }) => [...held.keys()]))
    for (const path of [...paths].sort()) {
      const any = this.copies.find(({ held }) => held.has(path))!.held.get(path)!
      const own = this.copiesOf(this.shardOf(any.number))
      const alike = own.length > 0 && own.every(({ held }) => held.get(path)?.hash === any.hash)
      yield alike ? any : { ...any, size: -1, hash: '' }
    }
  }

  close(): void {
    for (const copy of this.copies) copy.close()
  }
}

/**
 * Opens all copies. Throws `usage` for an address without shards, or whose shards are not those that were written to,
 * `unreachable` where none answers.
 */
export async function openCluster(address: ClusterAddress): Promise<HeldCluster> {
  if (address.shards.length === 0) {
    throw new GleanError(
      'usage',
      `${address.location} does not say where its shards are, and they are what is written to: add ?shards=HOST:PORT,HOST:PORT`,
    )
  }
  const copies = address.shards.flatMap((endpoints, shard) =>
    endpoints.map((_, copy) => new CopyWriter(address, shard, copy)),
  )
  try {
    await Promise.all(copies.map(copy => copy.open()))
    mustBeTheSame(address, copies)
    return new HeldCluster(address, copies)
  } catch (thrown) {
    for (const copy of copies) copy.close()
    throw thrown
  }
}

function mustBeTheSame(address: ClusterAddress, copies: readonly CopyWriter[]): void {
  if (copies.every(({ failure }) => failure)) throw copies[0]!.failure!
  for (const { state, shard, shown } of copies) {
    if (state && state.shard !== shard) {
      throw new GleanError(
        'usage',
        `${shown} is shard ${state.shard} of the cluster and was named as shard ${shard}: name the shards in the order they had before`,
      )
    }
    const most = state ? Math.max(...state.map) : 0
    if (most >= address.shards.length) {
      const named = address.shards.flat().map(shownEndpoint).join(', ')
      throw new GleanError(
        'usage',
        `the cluster has ${most + 1} shards, and ${address.shards.length} were named (${named}): name them all; glean cluster move empties one first`,
      )
    }
  }
}
