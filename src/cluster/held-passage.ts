/** Passages of a document as the cluster has it: what search/show.ts and search/document-passages.ts read from a segment. */
import { positionAt } from '../document/marks.ts'
import { GleanError } from '../errors.ts'
import type { DocumentPassages } from '../search/document-passages.ts'
import { fileFacts } from '../search/file-facts.ts'
import { mustHold, parseReference } from '../search/reference.ts'
import type { Passage } from '../search/result.ts'
import type { ListedDocument } from '../segment/document-list.ts'
import { readMarks } from '../segment/mark-string.ts'
import { sliceLines } from '../text/lines.ts'
import { candidateSegment } from './candidate-segment.ts'
import { type ClusterDocuments, type DocumentContent, documentRow, listed } from './documents.ts'
import type { HeldDocument } from './row.ts'

/**
 * The passage a reference means; undefined where there is no such document. `modified` tells when a file was last
 * changed. Throws `not-found` for lines that are not there, and a citation that no longer holds.
 */
export async function heldPassage(
  reference: string,
  documents: ClusterDocuments,
  modified: (document: ListedDocument) => string | undefined,
): Promise<Passage | undefined> {
  for (const { path, first, last, hash } of parseReference(reference)) {
    const document = await documents.find(path)
    if (!document) continue
    const { chunks, text } = await documents.content(document)
    const { title, lines, metadata } = document
    const row = documentRow(document)
    if (hash !== undefined) {
      const { segment } = await candidateSegment(chunks, new Set())
      await mustHold(segment, { ...row, chunks: chunks.length }, { first, last, hash }, reference)
    }
    if (first > Math.max(lines, 1)) {
      const counted = `${lines} ${lines === 1 ? 'line' : 'lines'}`
      throw new GleanError('not-found', `${path} has ${counted}, there is no line ${first}`)
    }
    const endLine = Math.min(last, lines)
    const position = positionAt(readMarks(row.marks), first)
    const place = listed(document, 0)
    return {
      path,
      title,
      startLine: first,
      endLine,
      lines,
      text: sliceLines(text, first, endLine),
      ...(position ? { position } : {}),
      metadata,
      file: fileFacts(place, row, modified(place)),
    }
  }
  return undefined
}

/** All passages of a document. */
export function heldPassages(document: HeldDocument, { chunks, text }: DocumentContent): DocumentPassages {
  const { path, title, metadata, lines } = document
  const { marks } = documentRow(document)
  let at = 0
  const passages = chunks.map(({ before, text: own, startLine, endLine }) => {
    const start = at + before.length
    at = start + own.length
    return { start, end: at, startLine, endLine }
  })
  const positionOf = (line: number) => positionAt(readMarks(marks), line)
  return { path, title, metadata, text, lines, passages, positionAt: positionOf }
}
