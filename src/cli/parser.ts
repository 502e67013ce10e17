/**
 * How arguments are taken apart: the settings that yargs and its parser share, so that both read a line alike. Every
 * value stays the string that was typed, and nothing is guessed: a switch never swallows the word after it, a flag
 * with a value always takes the next argument.
 */
import type { Flag } from './flags.ts'

/** The name=value table of yargs-parser, given to both. */
export const PARSING = {
  'boolean-negation': false,
  'camel-case-expansion': false,
  'dot-notation': false,
  'duplicate-arguments-array': true,
  'greedy-arrays': false,
  'nargs-eats-options': true,
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'strip-aliased': true,
} as const

/** A flag as an option of yargs and of its parser. */
export interface ParserOption {
  readonly alias: string[]
  readonly type: 'string' | 'boolean'
  /** Arguments it takes. 0 keeps a switch from taking a following `true` or `false`. */
  readonly nargs: 0 | 1 | 2
}

export function parserOption({ letters, value, values }: Flag): ParserOption {
  const type = value === undefined ? 'boolean' : 'string'
  return { alias: [...(letters ?? [])], type, nargs: value === undefined ? 0 : (values ?? 1) }
}
