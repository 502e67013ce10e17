/**
 * Reads any command line with yargs, and writes the help. yargs is configured from the table of flags; the checks of
 * what it yields are those of every command line.
 */
import yargs, { type Options } from 'yargs'
import { COMMANDS, type CommandName, type Flag, GLOBAL_FLAGS, isCommand } from './flags.ts'
import { PARSING, parserOption } from './parser.ts'
import { parserError } from './parser-error.ts'
import { type Argv, has, type Typed, typed } from './typed.ts'
import { unknownCommand, unknownFlag } from './unknown.ts'
import { version } from './version.ts'

/** A command to run, or a text to print in its place. */
export type Reading = { readonly line: Typed } | { readonly text: string }

/** Cells of a line of help at the most; on a narrower terminal, as many as that has. */
const HELP_WIDTH = 96

const HEAD = 'glean indexes folders of documents and answers queries with ranked, exact excerpts.'

/** Throws `usage` for a command line that cannot be taken. */
export async function readWithYargs(args: readonly string[], columns?: number): Promise<Reading> {
  // `glean help search`, as with many tools.
  if (args[0] === 'help') return readWithYargs([...args.slice(1), '--help'], columns)
  const argv = parsed(args)
  const [word] = argv._
  const width = Math.min(HELP_WIDTH, columns || HELP_WIDTH)
  if (word === undefined) return readGlobal(argv, args, width)
  const command = String(word)
  if (!isCommand(command)) throw unknownCommand(command)
  const line = await typed(command, argv, args)
  if (has(line, 'help')) return { text: await helpOf(command, width) }
  if (has(line, 'version')) return { text: `${version()}\n` }
  return { line }
}

/** A line without a command: the version, or help. */
async function readGlobal(argv: Argv, args: readonly string[], width: number): Promise<Reading> {
  const globalNames = new Set(['_', '$0', ...GLOBAL_FLAGS.map(({ name }) => name)])
  const stray = Object.keys(argv).find(name => !globalNames.has(name))
  if (stray !== undefined) throw unknownFlag(undefined, stray, args)
  return { text: argv.version === true ? `${version()}\n` : await helpOf(undefined, width) }
}

function parsed(args: readonly string[]): Argv {
  let taken: Argv = { _: [] }
  // Before yargs' own checks, which stumble over flags named like methods: `--toString`.
  const take = (argv: Record<string, unknown>): void => {
    const { '--': after = [], ...rest } = argv as { '--'?: unknown[] } & Argv
    taken = { ...rest, _: [...rest._, ...after] }
    for (const name of Object.keys(argv)) if (name in Object.prototype) delete argv[name]
  }
  try {
    configured()
      .middleware(take, true)
      .fail(false)
      .parseSync([...args])
  } catch (thrown) {
    throw parserError(thrown instanceof Error ? thrown.message : String(thrown))
  }
  return taken
}

/** The help of a command, or of all, in lines of so many cells. */
export async function helpOf(command: CommandName | undefined, width = HELP_WIDTH): Promise<string> {
  const help = await configured(command ? [command] : [], helpOption, width).getHelp()
  // yargs takes a digit for a long name.
  const letters = help.replace(/^ {6}(--[\w-]+), -(-\d)/gm, (_, long, letter) => `  ${letter}, ${long}     `)
  return `${letters.replace(/[ \t]+$/gm, '').trimEnd()}\n`
}

/** A flag as an option of yargs. */
type OptionOf = (flag: Flag) => Options

/** For the help: what a value means says more than its type, which yargs would print. */
function helpOption({ letters, value, help }: Flag): Options {
  return { alias: [...(letters ?? [])], describe: value === undefined ? help : `<${value}> ${help}` }
}

function configured(args: readonly string[] = [], optionOf: OptionOf = parserOption, width = HELP_WIDTH) {
  const program = yargs([...args])
    .scriptName('glean')
    .usage(`${HEAD}\n\nglean <command> [flags]`)
    .parserConfiguration(PARSING)
    .detectLocale(false)
    // The flags of our own table take their place; yargs would also take a last word "help" for the flag.
    .help(false)
    .version(false)
    .exitProcess(false)
    .wrap(width)
    .epilogue('Exit codes: 0 hits or done, 1 no hits, 2 error. glean <command> --help says more.')
  addFlags(program, GLOBAL_FLAGS, 'Flags of every command:', optionOf)
  hideFlags(program)
  for (const name of Object.keys(COMMANDS) as CommandName[]) {
    const { summary, usage, flags, examples } = COMMANDS[name]
    program.command(name, summary, command => {
      command.usage(`${summary}.\n\nglean ${name} ${usage}`.trimEnd()).epilogue('')
      addFlags(command, flags, 'Flags:', optionOf)
      for (const [line, does] of examples) command.example(line, does)
    })
  }
  return program
}

type Program = ReturnType<typeof yargs>

function addFlags(program: Program, flags: readonly Flag[], heading: string, optionOf: OptionOf): void {
  for (const flag of flags) program.option(flag.name, { ...optionOf(flag), group: heading })
}

/** Before the command is known, its flags have to be known as well: which of them take the next argument. */
function hideFlags(program: Program): void {
  for (const name of Object.keys(COMMANDS) as CommandName[]) {
    for (const flag of COMMANDS[name].flags) {
      program.option(flag.name, { ...parserOption(flag), global: false, hidden: true })
    }
  }
}

/** For the test that both parsers agree: the line as yargs has it. */
export async function typedByYargs(command: CommandName, args: readonly string[]): Promise<Typed> {
  return typed(command, parsed(args), args)
}
