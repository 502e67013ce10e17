/**
 * Where a document lives. Its path, hashed, is its number; that number's remainder is one of 64 virtual shards, which
 * never change; a map says which shard of the cluster has which of these. So a cluster grows by moving some of them, and
 * no document has to be numbered anew.
 */
import { hash } from 'node:crypto'

/** Virtual shards. */
export const VIRTUAL_SHARDS = 64

/** For each virtual shard the number of the shard that has it. */
export type ShardMap = readonly number[]

const MASK = (1n << 63n) - 1n
/** Numbers below are those of other rows. */
const LEAST = 1n << 40n

/** The number of a document: 63 bits of the SHA-256 of its path. */
export function documentNumber(path: string): bigint {
  return numberOf(path)
}

/** The number of a row: of the document itself, and of its chunks from 1 on. */
export function rowNumber(path: string, ordinal: number): bigint {
  return numberOf(`${path}\0${ordinal}`)
}

function numberOf(key: string): bigint {
  return (BigInt(`0x${hash('sha256', key, 'hex').slice(0, 16)}`) & MASK) | LEAST
}

/** The virtual shard of a document. */
export function virtualShardOf(document: bigint): number {
  return Number(document % BigInt(VIRTUAL_SHARDS))
}

/** The map of a new cluster: all shards have the same share, as nearly as can be. */
export function firstMap(shards: number): ShardMap {
  return Array.from({ length: VIRTUAL_SHARDS }, (_, number) => number % shards)
}

/** The share of the documents, 0 to 1, that some shards have, by the map. */
export function shareOf(map: ShardMap, shards: ReadonlySet<number>): number {
  return map.filter(shard => shards.has(shard)).length / map.length
}
