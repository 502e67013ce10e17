/** Which parts of a chunk belong to which field. */
import type { Document } from '../document/document.ts'
import type { Chunk } from './chunk.ts'
import { type Field, HEADING, TEXT, TITLE } from './field.ts'

/** A range of a document's text and the field its tokens belong to. */
export interface FieldRange {
  readonly start: number
  readonly end: number
  readonly field: Field
}

/** The parts of a chunk, in order, none empty: its heading lines, the document's title where it stands, and the rest. */
export function fieldRanges({ titleSpan }: Document, chunk: Chunk): FieldRange[] {
  // Of most chunks all is text, and there are as many as there are paragraphs.
  if (
    chunk.headings.length === 0 &&
    !(titleSpan && titleSpan.start < chunk.end && titleSpan.end > chunk.start)
  )
    return chunk.end > chunk.start ? [{ start: chunk.start, end: chunk.end, field: TEXT }] : []
  const ranges: FieldRange[] = []
  let at = chunk.start
  const push = (end: number, field: Field): void => {
    if (end > at) ranges.push({ start: at, end, field })
    at = Math.max(at, end)
  }
  const spans = titleSpan ? [...chunk.headings, titleSpan] : [...chunk.headings]
  for (const span of spans.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const end = Math.min(span.end, chunk.end)
    if (end <= Math.max(span.start, at)) continue
    push(span.start, TEXT)
    const isTitle = titleSpan !== undefined && span.start >= titleSpan.start && span.end <= titleSpan.end
    push(end, isTitle ? TITLE : HEADING)
  }
  push(chunk.end, TEXT)
  return ranges
}
