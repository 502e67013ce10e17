/** The documents with hits: one path a line (or ended by NUL), each once, in the order given. */
import type { Hit } from '../search/result.ts'
import type { PathOf } from './plain.ts'
import { safeLine } from './safe-text.ts'

export function renderPaths(
  hits: readonly Pick<Hit, 'path' | 'state'>[],
  pathOf: PathOf,
  ended: '\n' | '\0' = '\n',
): string {
  // Whoever asks for NUL is a program, and wants the name as it is.
  const shown = (hit: Pick<Hit, 'path' | 'state'>) => (ended === '\0' ? pathOf(hit) : safeLine(pathOf(hit)))
  return [...new Set(hits.map(shown))].map(path => path + ended).join('')
}
