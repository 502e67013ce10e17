/** Whether an answer has found anything: it has hits, or would have with a larger budget. */
import type { SearchResult } from './result.ts'

export function hasFound({ hits, budget }: Pick<SearchResult, 'hits' | 'budget'>): boolean {
  return hits.length > 0 || (budget !== undefined && budget.passedOver > 0)
}
