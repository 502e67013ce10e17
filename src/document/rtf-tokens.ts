/**
 * RTF (version 1.9.1) as tokens: groups, control words with their numbers, and text, bytes of old encodings still apart from
 * it. In come the file's bytes as Latin-1, out come tokens one after another, in linear time whatever the text is.
 */

/** One token. */
export type RtfToken =
  | { readonly kind: 'open' | 'close' }
  | { readonly kind: 'word'; readonly word: string; readonly number: number | undefined }
  /** A byte in the encoding that holds just now. */
  | { readonly kind: 'byte'; readonly byte: number }
  | { readonly kind: 'text'; readonly text: string }

const TOKEN = /([{}])|\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z'])|([^\\{}\r\n]+)|[\r\n]+|\\/gi

/** Signs that are words of their own. */
const SIGNS: Readonly<Record<string, string>> = {
  '~': '\u00a0',
  _: '\u2011',
  '-': '',
  '{': '{',
  '}': '}',
  '\\': '\\',
}

export function* rtfTokens(source: string): Generator<RtfToken> {
  for (const [, brace, word, number, hex, sign, text] of source.matchAll(TOKEN)) {
    if (brace !== undefined) yield { kind: brace === '{' ? 'open' : 'close' }
    else if (word !== undefined)
      yield { kind: 'word', word, number: number === undefined ? undefined : Number(number) }
    else if (hex !== undefined) yield { kind: 'byte', byte: Number.parseInt(hex, 16) }
    else if (sign === '*') yield { kind: 'word', word: '*', number: undefined }
    else if (sign === '\n' || sign === '\r') yield { kind: 'word', word: 'par', number: undefined }
    else if (sign !== undefined) yield { kind: 'text', text: SIGNS[sign] ?? '' }
    else if (text !== undefined) yield { kind: 'text', text }
  }
}
