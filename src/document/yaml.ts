/**
 * YAML: keys that hold something deeper are headings, so that the trail of a hit is its path. Nothing is parsed: any
 * text will do, of any depth, with templates in it.
 */
import { keyedOutline } from './keyed-lines.ts'
import { type DocumentReader, type Head, onOneLine } from './reader.ts'

/** UTF-16 units at the head in which a name is looked for. */
const HEAD = 16_384

export const yaml: DocumentReader = {
  format: 'yaml',
  extensions: ['.yaml', '.yml'],
  isTitled: false,
  hasIdentifiers: true,
  head: readName,
  outline: (text, bodyStart) => keyedOutline(text, bodyStart, keyOf),
  plainText: onOneLine,
  isMarkup: () => false,
}

/** A key whose value is on the lines after it: nothing stands behind its colon but an anchor, a tag, a block's sign. */
const KEY =
  /^\s*(?:- +)?("[^"]{1,200}"|'[^']{1,200}'|[^\s#"'\-[\]{}&*!|>%@,?:][^#:]{0,199})\s*:(?:\s+[&!][^\s#]*)*(?:\s+[|>][-+\d]*)?\s*(?:#.*)?$/u

function keyOf(line: string): string | undefined {
  const key = KEY.exec(line)?.[1]?.replace(/^(["'])(.*)\1$/u, '$2')
  return key === undefined || !/[\p{L}\p{N}]/u.test(key) ? undefined : onOneLine(key)
}

/** A title or name among the outermost keys. */
function readName(text: string): Head {
  const head = text.slice(0, HEAD)
  const found = /^title:[ \t]+(.+)$/mu.exec(head) ?? /^name:[ \t]+(.+)$/mu.exec(head)
  const title = onOneLine(found?.[1] ?? '').replace(/^(["'])(.*)\1(?:\s+#.*)?$/u, '$2')
  return { metadata: title === '' || title.length > 200 ? {} : { title }, bodyStart: 0 }
}
