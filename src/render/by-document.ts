/**
 * What is said of hits, document by document, in the order of each document's best hit. Of several indexes each may have a
 * document of the same path.
 */
import type { Hit } from '../search/result.ts'

export function byDocument<T>(items: readonly T[], hitOf: (item: T) => Pick<Hit, 'path' | 'index'>): T[][] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const { path, index } = hitOf(item)
    const name = JSON.stringify([index, path])
    const group = groups.get(name)
    if (group) group.push(item)
    else groups.set(name, [item])
  }
  return [...groups.values()]
}
