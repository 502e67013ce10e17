/** Checks an index wherever it is: in a folder, or a cluster, whose check is loaded for it alone. */
import { type CheckOptions, checkIndex as checkInFolder } from '../check/check.ts'
import type { CheckReport } from '../check/report.ts'
import { isCluster } from './address.ts'

/**
 * Reads all of an index and holds it against its sources. Throws GleanError: `no-index`, `not-an-index`,
 * `format-too-new`, `format-too-old`, `unknown-analyzer`, `damaged`; for a cluster `usage` and `unreachable`.
 */
export async function checkIndex(options: CheckOptions): Promise<CheckReport> {
  if (!isCluster(options.index)) return checkInFolder(options)
  return (await import('./cluster-check.ts')).checkCluster(options)
}
