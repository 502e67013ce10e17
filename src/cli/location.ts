/** How a hit's path is printed: so that an editor started here opens it, where the file is on this machine. */
import { join, relative } from 'node:path'
import type { Hit } from '../search/result.ts'

/** From the hit to the path to print; `sourceRoot` is absolute, null where the sources are not here. */
export function pathPrinter(
  sourceRoot: string | null,
  cwd: string,
): (hit: Pick<Hit, 'path' | 'state'>) => string {
  return ({ path, state }) => {
    if (sourceRoot === null || state === 'detached') return path
    const absolute = join(sourceRoot, path)
    const fromHere = relative(cwd, absolute)
    return fromHere.length < absolute.length ? fromHere : absolute
  }
}
