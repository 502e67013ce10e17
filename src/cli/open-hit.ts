/** Opens the place of a hit in the user's editor. */
import { join } from 'node:path'
import { splitMember } from '../crawl/archive.ts'
import { GleanError } from '../errors.ts'
import type { Index } from '../search/index.ts'
import type { Hit } from '../search/result.ts'
import type { CommandContext } from './context.ts'
import { openInEditor } from './editor.ts'

/** Throws `not-found` where the file is not on this machine, and what {@link openInEditor} throws. */
export async function openHit(
  hit: Hit,
  index: Pick<Index, 'rootOf'>,
  { env, interrupt }: Pick<CommandContext, 'env' | 'interrupt'>,
): Promise<void> {
  const { path, line, column, state } = hit
  const root = index.rootOf(hit)
  const remedy = `read it with glean show ${path}:${line}`
  if (root === null || state === 'detached')
    throw new GleanError('not-found', `${path} is not on this machine: ${remedy}`)
  const absolute = join(root, path)
  if (splitMember(absolute)) throw new GleanError('not-found', `${path} is within an archive: ${remedy}`)
  await openInEditor({ path: absolute, line, column }, env, interrupt)
}
