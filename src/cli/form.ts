/** In which form a search is printed: of all the flags that name one, the one that was given. */
import { GleanError } from '../errors.ts'
import { FORMATS, type Format } from './flags.ts'
import { has, type Typed, text } from './typed.ts'

/** `count` is the one form that has no name in `--format`: it prints no hits. */
export type Form = Format | 'count'

const SHORT_FORMS: readonly (readonly [flag: string, form: Form])[] = [
  ['json', 'json'],
  ['jsonl', 'jsonl'],
  ['vimgrep', 'vimgrep'],
  ['files', 'paths'],
  ['count', 'count'],
]

/** Undefined where none was asked for. Throws `usage` where two different ones were. */
export function formAskedFor(line: Typed): Form | undefined {
  const given = SHORT_FORMS.filter(([flag]) => has(line, flag)).map(
    ([flag, form]) => [`--${flag}`, form] as const,
  )
  const format = FORMATS.find(each => each === text(line, 'format'))
  const asked = format ? [...given, [`--format ${format}`, format] as const] : given
  const [first, ...others] = asked
  const other = others.find(([, form]) => form !== first?.[1])
  if (first && other)
    throw new GleanError('usage', `${first[0]} and ${other[0]} do not go together: choose one`)
  return first?.[1]
}
