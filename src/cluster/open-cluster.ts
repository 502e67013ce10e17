/** Opens a cluster: asks how it stands, nothing else. */
import type { Index } from '../search/index.ts'
import type { OpenOptions } from '../search/open.ts'
import { parseAddress } from './address.ts'
import { ClusterIndex } from './cluster-index.ts'
import { ClusterReader } from './reader.ts'
import { askStates, noState } from './state.ts'

/** Throws `usage` for an address that is none, `unreachable`, and `no-index` where the cluster holds nothing. */
export async function openCluster(location: string, { formats }: OpenOptions = {}): Promise<Index> {
  const reader = new ClusterReader(parseAddress(location))
  try {
    const state = await askStates(reader)
    if (!state) throw noState(reader.address)
    return new ClusterIndex(reader, state, formats)
  } catch (thrown) {
    reader.close()
    throw thrown
  }
}
