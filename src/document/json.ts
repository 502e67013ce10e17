/**
 * JSON, with comments or without. Escapes are read, so that `caf\u00e9` is found as it is spoken; a line stays a line.
 * Keys that hold an object or array are headings: the trail of a hit is its path. Nothing is parsed: a file that is cut
 * short, or too deep for a parser, is searched like any other.
 */
import { keyedOutline } from './keyed-lines.ts'
import { type DocumentReader, type Head, onOneLine } from './reader.ts'

/** UTF-16 units at the head in which a name is looked for. */
const HEAD = 16_384

export const json: DocumentReader = {
  format: 'json',
  extensions: ['.json', '.jsonc', '.json5', '.geojson', '.webmanifest'],
  isTitled: false,
  hasIdentifiers: true,
  decoded: withoutEscapes,
  head: readName,
  outline: (text, bodyStart) => keyedOutline(text, bodyStart, keyOf),
  plainText: onOneLine,
  isMarkup: () => false,
}

const KEY = /^\s*"([^"]{1,200})"\s*:\s*[{[]\s*$/u

function keyOf(line: string): string | undefined {
  const key = KEY.exec(line)?.[1]
  return key === undefined || !/[\p{L}\p{N}]/u.test(key) ? undefined : onOneLine(key)
}

/** A title or name that stands among the outermost keys, which are those of the first indentation. */
function readName(text: string): Head {
  const head = text.slice(0, HEAD)
  const indent = /^\s*\{\s*?\n([ \t]*)"/u.exec(head)?.[1]
  const name = (key: string) =>
    new RegExp(`^${indent}"${key}"[ \\t]*:[ \\t]*"([^"\\n]{1,200})"`, 'mu').exec(head)?.[1]
  const title = indent === undefined ? undefined : (name('title') ?? name('name'))
  return { metadata: title === undefined ? {} : { title: onOneLine(title) }, bodyStart: 0 }
}

const ESCAPE = /\\(?:u([0-9a-f]{4})|(["\\/bfnrt]))/giu

/** What would part lines or words becomes a space. */
export function withoutEscapes(text: string): string {
  if (!text.includes('\\')) return text
  return text
    .replace(ESCAPE, (_, code: string | undefined, sign: string) => {
      if (code === undefined) return '"\\/'.includes(sign) ? sign : ' '
      const unit = Number.parseInt(code, 16)
      return unit < 32 ||
        unit === 0x7f ||
        unit === 0x85 ||
        unit === 0x2028 ||
        unit === 0x2029 ||
        unit === 0xfeff
        ? ' '
        : String.fromCharCode(unit)
    })
    .replace(/\p{Surrogate}/gu, '\ufffd')
}
