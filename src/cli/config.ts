/**
 * `gleaner.config.json`: what a project wants of every run, for all commands and for each. Loaded only where there is
 * one. A file that comes with a folder of others must do no harm: it names no program, and paths in it stay below the
 * folder it is in.
 */
import { readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, relative } from 'node:path'
import { GleanError, messageOf } from '../errors.ts'
import { DEFAULT_INDEX } from '../render/next-command.ts'
import { COMMANDS, type CommandName, type Flag, flagsOf, GLOBAL_FLAGS, isCommand } from './flags.ts'
import { CONFIG, checkedValue } from './setting.ts'
import { nearest } from './unknown.ts'

/** Settings by flag name, as a command line has them: a switch that is on has no values. */
export type Settings = ReadonlyMap<string, readonly string[]>

export interface Config {
  readonly everywhere: Settings
  readonly commands: ReadonlyMap<CommandName, Settings>
  /** What `glean index` takes without paths, seen from where one stands. */
  readonly paths: readonly string[] | undefined
}

/** Bytes; what is larger is no file of settings. */
const LARGEST = 1 << 20

const GLOBAL_SETTINGS = GLOBAL_FLAGS.filter(({ setting }) => setting)

const ROOT_KEYS = ['paths', 'commands', ...GLOBAL_SETTINGS.map(({ name }) => name)]

/** The settings of a command that are its own. */
export function ownSettings(command: CommandName): Flag[] {
  const globals = new Set(GLOBAL_FLAGS.map(({ name }) => name))
  return flagsOf(command).filter(({ name, setting }) => setting && !globals.has(name))
}

/** Reads a file of settings. Throws `usage` for what it cannot take, naming the file and the place in it. */
export async function readConfig(file: string, cwd: string): Promise<Config> {
  const shown = relative(cwd, file) || CONFIG
  const root = objectAt(parsed(file, shown), shown)
  const everywhere = new Map<string, readonly string[]>()
  const commands = new Map<CommandName, Settings>()
  let paths: readonly string[] | undefined
  for (const [key, value] of Object.entries(root)) {
    const where = `${shown}: ${key}`
    const flag = GLOBAL_SETTINGS.find(({ name }) => name === key)
    if (key === '$schema') continue
    if (key === 'paths') paths = texts(value, where).map(path => placed(path, file, cwd, where))
    else if (key === 'commands') readCommands(objectAt(value, where), where, commands)
    else if (flag) set(everywhere, flag, value, where)
    else throw commandKey(where, key) ?? unknownKey(where, key, ROOT_KEYS)
  }
  const given = everywhere.get('index')
  // A file that says what is indexed has its index beside it, from wherever it is used.
  const folders = given ?? (paths && [DEFAULT_INDEX])
  if (folders)
    everywhere.set(
      'index',
      folders.map(folder => placed(folder, file, cwd, `${shown}: index`)),
    )
  return { everywhere, commands, paths }
}

function readCommands(
  entries: Record<string, unknown>,
  where: string,
  commands: Map<CommandName, Settings>,
): void {
  for (const [name, value] of Object.entries(entries)) {
    if (!isCommand(name)) throw unknownKey(`${where}.${name}`, name, Object.keys(COMMANDS))
    const flags = ownSettings(name)
    const settings = new Map<string, readonly string[]>()
    for (const [key, setting] of Object.entries(objectAt(value, `${where}.${name}`))) {
      const place = `${where}.${name}.${key}`
      const flag = flags.find(each => each.name === key)
      if (!flag)
        throw unknownKey(
          place,
          key,
          flags.map(each => each.name),
        )
      set(settings, flag, setting, place)
    }
    commands.set(name, settings)
  }
}

function set(settings: Map<string, readonly string[]>, flag: Flag, value: unknown, where: string): void {
  if (flag.value === undefined) {
    if (typeof value !== 'boolean') throw wrong(where, 'true or false', value)
    if (value) settings.set(flag.name, [])
  } else if (flag.list) {
    settings.set(flag.name, texts(value, where))
  } else {
    if (typeof value !== 'string' && typeof value !== 'number')
      throw wrong(where, 'a text or a number', value)
    settings.set(flag.name, [checkedValue(flag, String(value), where)])
  }
}

/** A path of the file as one would type it here. */
function placed(path: string, file: string, cwd: string, where: string): string {
  if (isAbsolute(path) || path.split(/[\\/]/).includes('..')) {
    throw new GleanError('usage', `${where} must stay below the folder of ${CONFIG}; got "${path}"`)
  }
  return relative(cwd, join(dirname(file), path)) || '.'
}

function texts(value: unknown, where: string): string[] {
  const list = typeof value === 'string' ? [value] : value
  if (Array.isArray(list) && list.length > 0 && list.every(each => typeof each === 'string' && each !== ''))
    return list
  throw wrong(where, 'a list of texts', value)
}

function objectAt(value: unknown, where: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>
  throw wrong(where, 'an object', value)
}

function parsed(file: string, shown: string): unknown {
  try {
    if (statSync(file).size > LARGEST) throw new Error('larger than 1 MB')
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, ''))
  } catch (thrown) {
    throw new GleanError(
      'usage',
      `cannot read ${shown}: ${messageOf(thrown)}; mend it, or pass over it: --no-config`,
    )
  }
}

function wrong(where: string, expected: string, value: unknown): GleanError {
  return new GleanError('usage', `${where} takes ${expected}; got ${JSON.stringify(value)?.slice(0, 80)}`)
}

/** What to say of a setting of a command that stands beside the commands; undefined for what is none. */
function commandKey(where: string, key: string): GleanError | undefined {
  const names = Object.keys(COMMANDS) as CommandName[]
  const name = ['search' as const, ...names].find(each => ownSettings(each).some(flag => flag.name === key))
  if (name === undefined) return undefined
  const form = `{ "commands": { "${name}": { "${key}": ... } } }`
  return new GleanError('usage', `${where} is of a command; write it as ${form}`)
}

function unknownKey(where: string, key: string, known: readonly string[]): GleanError {
  const near = nearest(key, known)
  const remedy = near ? `did you mean ${near}?` : `it may have ${known.join(', ') || 'nothing'}`
  return new GleanError('usage', `${where} is unknown; ${remedy}`)
}
