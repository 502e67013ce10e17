/** A passage as it is asked for by its place: by path, by path and lines, or by a citation. */
import { positionAt } from '../document/marks.ts'
import { GleanError } from '../errors.ts'
import type { ListedDocument } from '../segment/document-list.ts'
import { readMarks } from '../segment/mark-string.ts'
import { sliceLines } from '../text/lines.ts'
import { fileFacts } from './file-facts.ts'
import type { IndexParts } from './parts.ts'
import { mustHold, parseReference, type Reference } from './reference.ts'
import type { Passage } from './result.ts'

/**
 * Reads a passage from the index; `modified` tells when a document's file was last changed. Throws `not-found` for a path
 * or lines that are not there, or a citation that no longer holds.
 */
export async function showPassage(
  reference: string,
  parts: IndexParts,
  modified: (document: ListedDocument) => string | undefined,
): Promise<Passage> {
  const { document, first, last, hash } = await find(reference, parts)
  const segment = parts.segments[document.segment]!
  const row = await segment.rows.row(document.document)
  if (hash !== undefined) await mustHold(segment, row, { first, last, hash }, reference)
  if (first > Math.max(row.lines, 1)) {
    const lines = `${row.lines} ${row.lines === 1 ? 'line' : 'lines'}`
    throw new GleanError('not-found', `${document.path} has ${lines}, there is no line ${first}`)
  }
  const text = await segment.text.text(row.place, row.place + row.length)
  const endLine = Math.min(last, row.lines)
  const position = positionAt(readMarks(row.marks), first)
  return {
    path: document.path,
    title: row.title,
    startLine: first,
    endLine,
    lines: row.lines,
    text: sliceLines(text, first, endLine),
    ...(position ? { position } : {}),
    metadata: row.metadata,
    file: fileFacts(document, row, modified(document)),
  }
}

/** A path may itself end in what looks like a line: the whole reference is tried as a path first. */
async function find(
  reference: string,
  { documents, location }: IndexParts,
): Promise<Reference & { document: ListedDocument }> {
  for (const meant of parseReference(reference)) {
    const document = await documents.find(meant.path)
    if (document) return { ...meant, document }
  }
  throw new GleanError(
    'not-found',
    `${location} has no document ${reference}; paths are relative to the indexed folder, as glean search --json gives them`,
  )
}
