/**
 * The whole lines of a source that a hit's matches stand in, with their place in the text: what line-minded programs
 * want, where the excerpt may begin in the middle of a line. In come a hit and the text it was made of.
 */
import type { Hit, Range } from '../search/result.ts'

/** A hit with its lines. */
export interface SourceLines {
  readonly hit: Hit
  /** From the line of the first match to that of the last, line ends included. */
  readonly text: string
  /** 1-based line, and column in UTF-16 units, of its first character. The column is 1 unless the lines were too long. */
  readonly line: number
  readonly column: number
  /** UTF-8 bytes of the document's text before it. */
  readonly offset: number
  /** The matches, as ranges of `text` in UTF-16 units. */
  readonly ranges: readonly Range[]
  readonly before: readonly ContextLine[]
  readonly after: readonly ContextLine[]
}

/** A line near the matches. */
export interface ContextLine {
  /** 1-based. */
  readonly line: number
  /** UTF-8 bytes of the document's text before it. */
  readonly offset: number
  readonly text: string
}

/** UTF-16 units; where the lines are longer, the excerpt stands in for them. */
export const LONGEST_LINES = 4096

/** Which lines are wanted. */
export interface Wanted {
  /** Lines before and after. */
  readonly context?: number
  /** Whether all lines of the excerpt are, and not only those its matches stand in. */
  readonly whole?: boolean
}

/**
 * `text` is the document's, undefined where it is not to be had any more. Where it is not the one the hit was made of,
 * the excerpt has to do, and its offset is 0.
 */
export function sourceLines(hit: Hit, text: string | undefined, wanted: Wanted = {}): SourceLines {
  const { context = 0, whole = false } = wanted
  const place = text === undefined ? -1 : excerptPlace(hit, text)
  if (text === undefined || place < 0) return excerptLines(hit, 0)
  const lit = hit.highlights
  const first = place + (whole ? 0 : (lit[0]?.[0] ?? 0))
  const last = place + (whole ? hit.excerpt.length : (lit.at(-1)?.[1] ?? 0))
  const start = lineStart(text, first)
  const end = lineEnd(text, Math.max(last - 1, first))
  if (end - start > LONGEST_LINES && !whole) return excerptLines(hit, bytesIn(text, place))
  const line = hit.line - lineBreaks(text.slice(start, lineStart(text, place + (lit[0]?.[0] ?? 0))))
  return {
    hit,
    text: text.slice(start, end),
    line,
    column: 1,
    offset: bytesIn(text, start),
    ranges: lit.map(([from, to]): Range => [from + place - start, to + place - start]),
    before: linesBefore(text, start, line, context),
    after: linesAfter(text, end, line + lineBreaks(text.slice(start, end)), context),
  }
}

/** The line of the first match, whole, without its line end; undefined as above. */
export function matchedLine(hit: Hit, text: string | undefined): string | undefined {
  const place = text === undefined ? -1 : excerptPlace(hit, text)
  if (text === undefined || place < 0) return undefined
  const at = place + (hit.highlights[0]?.[0] ?? 0)
  return text.slice(lineStart(text, at), lineEnd(text, at)).replace(/[\r\n]+$/, '')
}

/** Where the excerpt begins in the text, in UTF-16 units; -1 where the text does not have it there. */
function excerptPlace({ line, column, excerpt, highlights }: Hit, text: string): number {
  let start = 0
  for (let number = 1; number < line && start < text.length; number++) start = lineEnd(text, start)
  const place = start + column - 1 - (highlights[0]?.[0] ?? 0)
  return place >= 0 && text.startsWith(excerpt, place) ? place : -1
}

function excerptLines(hit: Hit, offset: number): SourceLines {
  const before = hit.excerpt.slice(0, hit.highlights[0]?.[0] ?? 0)
  const breaks = lineBreaks(before)
  const column = breaks === 0 ? hit.column - before.length : 1
  const rest = {
    line: hit.line - breaks,
    column: Math.max(column, 1),
    ranges: hit.highlights,
    before: [],
    after: [],
  }
  return { hit, text: hit.excerpt, offset, ...rest }
}

function linesBefore(text: string, start: number, line: number, count: number): ContextLine[] {
  const lines: ContextLine[] = []
  for (let end = start, number = line - 1; lines.length < count && end > 0; number--) {
    const from = lineStart(text, end - (text.startsWith('\r\n', end - 2) ? 2 : 1))
    lines.unshift({ line: number, offset: bytesIn(text, from), text: text.slice(from, end) })
    end = from
  }
  return lines
}

function linesAfter(text: string, end: number, line: number, count: number): ContextLine[] {
  const lines: ContextLine[] = []
  for (let from = end, number = line; lines.length < count && from < text.length; number++) {
    const to = lineEnd(text, from)
    lines.push({ line: number, offset: bytesIn(text, from), text: text.slice(from, to) })
    from = to
  }
  return lines
}

function lineStart(text: string, at: number): number {
  if (at <= 0) return 0
  return Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1
}

/** Where the line that holds `at` ends, its line break included. */
function lineEnd(text: string, at: number): number {
  const rest = /\r\n?|\n/g
  rest.lastIndex = at
  return rest.test(text) ? rest.lastIndex : text.length
}

function lineBreaks(text: string): number {
  return text.match(/\r\n?|\n/g)?.length ?? 0
}

function bytesIn(text: string, end: number): number {
  return Buffer.byteLength(text.slice(0, end))
}
