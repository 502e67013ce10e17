/**
 * What holds where a flag was not given: the environment (`GLEAN_LIMIT=20`), then the nearest `gleaner.config.json`.
 * Only habits can be set so, marked in the table of flags; nothing that is set can run a command.
 */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { GleanError } from '../errors.ts'
import { type Flag, flagsOf } from './flags.ts'
import { formAskedFor } from './form.ts'
import { CONFIG, checkedValue, variableOf } from './setting.ts'
import { has, type Typed } from './typed.ts'

/** The line with the settings added that it does not have. Throws `usage` for a setting that cannot be taken. */
export async function withSettings(line: Typed, env: NodeJS.ProcessEnv, cwd: string): Promise<Typed> {
  const all = flagsOf(line.command).filter(({ setting }) => setting)
  const flags = new Map(line.flags)
  const add = (flag: Flag, values: readonly string[] | undefined): void => {
    if (values !== undefined && !flags.has(flag.name) && !isMoot(flag, line)) flags.set(flag.name, values)
  }
  const settings = all.filter(flag => {
    const values = fromEnvironment(flag, env)
    if (values !== OFF) add(flag, values)
    // What is off here is not on by a file.
    return values !== OFF
  })
  const file = has(line, 'no-config') ? undefined : nearestConfig(cwd)
  if (file === undefined) return flags.size === line.flags.size ? line : { ...line, flags }
  const config = await (await import('./config.ts')).readConfig(file, cwd)
  for (const flag of settings) {
    // The index in the environment is found by who looks for the index.
    if (flag.name === 'index' && env.GLEAN_INDEX) continue
    add(flag, config.commands.get(line.command)?.get(flag.name) ?? config.everywhere.get(flag.name))
  }
  const takesPaths = line.command === 'index' && line.words.length === 0
  return { ...line, flags, words: takesPaths && config.paths ? config.paths : line.words }
}

/** A form that was asked for in another way makes the usual one moot. */
function isMoot({ name }: Flag, line: Typed): boolean {
  if (name !== 'format') return false
  return (
    ['budget', 'context', 'explain', 'file'].some(flag => has(line, flag)) || formAskedFor(line) !== undefined
  )
}

/** The nearest file of settings, from a folder upwards. */
export function nearestConfig(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const file = join(folder, CONFIG)
    if (existsSync(file)) return file
    if (dirname(folder) === folder) return undefined
  }
}

/** A switch that is said to be off, which is more than nothing said. */
const OFF = 'off'

function fromEnvironment(flag: Flag, env: NodeJS.ProcessEnv): readonly string[] | typeof OFF | undefined {
  if (flag.list || flag.name === 'index') return undefined
  const value = env[variableOf(flag)]
  if (value === undefined || value === '') return undefined
  if (flag.value !== undefined) return [checkedValue(flag, value, variableOf(flag))]
  if (['1', 'true', 'yes'].includes(value)) return []
  if (['0', 'false', 'no'].includes(value)) return OFF
  throw new GleanError('usage', `${variableOf(flag)} takes 1 or 0; got "${value}"`)
}
