/**
 * Finds a passage again in a file that has changed since it was indexed. Loaded only then: it takes the file apart as
 * building does.
 */
import type { Document } from '../document/document.ts'
import { type Position, positionAt } from '../document/marks.ts'
import { chunkHash } from '../segment/chunk-hash.ts'
import { countTokens } from '../text/analyzer.ts'
import { cutChunks } from '../text/chunk.ts'
import { lineAndColumn } from '../text/lines.ts'

/** A passage as a file has it. */
export interface FoundPassage {
  readonly text: string
  /** Place of its first character in the file's text, in UTF-16 units. */
  readonly start: number
  readonly startLine: number
  readonly endLine: number
  /** 1-based, in UTF-16 units. */
  readonly column: number
  readonly trail: readonly string[]
  /** Where a 1-based line of it is. */
  positionAt(line: number): Position | undefined
}

/** What is looked for. */
export interface Wanted {
  /** Hash of the passage as it was indexed. */
  readonly hash: string
  /** Its first line then, 1-based. */
  readonly line: number
  /** Whether another passage would answer the query as well. */
  matches(text: string): boolean
  /** Whether the passage that begins at a place is another hit already. */
  taken(start: number): boolean
}

/** The passage of that hash in a document, else the one nearest to its line that matches; undefined without one. */
export function findPassage(document: Document, wanted: Wanted): FoundPassage | undefined {
  const { text, marks } = document
  let best: FoundPassage | undefined
  for (const chunk of cutChunks(document, countTokens)) {
    const own = text.slice(chunk.start, chunk.end)
    const same = chunkHash(own) === wanted.hash
    if (wanted.taken(chunk.start) || (!same && !wanted.matches(own))) continue
    const { startLine, endLine, trail } = chunk
    const passage = {
      text: own,
      start: chunk.start,
      startLine,
      endLine,
      trail,
      column: columnOf(text, chunk.start),
      positionAt: (line: number) => positionAt(marks, line),
    }
    if (same) return passage
    if (!best || Math.abs(startLine - wanted.line) < Math.abs(best.startLine - wanted.line)) best = passage
  }
  return best
}

/** 1-based column of a place in its line. */
function columnOf(text: string, place: number): number {
  const lineBreak = Math.max(text.lastIndexOf('\n', place - 1), text.lastIndexOf('\r', place - 1))
  return place === 0 ? 1 : lineAndColumn(text.slice(lineBreak + 1, place), place - lineBreak - 1).column
}
