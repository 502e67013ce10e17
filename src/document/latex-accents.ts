/**
 * Letters that LaTeX writes by commands, as letters: in comes a piece of source, out comes the same with `\"o`, `\'{e}`,
 * `\v{c}` and `\ss` read, line for line. Other commands stay as they are.
 */

/** Accents as combining marks, by their sign or letter. */
const MARKS: Readonly<Record<string, string>> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  u: '\u0306',
  '.': '\u0307',
  '"': '\u0308',
  r: '\u030a',
  H: '\u030b',
  v: '\u030c',
  d: '\u0323',
  c: '\u0327',
  k: '\u0328',
}

const LETTERS: Readonly<Record<string, string>> = {
  ss: 'ß',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  aa: 'å',
  AA: 'Å',
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  i: 'ı',
  j: 'ȷ',
  dh: 'ð',
  DH: 'Ð',
  th: 'þ',
  TH: 'Þ',
}

/** A letter under an accent: by itself, in braces, or the dotless ones. */
const BASE = String.raw`(?:\{(?<braced>\\?\p{L})(?:\{\})?\}|(?<bare>\\[ij](?!\p{L})|\p{L}))`
const SIGNED = String.raw`\\(?<sign>[\x60'^~=."])[ \t]*${BASE}`
const NAMED = String.raw`\\(?<name>[urHvdck])(?:(?=\{)|[ \t]+)${BASE.replaceAll('<', '<n')}`
const ACCENT = new RegExp(String.raw`(?<open>(?<!\\\p{L}+\*?)\{)?(?:${SIGNED}|${NAMED})(?<close>\})?`, 'gu')
const LETTER =
  /((?<!\\\p{L}+\*?)\{)?\\(ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j|dh|DH|th|TH)(?!\p{L})(?:(\})|\{\}|[ \t]+)?/gu

export function withAccents(source: string): string {
  if (!source.includes('\\')) return source
  return source
    .replace(ACCENT, (...match) => {
      const groups = match.at(-1) as Record<string, string | undefined>
      const base = (groups.braced ?? groups.bare ?? groups.nbraced ?? groups.nbare)!.replace('\\', '')
      const letter = `${base}${MARKS[(groups.sign ?? groups.name)!]}`.normalize('NFC')
      const { open = '', close = '' } = groups
      return open !== '' && close !== '' ? letter : `${open}${letter}${close}`
    })
    .replace(LETTER, (_, open = '', name: string, close = '') =>
      open !== '' && close !== '' ? LETTERS[name]! : `${open}${LETTERS[name]}${close}`,
    )
    .replaceAll('\\-', '')
}
