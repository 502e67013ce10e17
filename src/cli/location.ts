/** How paths of an index are printed and read: from the folder of the person, where the files are on this machine. */
import { existsSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import type { Index } from '../search/index.ts'
import type { Hit } from '../search/result.ts'

/** From the hit to the path to print, so that an editor started here opens it. */
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

/** The path in the index that a path typed in `cwd` means: that of a file which is here, else as it was typed. */
export function pathInIndex(typed: string, sourceRoot: string | null, cwd: string): string {
  const absolute = resolve(cwd, typed)
  if (sourceRoot === null || !existsSync(absolute)) return typed
  const path = relative(sourceRoot, absolute).split(sep).join('/')
  return path === '' || path.startsWith('../') || path === '..' ? typed : path
}
