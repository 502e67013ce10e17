/** Opens an index wherever it is: in a folder, under a URL, or a cluster, whose reader is loaded for it alone. */
import { GleanError } from '../errors.ts'
import type { Index } from '../search/index.ts'
import { type OpenOptions, openIndex as openOther } from '../search/open.ts'
import { isCluster } from './address.ts'

/**
 * Opens the index in a folder, under a URL, or at the address of a cluster; of several, all as one, with one ranking.
 * Throws GleanError: `no-index` where there is none, `not-an-index`, `format-too-new`, `format-too-old`,
 * `unknown-analyzer`, `damaged`, `io`; for a cluster `usage` and `unreachable`.
 */
export async function openIndex(
  location: string | readonly string[],
  options: OpenOptions = {},
): Promise<Index> {
  const locations = typeof location === 'string' ? [location] : location
  const cluster = locations.find(isCluster)
  if (cluster === undefined) return openOther(location, options)
  if (locations.length === 1) return (await import('./open-cluster.ts')).openCluster(cluster, options)
  throw new GleanError('usage', `a cluster is asked by itself: name no other index beside ${cluster}`)
}
