/** How a cluster stands: each copy of each shard asked by its own port, and the server that is asked by its. */
import { messageOf } from '../errors.ts'
import { type ClusterAddress, type Endpoint, shownEndpoint, tablesOf } from './address.ts'
import { Connection } from './connection.ts'
import { ClusterReader } from './reader.ts'
import { askStates, type CopyState, readState, selectStates } from './state.ts'

/** One copy of a shard. */
export interface CopyStatus {
  shard: number
  copy: number
  /** Where it is; null where the address does not say. */
  server: string | null
  /** `behind`: it was away during an update. `empty`: it answers, and holds nothing. */
  state: 'current' | 'behind' | 'empty' | 'away'
  /** Why it is away. */
  detail?: string
  documents: number
  chunks: number
  /** Virtual shards it has, of 64. */
  virtualShards: number[]
  /** Bytes in memory and on disk, where its own port was asked. */
  ramBytes?: number
  diskBytes?: number
}

export interface ClusterStatus {
  schema: 'gleaner.cluster/1'
  index: string
  /** Whether everything answers and is current; whether an answer would be whole; or neither. */
  state: 'whole' | 'behind' | 'partial'
  /** How often it has been updated. */
  epoch: number
  copies: CopyStatus[]
  /** The fullest shard's documents over the mean of all. */
  skew: number
  /** Why the server that is asked does not answer; null where it does. */
  reader: string | null
}

/** Throws `usage` for an address that is none. What does not answer is part of what it gives. */
export async function clusterStatus(address: ClusterAddress): Promise<ClusterStatus> {
  const { states, reader } = await askReader(address)
  const direct = await Promise.all(
    address.shards.flatMap((endpoints, shard) =>
      endpoints.map((endpoint, copy) => askCopy(address, endpoint, shard, copy)),
    ),
  )
  const told = direct.flatMap(({ state }) => state ?? [])
  const known = told.length > 0 ? told : states
  const epoch = Math.max(0, ...known.map(state => state.epoch))
  const map = known.find(state => state.epoch === epoch)?.map ?? []
  const mapped = (shard: number) => map.flatMap((owner, number) => (owner === shard ? [number] : []))
  const copies =
    direct.length > 0
      ? direct.map(each => copyStatus(each, epoch, mapped(each.shard)))
      : states.map(state =>
          copyStatus(
            { shard: state.shard, copy: state.copy, server: null, state },
            epoch,
            mapped(state.shard),
          ),
        )
  return {
    schema: 'gleaner.cluster/1',
    index: address.location,
    state: stateOf(copies, reader),
    epoch,
    copies,
    skew: skewOf(copies),
    reader,
  }
}

interface AskedCopy {
  readonly shard: number
  readonly copy: number
  readonly server: string | null
  readonly state?: CopyState | undefined
  readonly failure?: string | undefined
  readonly ramBytes?: number | undefined
  readonly diskBytes?: number | undefined
}

async function askReader(
  address: ClusterAddress,
): Promise<{ states: readonly CopyState[]; reader: string | null }> {
  const reader = new ClusterReader(address)
  try {
    return { states: (await askStates(reader))?.copies ?? [], reader: null }
  } catch (thrown) {
    return { states: [], reader: messageOf(thrown) }
  } finally {
    reader.close()
  }
}

async function askCopy(
  address: ClusterAddress,
  endpoint: Endpoint,
  shard: number,
  copy: number,
): Promise<AskedCopy> {
  const connection = new Connection(endpoint, address.timeout)
  const { chunks } = tablesOf(address)
  const own = { shard, copy, server: shownEndpoint(endpoint) }
  try {
    const [rows = []] = await connection.query([selectStates(chunks)])
    const [figures = []] = await connection.query([`SHOW INDEX ${chunks} STATUS`])
    const figure = (name: string) =>
      Number(figures.find(row => row.Variable_name === name)?.Value ?? Number.NaN) || undefined
    const [state] = rows.map(readState)
    return { ...own, state, ramBytes: figure('ram_bytes'), diskBytes: figure('disk_bytes') }
  } catch (thrown) {
    return { ...own, failure: messageOf(thrown) }
  } finally {
    connection.close()
  }
}

function copyStatus(
  { shard, copy, server, state, failure, ramBytes, diskBytes }: AskedCopy,
  epoch: number,
  virtualShards: number[],
): CopyStatus {
  const isBehind = state !== undefined && state.epoch < epoch
  return {
    shard,
    copy,
    server,
    state: failure !== undefined ? 'away' : state === undefined ? 'empty' : isBehind ? 'behind' : 'current',
    ...(failure === undefined ? {} : { detail: failure }),
    documents: state?.totals.documents ?? 0,
    chunks: state?.totals.chunks ?? 0,
    virtualShards,
    ...(ramBytes === undefined ? {} : { ramBytes }),
    ...(diskBytes === undefined ? {} : { diskBytes }),
  }
}

/** An answer is whole where one copy of every shard that should have something is there. */
function stateOf(copies: readonly CopyStatus[], reader: string | null): ClusterStatus['state'] {
  const isThere = ({ state }: CopyStatus) => state === 'current' || state === 'behind'
  const wanted = new Set(copies.filter(each => each.virtualShards.length > 0).map(({ shard }) => shard))
  const answering = [...wanted].filter(shard => copies.some(each => each.shard === shard && isThere(each)))
  if (reader !== null || wanted.size === 0 || answering.length < wanted.size) return 'partial'
  return copies.every(each => each.state === 'current' || each.virtualShards.length === 0)
    ? 'whole'
    : 'behind'
}

function skewOf(copies: readonly CopyStatus[]): number {
  const shards = [...new Set(copies.map(({ shard }) => shard))]
  const documents = shards.map(shard =>
    Math.max(...copies.filter(each => each.shard === shard).map(each => each.documents)),
  )
  const sum = documents.reduce((total, count) => total + count, 0)
  return sum === 0 ? 1 : (Math.max(...documents) * documents.length) / sum
}
