/** JSON Lines: each line is a record, and a passage by itself. Escapes are read as in JSON; nothing is parsed. */
import type { Span } from './document.ts'
import { withoutEscapes } from './json.ts'
import { LineCursor } from './line.ts'
import { type DocumentReader, type Outline, onOneLine } from './reader.ts'

export const jsonLines: DocumentReader = {
  format: 'jsonl',
  extensions: ['.jsonl', '.ndjson', '.jsonlines'],
  isTitled: false,
  decoded: withoutEscapes,
  head: () => ({ metadata: {}, bodyStart: 0 }),
  outline: recordLines,
  plainText: onOneLine,
  isMarkup: () => false,
}

function recordLines(text: string, bodyStart: number): Outline {
  const records: Span[] = []
  const line = new LineCursor(text, bodyStart)
  while (line.advance()) if (!line.blank) records.push({ start: line.start, end: line.end })
  return { headings: [], fences: [], records }
}
