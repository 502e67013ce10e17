/** What to say of a flag or a command that does not exist. Loaded only then. */
import { GleanError } from '../errors.ts'
import { COMMANDS, type CommandName, flagsOf, GLOBAL_FLAGS } from './flags.ts'

/**
 * `name` is the parser's: one letter of `-linux`, or all after the dashes; `args` tell what was really typed. Without
 * a command, only the flags of every command are known.
 */
export function unknownFlag(
  command: CommandName | undefined,
  name: string,
  args: readonly string[],
): GleanError {
  const flag = asTyped(name, args)
  const near = nearest(flag, flagNames(command))
  const forWords = 'a query word that begins with "-" needs -e before it, or -- before all words'
  const seeHelp = `see glean ${command ? `${command} ` : ''}--help`
  const remedy = near ? `did you mean ${near}?` : command === 'search' ? forWords : seeHelp
  return new GleanError('usage', `unknown flag ${flag}; ${remedy}`)
}

export function unknownCommand(word: string): GleanError {
  const near = nearest(word, Object.keys(COMMANDS))
  const remedy = near ? `did you mean ${near}?` : `the commands are ${Object.keys(COMMANDS).join(', ')}`
  return new GleanError('usage', `unknown command ${word}; ${remedy}`)
}

function flagNames(command: CommandName | undefined): string[] {
  return (command ? flagsOf(command) : GLOBAL_FLAGS).map(({ name }) => `--${name}`)
}

/** The argument that holds an unknown flag, without its value. */
function asTyped(name: string, args: readonly string[]): string {
  const end = args.indexOf('--')
  const flags = args.slice(0, end === -1 ? undefined : end).filter(arg => arg.startsWith('-'))
  const long = flags.find(arg => arg === `--${name}` || arg.startsWith(`--${name}=`))
  if (long !== undefined) return `--${name}`
  return flags.find(arg => !arg.startsWith('--') && arg.includes(name)) ?? `-${name}`
}

/** Letters that are enough to begin a name with, where no other begins so. */
const ENOUGH = 3

/**
 * The candidate that is at most two typing mistakes away (one in short words), else the only one that begins so;
 * undefined where none is.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const most = word.replace(/^-+/, '').length > 4 ? 2 : 1
  const [best] = candidates
    .map(candidate => ({ candidate, mistakes: editDistance(word, candidate) }))
    .filter(({ mistakes }) => mistakes <= most)
    .sort((a, b) => a.mistakes - b.mistakes)
  const longer = candidates.filter(candidate => candidate.startsWith(word))
  const isBegun = longer.length === 1 && word.replace(/^-+/, '').length >= ENOUGH
  return best?.candidate ?? (isBegun ? longer[0] : undefined)
}

/** Letters to add, drop, change, or swap with their neighbour, to make one word of the other. */
function editDistance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      row[j] = Math.min(change, last[j]! + 1, row[j - 1]! + 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) row[j] = Math.min(row[j]!, before[j - 2]! + 1)
    }
    before = last
    last = row
  }
  return last[b.length]!
}
