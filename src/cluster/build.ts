/** Builds and watches an index wherever it is: in a folder, or a cluster, whose writer is loaded for it alone. */
import { type BuildOptions, buildIndex as buildInFolder } from '../build/build.ts'
import type { BuildReport } from '../build/report.ts'
import {
  type IndexWatch,
  type WatchedIndex,
  type WatchOptions,
  watchIndex as watchOver,
} from '../build/watch.ts'
import { isCluster } from './address.ts'

/**
 * Builds the index of the given sources, or brings it up to date, and reports what was indexed and what was not. Until
 * the last step an index in a folder is as it was; in a cluster each document is as it was until it is replaced, whole.
 * Throws GleanError: `usage`, `not-found`, `not-an-index`, `locked`, `io`; for a cluster `unreachable`.
 */
export async function buildIndex(options: BuildOptions): Promise<BuildReport> {
  if (!isCluster(options.index)) return buildInFolder(options)
  return (await import('./update.ts')).updateCluster(options)
}

const WATCHED_CLUSTER: WatchedIndex = {
  build: buildIndex,
  plan: async options => {
    const { planToWatch } = await import('./update.ts')
    return planToWatch(options)
  },
}

/** Begins to watch. Waits, for each update, as long as another process is writing the index in its folder. */
export function watchIndex(options: WatchOptions): IndexWatch {
  return isCluster(options.index) ? watchOver(options, WATCHED_CLUSTER) : watchOver(options)
}
