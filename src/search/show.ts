/** A passage as it is asked for by its place: by path, by path and lines, or by a citation. */
import { positionAt } from '../document/marks.ts'
import { GleanError } from '../errors.ts'
import type { ListedDocument } from '../segment/document-list.ts'
import type { DocumentRow } from '../segment/document-row.ts'
import { readMarks } from '../segment/mark-string.ts'
import type { Segment } from '../segment/segment.ts'
import { sliceLines } from '../text/lines.ts'
import { type FileFacts, fileFacts } from './file-facts.ts'
import type { IndexParts } from './parts.ts'
import { mustHold, parseReference, type Reference } from './reference.ts'
import type { Passage } from './result.ts'

/** Tells when a document's file was last changed; undefined where that is not known. */
type Modified = (document: ListedDocument) => string | undefined

/** A reference with the document it is to. */
interface Found extends Reference {
  readonly segment: Segment
  readonly row: Omit<DocumentRow, 'bytes' | 'tokens'>
  readonly file: FileFacts
}

/**
 * Reads a passage from the index. Throws `not-found` for a path or lines that are not there, or a citation that no longer
 * holds.
 */
export async function showPassage(
  reference: string,
  parts: IndexParts,
  modified: Modified,
): Promise<Passage> {
  const { path, segment, row, file, first, last, hash } = await find(reference, parts, modified)
  await segment.text.prefetchDocument(row)
  if (hash !== undefined) await mustHold(segment, row, { first, last, hash }, reference)
  if (first > Math.max(row.lines, 1)) {
    const lines = `${row.lines} ${row.lines === 1 ? 'line' : 'lines'}`
    throw new GleanError('not-found', `${path} has ${lines}, there is no line ${first}`)
  }
  const text = await segment.text.text(row.place, row.place + row.length)
  const endLine = Math.min(last, row.lines)
  const position = positionAt(readMarks(row.marks), first)
  return {
    path,
    title: row.title,
    startLine: first,
    endLine,
    lines: row.lines,
    text: sliceLines(text, first, endLine),
    ...(position ? { position } : {}),
    metadata: row.metadata,
    file,
  }
}

/** A path may itself end in what looks like a line: the whole reference is tried as a path first. */
async function find(
  reference: string,
  { documents, segments, cards, location }: IndexParts,
  modified: Modified,
): Promise<Found> {
  for (const meant of parseReference(reference)) {
    // Of what was a hit a moment ago all is known.
    const card = cards?.known(meant.path)
    if (card)
      return { ...meant, segment: segments[card.segment]!, row: card, file: fileFacts(card, card, undefined) }
    const document = await documents.find(meant.path)
    if (document) {
      const segment = segments[document.segment]!
      const row = await segment.rows.row(document.document)
      return { ...meant, segment, row, file: fileFacts(document, row, modified(document)) }
    }
  }
  const [, path, lines] = /^(.+):(\d{1,9}(?:-\d{1,9})?)$/s.exec(reference) ?? []
  if (path !== undefined && (await documents.find(path))) {
    throw new GleanError(
      'not-found',
      `${path} is there, but has no lines ${lines}: the first is line 1, and of two the smaller comes first`,
    )
  }
  throw new GleanError(
    'not-found',
    `${location} has no document ${reference}; paths are relative to the indexed folder, as glean search --json gives them`,
  )
}
