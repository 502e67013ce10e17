/**
 * The running text of a document: its paragraphs, without title, headings and code, which are no sentences. Items of a
 * list and rows of a table are paragraphs by themselves. All offsets are in UTF-16 units.
 */
import type { Document, Span } from '../document/document.ts'
import { LineCursor } from '../document/line.ts'

/** What begins a paragraph without a blank line before it: list marks, and the bar of a table. */
const ITEM = /^(?:[-*+•–]\s|\d{1,3}[.)]\s|\||#\.\s)/u
/** A line without any word: a ruler, an underline, the rule of a table. */
const RULE = /^[^\p{L}\p{N}]*$/u

/** The paragraphs of a document, in order. */
export function* paragraphs(document: Document): Generator<Span> {
  const { text, bodyStart, headings, fences, titleSpan } = document
  const apart = [...headings, ...fences, ...(titleSpan ? [titleSpan] : [])].sort((a, b) => a.start - b.start)
  const line = new LineCursor(text, bodyStart)
  let next = 0
  let start = -1
  let end = -1
  while (line.advance()) {
    while ((apart[next]?.end ?? text.length) <= line.start && next < apart.length) next++
    const isApart = (apart[next]?.start ?? text.length) < line.end
    const head = text.slice(line.first, Math.min(line.end, line.first + 200))
    const ends = line.blank || isApart || RULE.test(head)
    if (start >= 0 && (ends || ITEM.test(head))) {
      yield { start, end }
      start = -1
    }
    if (ends) continue
    if (start < 0) start = line.first
    end = line.end
  }
  if (start >= 0) yield { start, end }
}
