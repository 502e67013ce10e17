/**
 * A command line as it was typed: which command, its words, its flags. Made from what either parser yields, with the
 * checks that need nothing but the table of flags; what the values mean is for each command to say.
 */
import { GleanError } from '../errors.ts'
import { COMMANDS, type CommandName, type Flag, flagsOf } from './flags.ts'
import { mustNotSwallow } from './swallowed.ts'

/** The command line, checked against the table. */
export interface Typed {
  readonly command: CommandName
  /** What is not a flag, after the name of the command, exactly as typed. */
  readonly words: readonly string[]
  /** Values by flag name; a switch that was given has none. */
  readonly flags: ReadonlyMap<string, readonly string[]>
}

/** What yargs and its parser yield: words under `_`, all else by name. */
export type Argv = Readonly<Record<string, unknown>> & { readonly _: readonly unknown[] }

/** Commands that work on several indexes at once. */
const TAKE_SEVERAL: ReadonlySet<CommandName> = new Set(['search', 'show'])

/** Throws `usage` for a flag that the command does not have, and for a value that is none of the choices. */
export async function typed(command: CommandName, argv: Argv, args: readonly string[]): Promise<Typed> {
  mustNotSwallow(command, args)
  const known = new Map(flagsOf(command).map(flag => [flag.name, flag]))
  const flags = new Map<string, string[]>()
  for (const [name, value] of Object.entries(argv)) {
    if (name === '_' || name === '$0') continue
    const flag = known.get(name)
    if (flag === undefined) throw (await import('./unknown.ts')).unknownFlag(command, name, args)
    if (value === undefined || value === false) continue
    flags.set(name, valuesOf(flag, value))
  }
  if ((flags.get('index')?.length ?? 0) > 1 && !TAKE_SEVERAL.has(command))
    throw new GleanError('usage', `glean ${command} works on one index: name --index once`)
  return { command, words: argv._.slice(1).map(String), flags }
}

function valuesOf(flag: Flag, value: unknown): string[] {
  if (flag.value === undefined) return []
  const values = Array.isArray(value) ? value.map(String) : [String(value)]
  const wrong = flag.choices && values.find(each => !flag.choices?.includes(each))
  if (wrong !== undefined) {
    throw new GleanError('usage', `--${flag.name} takes ${flag.choices?.join(', ')}; got "${wrong}"`)
  }
  return flag.list ? values : values.slice(-1)
}

/** Whether a switch was given. */
export function has({ flags }: Typed, name: string): boolean {
  return flags.has(name)
}

/** The value of a flag; undefined where it was not given. */
export function text({ flags }: Typed, name: string): string | undefined {
  return flags.get(name)?.[0]
}

/** All values of a flag; undefined where it was not given. */
export function list({ flags }: Typed, name: string): readonly string[] | undefined {
  return flags.get(name)
}

/** The value of a flag as a whole number. Throws `usage` for anything else, and for one below `least`. */
export function wholeNumber(line: Typed, name: string, least: number): number | undefined {
  const value = text(line, name)
  if (value === undefined) return undefined
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (Number.isSafeInteger(number) && number >= least) return number
  throw new GleanError('usage', `--${name} takes a whole number from ${least} on; got "${value}"`)
}

/** Throws `usage` where a command that takes a certain number of words got fewer or more. */
export function mustHaveWords({ command, words }: Typed, least: number, most: number): void {
  const usage = `glean ${command} ${COMMANDS[command].usage}`.trimEnd()
  if (words.length < least) throw new GleanError('usage', `nothing to ${command}: ${usage}`)
  if (words.length > most) {
    throw new GleanError('usage', `${command} takes no further argument "${words[most]}": ${usage}`)
  }
}
