/**
 * Tables as text: values between commas, semicolons, bars or tabs, as RFC 4180 has them. Each record is a passage, at its
 * own line; a value between quotation marks may hold line breaks. A first row of names is the heading over all others,
 * so that every hit tells what its values are. Rows need not have as many values as the first.
 */
import type { Heading, Span } from './document.ts'
import { isLineBreak, LineCursor } from './line.ts'
import { type DocumentReader, HEADING_LIMIT, type Head, type Outline, onOneLine } from './reader.ts'

/** What may stand between values; where a table has none of these, each line is a record. */
const DELIMITERS = [',', ';', '\t', '|']
/** UTF-16 units at the head in which the delimiter is looked for. */
const SAMPLE = 8192
/** UTF-16 units of a quoted value: a quotation mark without its partner must not swallow the table. */
const QUOTED_LIMIT = 65_536
/** Names of columns that are kept as metadata. */
const COLUMNS_LIMIT = 100
const QUOTE = 34

export const csv: DocumentReader = {
  format: 'csv',
  extensions: ['.csv', '.tsv', '.tab'],
  isTitled: false,
  head: readTableHead,
  outline,
  plainText: onOneLine,
  isMarkup: () => false,
}

function readTableHead(text: string): Head {
  const names = columnsOf(text, delimiterOf(text))
  return { metadata: names ? { columns: names.slice(0, COLUMNS_LIMIT) } : {}, bodyStart: 0 }
}

function outline(text: string): Outline {
  const delimiter = delimiterOf(text)
  const names = columnsOf(text, delimiter)
  const records: Span[] = []
  const headings: Heading[] = []
  let at = 0
  while (at < text.length) {
    const end = recordEnd(text, at, delimiter)
    if (end > at) {
      const words = onOneLine((names ?? []).join(', '))
      if (at === 0 && names && words.length <= HEADING_LIMIT)
        headings.push({ level: 1, text: words, start: at, end })
      else records.push({ start: at, end })
    }
    at = end
    while (at < text.length && isLineBreak(text.charCodeAt(at))) at++
  }
  return { headings, fences: [], records }
}

/** The names in the first row; undefined where it holds values, as one does that has a number, a gap or a word twice. */
function columnsOf(text: string, delimiter: string): string[] | undefined {
  const end = recordEnd(text, 0, delimiter)
  const fields = fieldsOf(text.slice(0, end), delimiter).map(onOneLine)
  const areNames = fields.every(field => /\p{L}/u.test(field)) && new Set(fields).size === fields.length
  const isAlone = text.slice(end).trim() === ''
  return fields.length > 1 && areNames && !isAlone ? fields : undefined
}

/** The sign that stands in every one of the first lines, as often as can be. */
function delimiterOf(text: string): string {
  const line = new LineCursor(text.slice(0, SAMPLE))
  const lines: string[] = []
  while (lines.length < 10 && line.advance())
    if (!line.blank) lines.push(line.text.slice(line.start, line.end).replace(/"[^"]*"/gu, ''))
  const counts = DELIMITERS.map(sign => Math.min(...lines.map(each => each.split(sign).length - 1)))
  const most = Math.max(...counts)
  return most > 0 && lines.length > 0 ? DELIMITERS[counts.indexOf(most)]! : ','
}

/** Where the record that begins at `start` ends, its line break left out. */
function recordEnd(text: string, start: number, delimiter: string): number {
  const sign = delimiter.charCodeAt(0)
  let at = start
  for (;;) {
    if (text.charCodeAt(at) === QUOTE) at = quotedEnd(text, at, sign)
    while (at < text.length && text.charCodeAt(at) !== sign && !isLineBreak(text.charCodeAt(at))) at++
    if (at >= text.length || isLineBreak(text.charCodeAt(at))) return at
    at++
  }
}

/** After the quotation mark that closes the one at `open`; `open` where it is a sign like any other. */
function quotedEnd(text: string, open: number, delimiter: number): number {
  let at = open + 1
  for (;;) {
    const close = text.indexOf('"', at)
    if (close < 0 || close - open > QUOTED_LIMIT) return open
    if (text.charCodeAt(close + 1) !== QUOTE) {
      const next = text.charCodeAt(close + 1)
      return close + 1 >= text.length || next === delimiter || isLineBreak(next) ? close + 1 : open
    }
    at = close + 2
  }
}

/** The values of one record. */
function fieldsOf(record: string, delimiter: string): string[] {
  const fields: string[] = []
  const sign = delimiter.charCodeAt(0)
  let start = 0
  for (let at = 0; at <= record.length; at++) {
    if (at === start && record.charCodeAt(at) === QUOTE) at = quotedEnd(record, at, sign)
    if (at < record.length && record.charCodeAt(at) !== sign) continue
    const field = record.slice(start, at)
    fields.push(/^".*"$/su.test(field) ? field.slice(1, -1).replaceAll('""', '"') : field)
    start = at + 1
  }
  return fields
}
