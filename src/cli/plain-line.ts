/**
 * Reads the command line of what is done often without loading yargs, which alone takes longer than most of it:
 * yargs' own parser, with the same settings, from the same table. Whatever else it is, or asks for help, is left to
 * yargs.
 */
import parse from 'yargs-parser'
import { type CommandName, flagsOf } from './flags.ts'
import { PARSING, parserOption } from './parser.ts'
import { parserError } from './parser-error.ts'
import { type Argv, has, type Typed, typed } from './typed.ts'

/** The commands that run often and should be done at once. */
export const PLAIN = ['search', 'show', 'index', 'stats', 'check'] as const satisfies CommandName[]

/** The line that was typed; undefined where yargs has to look. Throws `usage`. */
export async function readPlainLine(args: readonly string[]): Promise<Typed | undefined> {
  const command = PLAIN.find(name => name === args[0])
  if (command === undefined) return undefined
  const { argv, error } = parse.detailed([...args], optionsOf(command))
  if (error) throw parserError(error.message)
  const line = await typed(command, argv as Argv, args)
  return has(line, 'help') || has(line, 'version') ? undefined : line
}

function optionsOf(command: CommandName) {
  const flags = flagsOf(command).map(flag => [flag.name, parserOption(flag)] as const)
  return {
    alias: Object.fromEntries(flags.map(([name, { alias }]) => [name, alias])),
    string: flags.filter(([, { type }]) => type === 'string').map(([name]) => name),
    boolean: flags.filter(([, { type }]) => type === 'boolean').map(([name]) => name),
    narg: Object.fromEntries(flags.map(([name, { nargs }]) => [name, nargs])),
    configuration: PARSING,
  }
}
