/**
 * All passages of one document, as the index has them or as its file has them now. For what looks at more than a hit:
 * citations that are checked again, neighbours that are given as one. Loaded only then.
 */

import type { Document, Metadata } from '../document/document.ts'
import { type Position, positionAt } from '../document/marks.ts'
import { chunkHash } from '../segment/chunk-hash.ts'
import type { DocumentList, ListedDocument } from '../segment/document-list.ts'
import { readMarks } from '../segment/mark-string.ts'
import type { Segment } from '../segment/segment.ts'
import { countTokens } from '../text/analyzer.ts'
import { cutChunks } from '../text/chunk.ts'
import { countLines } from '../text/lines.ts'

/** Where the documents of an index are. */
export interface IndexedDocuments {
  readonly segments: readonly Segment[]
  readonly documents: DocumentList
}

/** A passage in its document; places in UTF-16 units, lines from 1. */
export interface PlacedPassage {
  readonly start: number
  readonly end: number
  readonly startLine: number
  readonly endLine: number
}

export interface DocumentPassages {
  /** Relative to the index's root. */
  readonly path: string
  readonly title: string
  readonly metadata: Metadata
  /** The document's text, whole. */
  readonly text: string
  /** Lines of it. */
  readonly lines: number
  /** In the order of the text. */
  readonly passages: readonly PlacedPassage[]
  /** Where a 1-based line is, in a document that has pages and the like. */
  positionAt(line: number): Position | undefined
}

/** A document as the index has it. */
export async function indexedPassages(
  { segments }: IndexedDocuments,
  { path, segment, document }: ListedDocument,
): Promise<DocumentPassages> {
  const { rows, text } = segments[segment]!
  const row = await rows.row(document)
  const passages: PlacedPassage[] = []
  for await (const chunks of text.chunks(row.firstChunk, row.chunks)) {
    for (const { place, text, startLine, endLine } of chunks) {
      const start = place - row.place
      passages.push({ start, end: start + text.length, startLine, endLine })
    }
  }
  return {
    path,
    title: row.title,
    metadata: row.metadata,
    text: await text.text(row.place, row.place + row.length),
    lines: row.lines,
    passages,
    positionAt: line => positionAt(readMarks(row.marks), line),
  }
}

/** A document as its file is now. */
export function filePassages(path: string, document: Document): DocumentPassages {
  const { title, metadata, text, marks } = document
  return {
    path,
    title,
    metadata,
    text,
    lines: countLines(text),
    passages: cutChunks(document, countTokens),
    positionAt: line => positionAt(marks, line),
  }
}

/** The stretch from one passage of a document to another. */
export function stretchText({ text, passages }: DocumentPassages, first: number, last: number): string {
  return text.slice(passages[first]!.start, passages[last]!.end)
}

/** A run of passages: places of the first and the last in their document. */
export type PassageRun = readonly [first: number, last: number]

/**
 * The runs of passages whose hash begins with `hash`: single ones, and those that take so many lines, for a citation may
 * stand for several neighbours.
 */
export function runsWithHash(document: DocumentPassages, hash: string, lines: number): PassageRun[] {
  const { passages } = document
  const runs: PassageRun[] = []
  const isIt = (first: number, last: number) => chunkHash(stretchText(document, first, last)).startsWith(hash)
  for (let first = 0; first < passages.length; first++) {
    if (isIt(first, first)) runs.push([first, first])
    const until = passages[first]!.startLine + lines - 1
    for (let last = first + 1; last < passages.length && passages[last]!.endLine <= until; last++) {
      if (passages[last]!.endLine === until && isIt(first, last)) runs.push([first, last])
    }
  }
  return runs
}
