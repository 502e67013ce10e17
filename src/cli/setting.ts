/** A setting: a flag whose value may also come from the environment or a file. */
import { GleanError } from '../errors.ts'
import type { Flag } from './flags.ts'

/** The file of settings. */
export const CONFIG = 'gleaner.config.json'

/** `GLEAN_HYPERLINK_FORMAT` for `--hyperlink-format`. Lists have none: no sign parts globs safely. */
export function variableOf({ name }: Flag): string {
  return `GLEAN_${name.toUpperCase().replaceAll('-', '_')}`
}

/** The value, if it is one the flag takes; `where` names what set it. Throws `usage`. */
export function checkedValue({ choices, value: kind }: Flag, value: string, where: string): string {
  if (choices && !choices.includes(value))
    throw new GleanError('usage', `${where} takes ${choices.join(', ')}; got "${value}"`)
  if ((kind === 'N' || kind === 'TOKENS') && !/^\d{1,15}$/.test(value))
    throw new GleanError('usage', `${where} takes a whole number; got "${value}"`)
  return value
}
