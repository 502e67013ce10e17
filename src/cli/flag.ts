/** What the table of commands is made of. */

/** A flag. One without `value` is a switch. */
export interface Flag {
  readonly name: string
  /** One-letter names. */
  readonly letters?: readonly string[]
  /** What its value is called in the help; absent for a switch. */
  readonly value?: string
  /** How many values it takes, where not one. */
  readonly values?: 2
  /** Whether giving it again adds a value; otherwise the last one counts. */
  readonly list?: true
  /** The values it can take, where they are few. */
  readonly choices?: readonly string[]
  /** Whether the environment and a configuration file may set it: what is a habit, and not what one run is about. */
  readonly setting?: true
  readonly help: string
}

export interface Command {
  readonly summary: string
  /** What follows the name of the command, in the help. */
  readonly usage: string
  readonly flags: readonly Flag[]
  /** What its words are, for completion: names on this machine, or one of these; nothing where they are free. */
  readonly words?: 'files' | 'folders' | readonly string[]
  /** Command lines that work as they stand, each with what it does. */
  readonly examples: readonly (readonly [line: string, does: string])[]
}

/** What many commands have. */
export const JSON_FLAG: Flag = { name: 'json', help: 'print one JSON object' }

/** The values of `--rank`. */
export const RANKS = ['full', 'plain'] as const
