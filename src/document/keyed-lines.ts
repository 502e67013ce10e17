/**
 * The outline of data that is written as lines of `key: value`, deeper ones indented: JSON and YAML. A line whose value is
 * more than the line is a heading, down to {@link DEEPEST}; what lies between headings is grouped into passages that
 * break where the data does.
 */
import type { Heading, Span } from './document.ts'
import { LineCursor } from './line.ts'
import { HEADING_LIMIT, type Outline } from './reader.ts'

/** Levels of keys that are headings: deeper ones name values, not places. */
const DEEPEST = 3
/** UTF-16 units from which on a passage ends at a blank line, at a line no deeper than its first, at any line. */
const ENDS_AT_BLANK = 200
const ENDS_AT_PEER = 800
const ENDS_ANYWHERE = 1800

/** The key of a line that opens something deeper; undefined for any other line. */
export type KeyOf = (line: string) => string | undefined

export function keyedOutline(text: string, bodyStart: number, keyOf: KeyOf): Outline {
  const headings: Heading[] = []
  const records: Span[] = []
  const indents: number[] = []
  const line = new LineCursor(text, bodyStart)
  let start = -1
  let end = -1
  let depth = 0
  const close = () => {
    if (start >= 0) records.push({ start, end })
    start = -1
  }
  while (line.advance()) {
    const indent = line.first - line.start
    const length = line.end - line.start
    // A bracket that closes belongs to what it closes, one that opens to what is in it.
    if (end - start === 1 && !line.blank) depth = indent
    const isInside = ']})'.includes(text.charAt(line.first))
    if (start >= 0 && !isInside && endsBefore(line.start - start, line.blank, indent <= depth)) close()
    if (line.blank) continue
    const key = length <= HEADING_LIMIT ? keyOf(text.slice(line.start, line.end)) : undefined
    while (indents.length > 0 && indents.at(-1)! >= indent) indents.pop()
    if (key !== undefined) {
      indents.push(indent)
      if (indents.length <= DEEPEST) {
        close()
        headings.push({ level: indents.length, text: key, start: line.start, end: line.end })
        continue
      }
    }
    if (start < 0) [start, depth] = [line.start, indent]
    end = line.end
  }
  close()
  return { headings, fences: [], records }
}

function endsBefore(length: number, isBlank: boolean, isPeer: boolean): boolean {
  return length > ENDS_ANYWHERE || (isPeer && length > ENDS_AT_PEER) || (isBlank && length > ENDS_AT_BLANK)
}
