/** Says in our words what yargs' parser objects to. */
import { GleanError } from '../errors.ts'

/** The parser knows two complaints: a value that is missing, and one that a switch does not take. */
export function parserError(message: string): GleanError {
  const [, complaint, name] =
    /^(Not enough arguments following|Argument unexpected for): (.+)$/.exec(message) ?? []
  if (name === undefined) return new GleanError('usage', message)
  const flag = name.length === 1 ? `-${name}` : `--${name}`
  return new GleanError(
    'usage',
    complaint?.startsWith('Not') ? `${flag} needs a value` : `${flag} takes no value`,
  )
}
