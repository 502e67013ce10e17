/** Which address the place of a hit links to, where links are wanted and its file is on this machine. */
import { hostname } from 'node:os'
import { join } from 'node:path'
import { splitMember } from '../crawl/archive.ts'
import { linker } from '../render/hyperlink.ts'
import type { Index } from '../search/index.ts'
import type { Hit } from '../search/result.ts'

/** `format` is a template or the name of one. Throws `usage` for one that cannot work. */
export function addressesFor(
  format: string,
  index: Pick<Index, 'rootOf'>,
  env: NodeJS.ProcessEnv,
): (hit: Hit) => string | undefined {
  const distribution = env.WSL_DISTRO_NAME
  const link = linker(format, { host: hostname(), wslPrefix: distribution ? `wsl$/${distribution}` : '' })
  return hit => {
    const { path, line, column, state } = hit
    const root = index.rootOf(hit)
    if (link === undefined || root === null || state === 'detached') return undefined
    const absolute = join(root, path)
    return splitMember(absolute) ? undefined : link({ path: absolute, line, column })
  }
}

/** Throws `usage` for a template that cannot work, also where no link will be drawn. */
export function mustBeLinkFormat(format: string): void {
  linker(format, { host: '', wslPrefix: '' })
}
