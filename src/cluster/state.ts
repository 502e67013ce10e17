/**
 * What each copy of a shard says of itself: which shard it is, what it holds in all, and how far it has come. Kept in a
 * row of its own, written at the end of every update; a copy that was away then is behind the others, and says so by
 * this.
 */
import { GleanError } from '../errors.ts'
import type { SourceEntry, Totals } from '../segment/manifest.ts'
import { type ClusterAddress, tablesOf } from './address.ts'
import type { Row } from './connection.ts'
import type { ShardMap } from './placement.ts'
import type { ClusterReader } from './reader.ts'
import { COLUMNS, MARK, READ_COLUMNS } from './row.ts'
import { integer, literal } from './sql.ts'

/** Version of what rows hold; another one is written anew. */
export const CLUSTER_VERSION = 1

export interface CopyState {
  readonly version: number
  /** How files are taken apart, and by which analyzer: see Manifest. */
  readonly reading: number
  readonly analyzer: string
  /** Which shard it is, and which copy of it, both from 0. */
  readonly shard: number
  readonly copy: number
  /** Shards and their copies, as the last update knew them. */
  readonly copies: readonly number[]
  /** Goes up with every update that changed anything. */
  readonly epoch: number
  readonly map: ShardMap
  /** Which files are indexed; `root` is absolute. */
  readonly source: SourceEntry
  /** What this copy holds. */
  readonly totals: Totals
}

/** The cluster as its copies tell. */
export interface ClusterState {
  readonly copies: readonly CopyState[]
  /** The most recent copy: what it says of the cluster as a whole holds. */
  readonly latest: CopyState
  /** Sums over the shards that are there. */
  readonly totals: Totals
  /** Shards no copy of which is there; shards a copy of which is behind. */
  readonly missing: ReadonlySet<number>
  readonly lagging: ReadonlySet<number>
}

/** A value for each of {@link COLUMNS}, between brackets. */
export function stateRow(state: CopyState): string {
  const values = [
    integer(stateNumber(state)),
    ...[MARK.state, '', '', '', ''].map(literal),
    ...[0, state.shard, 0].map(integer),
    ...['', '', JSON.stringify(state)].map(literal),
  ]
  return `(${values.join(',')})`
}

export function stateNumber({ shard, copy }: Pick<CopyState, 'shard' | 'copy'>): number {
  return 1 + shard * 64 + copy
}

/** The statement that puts it in the place of the one before. */
export function writeState(table: string, state: CopyState): string {
  return `REPLACE INTO ${table} (${COLUMNS}) VALUES ${stateRow(state)}`
}

export function selectStates(table: string): string {
  return `SELECT ${READ_COLUMNS} FROM ${table} WHERE MATCH('@mark ${MARK.state}') LIMIT 1000`
}

export function readState({ about }: Row): CopyState {
  return JSON.parse(about!) as CopyState
}

/** Asks all copies; undefined where none answers, or none has ever been written. */
export async function askStates(reader: ClusterReader): Promise<ClusterState | undefined> {
  const { copies } = tablesOf(reader.address)
  // Each copy is asked by itself: of one that is away there is no other to answer.
  reader.hasCopies = false
  const { rows } = await reader.ask(selectStates(copies))
  const state = joinedState(rows.map(readState))
  reader.hasCopies = state?.latest.copies.some(count => count > 1) ?? false
  return state
}

/** What a cluster that says nothing is told of. */
export function noState({ location }: Pick<ClusterAddress, 'location'>): GleanError {
  return new GleanError(
    'no-index',
    `${location} holds nothing yet, or none of its shards answers; glean index DIR --index ADDRESS fills it, glean cluster status tells which`,
  )
}

/** What the states of copies come to. */
export function joinedState(copies: readonly CopyState[]): ClusterState | undefined {
  if (copies.length === 0) return undefined
  const latest = copies.reduce((one, other) => (other.epoch > one.epoch ? other : one))
  const shards = [...latest.copies.keys()]
  const own = (shard: number) => copies.filter(each => each.shard === shard)
  const best = shards.flatMap(shard =>
    own(shard)
      .sort((a, b) => b.epoch - a.epoch)
      .slice(0, 1),
  )
  return {
    copies,
    latest,
    totals: joinedTotals(best.map(({ totals }) => totals)),
    missing: new Set(shards.filter(shard => own(shard).length === 0)),
    lagging: new Set(shards.filter(shard => own(shard).some(({ epoch }) => epoch < latest.epoch))),
  }
}

export function joinedTotals(all: readonly Totals[]): Totals {
  const sum = (name: 'documents' | 'chunks' | 'tokens' | 'textBytes'): number =>
    all.reduce((total, each) => total + each[name], 0)
  return {
    documents: sum('documents'),
    chunks: sum('chunks'),
    tokens: sum('tokens'),
    textBytes: sum('textBytes'),
    languages: joinedCounts(all.map(({ languages }) => languages)),
    formats: joinedCounts(all.map(({ formats }) => formats)),
  }
}

function joinedCounts(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const each of all)
    for (const [name, count] of Object.entries(each)) counts[name] = (counts[name] ?? 0) + count
  return counts
}
