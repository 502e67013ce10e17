/**
 * Which index a command works on: the one that is named, else the one that belongs to the folder it is called in.
 */
import { closeSync, openSync, readSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { GleanError } from '../errors.ts'
import { DEFAULT_INDEX } from '../render/next-command.ts'
import { list, type Typed } from './typed.ts'

const MANIFEST = 'manifest.json'

/**
 * The index to read, as the user would name it from `cwd`: what was given, `GLEAN_INDEX`, `./index`, else the nearest
 * `index` in a folder above that is a gleaner index. What is named is not looked at: opening it tells what is wrong.
 * Throws `no-index` where none of these is there.
 */
export async function findIndex(
  given: string | undefined,
  env: NodeJS.ProcessEnv,
  cwd: string,
): Promise<string> {
  const named = given ?? (env.GLEAN_INDEX || undefined)
  const found = named ?? nearestIndex(cwd)
  if (found !== undefined) return found
  throw new GleanError(
    'no-index',
    'there is no index here or in a folder above; build one: glean index DIR, or name one: --index DIR',
  )
}

/** The indexes to read, for a command that may be given several. */
export async function findIndexes(line: Typed, env: NodeJS.ProcessEnv, cwd: string): Promise<string[]> {
  const named = list(line, 'index') ?? []
  if (named.length <= 1) return [await findIndex(named[0], env, cwd)]
  // One that is named twice is one.
  return [...new Map(named.toReversed().map(index => [resolve(cwd, index), index])).values()].toReversed()
}

/**
 * The index to build: what was given, or `GLEAN_INDEX`. Without these, to bring an index up to date is to update the
 * one that is found from here; to index named paths makes one here. Throws `usage` for a URL.
 */
export function indexToBuild(
  given: string | undefined,
  env: NodeJS.ProcessEnv,
  cwd: string,
  namesPaths: boolean,
): string {
  const named = given ?? (env.GLEAN_INDEX || undefined)
  if (named !== undefined && /^https?:\/\//i.test(named)) {
    throw new GleanError(
      'usage',
      `an index is built in a folder of this machine, not at ${named}; build it here and copy it there`,
    )
  }
  return named ?? (namesPaths ? undefined : nearestIndex(cwd)) ?? DEFAULT_INDEX
}

/** Relative to `cwd`. */
function nearestIndex(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const index = join(folder, DEFAULT_INDEX)
    if (beginsLikeManifest(join(index, MANIFEST))) return relative(cwd, index) || '.'
    if (dirname(folder) === folder) return undefined
  }
}

/** A glance at its first bytes; opening the index checks the rest. */
function beginsLikeManifest(path: string): boolean {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return false
  }
  try {
    const head = Buffer.alloc(16)
    return head.toString('latin1', 0, readSync(file, head)).startsWith('{"gleaner":')
  } catch {
    return false
  } finally {
    closeSync(file)
  }
}
