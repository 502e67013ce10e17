/** Flags of a search that have nothing to do with each other: given together, one would be passed over in silence. */
import { GleanError } from '../errors.ts'
import type { Form } from './form.ts'
import { has, type Typed } from './typed.ts'

/** Forms that have something to show lines around, and forms that show passages. */
const WITH_LINES: readonly Form[] = ['pretty', 'jsonl']
const WITHOUT_PASSAGES: readonly Form[] = ['paths', 'count']

/** Throws `usage`, naming both flags. */
export function mustGoTogether(line: Typed, form: Form): void {
  for (const [one, other] of [
    ['interactive', 'file'],
    ['interactive', 'open'],
    ['interactive', 'budget'],
    ['open', 'file'],
    ['open', 'budget'],
    ['budget', 'context'],
  ] as const) {
    if (has(line, one) && has(line, other)) throw apart(`--${one}`, `--${other}`)
  }
  if (has(line, 'context') && !WITH_LINES.includes(form)) throw apart('--context', nameOf(form))
  if (has(line, 'budget') && WITHOUT_PASSAGES.includes(form)) throw apart('--budget', nameOf(form))
}

function nameOf(form: Form): string {
  return form === 'count' ? '--count' : `--format ${form}`
}

function apart(one: string, other: string): GleanError {
  return new GleanError('usage', `${one} and ${other} do not go together: choose one`)
}
