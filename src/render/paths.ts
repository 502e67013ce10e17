/** The documents with hits: one path a line, each once, in the order given. */
import type { Hit } from '../search/result.ts'
import type { PathOf } from './plain.ts'
import { safeLine } from './safe-text.ts'

export function renderPaths(hits: readonly Pick<Hit, 'path' | 'state'>[], pathOf: PathOf): string {
  return [...new Set(hits.map(hit => safeLine(pathOf(hit))))].map(path => `${path}\n`).join('')
}
