/**
 * A flag with a value takes the next argument, whatever it is; where that is another flag of the command, the value was
 * forgotten. Only words of a query may look like one: they follow `-e`.
 */
import { GleanError } from '../errors.ts'
import { type CommandName, flagsOf } from './flags.ts'

/** Throws `usage` where a flag would be taken for the value of the one before it. */
export function mustNotSwallow(command: CommandName, args: readonly string[]): void {
  const flags = flagsOf(command)
  const known = (argument: string | undefined) =>
    flags.find(
      ({ name, letters = [] }) =>
        argument?.split('=', 1)[0] === `--${name}` || letters.some(letter => argument === `-${letter}`),
    )
  for (let at = 1; at < args.length && args[at] !== '--'; at++) {
    const flag = args[at]!.includes('=') ? undefined : known(args[at])
    if (flag?.value === undefined) continue
    const value = args[at + 1]
    if (flag.name !== 'query' && known(value)) {
      throw new GleanError(
        'usage',
        `${args[at]} needs a value, and got the flag ${value}; if that is meant: --${flag.name}=${value}`,
      )
    }
    at += flag.values ?? 1
  }
}
