/** What a run is made with: for who asks why it does what it does. */
import { relative } from 'node:path'
import type { Setup } from '../render/check.ts'
import { FORMAT_VERSION } from '../segment/format.ts'
import { flagsOf } from './flags.ts'
import { variableOf } from './setting.ts'
import { nearestConfig } from './settings.ts'
import { has, type Typed } from './typed.ts'
import { version } from './version.ts'

export function setupOf(line: Typed, env: NodeJS.ProcessEnv, cwd: string): Setup {
  const file = has(line, 'no-config') ? undefined : nearestConfig(cwd)
  // One variable serves all commands that have its flag.
  const known = new Set(
    ['search', 'index', 'watch'].flatMap(name => flagsOf(name as 'search').map(variableOf)),
  )
  return {
    gleaner: version(),
    format: FORMAT_VERSION,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    settings: file === undefined ? null : relative(cwd, file),
    variables: Object.keys(env)
      .filter(name => known.has(name) && env[name] !== '')
      .sort(),
    editor: env.VISUAL || env.EDITOR || null,
  }
}
