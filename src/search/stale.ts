/** How far an index lags behind its sources. */
import type { Stale } from './result.ts'

/** Whether anything is not as it was indexed. */
export function isBehind(stale: Stale): boolean {
  return stale.new + stale.changed + stale.gone > 0
}
