/**
 * Reads the command line of a search without loading yargs, which alone takes longer than most searches: yargs' own
 * parser, with the same settings, from the same table. Whatever is not a search, or asks for help, is left to yargs.
 */
import parse from 'yargs-parser'
import { flagsOf } from './flags.ts'
import { PARSING, parserOption } from './parser.ts'
import { parserError } from './parser-error.ts'
import { type Argv, has, type Typed, typed } from './typed.ts'

const FLAGS = flagsOf('search').map(flag => [flag.name, parserOption(flag)] as const)

const OPTIONS = {
  alias: Object.fromEntries(FLAGS.map(([name, { alias }]) => [name, alias])),
  string: FLAGS.filter(([, { type }]) => type === 'string').map(([name]) => name),
  boolean: FLAGS.filter(([, { type }]) => type === 'boolean').map(([name]) => name),
  narg: Object.fromEntries(FLAGS.map(([name, { nargs }]) => [name, nargs])),
  configuration: PARSING,
}

/** The search that was typed; undefined where yargs has to look. Throws `usage`. */
export async function readPlainSearch(args: readonly string[]): Promise<Typed | undefined> {
  if (args[0] !== 'search') return undefined
  const { argv, error } = parse.detailed([...args], OPTIONS)
  if (error) throw parserError(error.message)
  const line = await typed('search', argv as Argv, args)
  return has(line, 'help') || has(line, 'version') ? undefined : line
}
