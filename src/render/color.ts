/**
 * Whether to colour, and how each part of an answer is painted. The colours are the terminal's own, chosen to be read
 * on light and dark; nothing is said by colour alone.
 */

/** `choice` is `auto`, `always` or `never`; auto asks for a terminal that can, and heeds NO_COLOR. */
export function colorWanted(
  choice: string,
  isTerminal: boolean,
  env: Record<string, string | undefined>,
): boolean {
  if (choice !== 'auto') return choice === 'always'
  return isTerminal && !env.NO_COLOR && env.TERM !== 'dumb'
}

/** Paints a piece of text that holds no line break. */
export type Brush = (text: string) => string

export interface Paint {
  readonly title: Brush
  readonly path: Brush
  readonly line: Brush
  readonly heading: Brush
  readonly match: Brush
  readonly bar: Brush
  readonly faint: Brush
}

export function painter(color: boolean): Paint {
  const brush = (codes: string): Brush =>
    color ? text => (text === '' ? '' : `\u001b[${codes}m${text}\u001b[0m`) : text => text
  return {
    title: brush('1'),
    path: brush('35'),
    line: brush('32'),
    heading: brush('36'),
    match: brush('1;31'),
    bar: brush('34'),
    faint: brush('2'),
  }
}
