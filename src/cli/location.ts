/** How a hit's path is printed: so that an editor started here opens it, where the file is on this machine. */
import { join, relative } from 'node:path'
import type { Index } from '../search/index.ts'
import type { Hit } from '../search/result.ts'

/** From the hit to the path to print. */
export function pathPrinter(
  index: Pick<Index, 'rootOf'>,
  cwd: string,
): (hit: Pick<Hit, 'path' | 'state' | 'index'>) => string {
  return hit => {
    const root = index.rootOf(hit)
    if (root === null || hit.state === 'detached') return hit.path
    const absolute = join(root, hit.path)
    const fromHere = relative(cwd, absolute)
    return fromHere.length < absolute.length ? fromHere : absolute
  }
}
