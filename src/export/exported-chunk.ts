/** What is exported: the documents of an index and their chunks, in order, taken apart again from its own text. */
import type { Document } from '../document/document.ts'
import { indexedDocument } from '../document/read.ts'
import type { Index } from '../search/index.ts'
import type { DocumentRow } from '../segment/document-row.ts'
import { readMarks } from '../segment/mark-string.ts'
import { countTokens } from '../text/analyzer.ts'
import { type Chunk, cutChunks } from '../text/chunk.ts'
import { FIELDS, type FieldName } from '../text/field.ts'
import { fieldRanges } from '../text/field-ranges.ts'

export interface ExportedDocument {
  readonly path: string
  readonly row: DocumentRow
  readonly document: Document
}

export interface ExportedChunk {
  /** Its place in the document, from 0. */
  readonly ordinal: number
  readonly chunk: Chunk
  /** The text of each field. */
  readonly fields: Record<FieldName, string>
}

/** The documents of the index, in the order of paths. One at a time is in memory. */
export async function* exportedDocuments(index: Index): AsyncGenerator<ExportedDocument> {
  for await (const { path, segment: number, document: place } of index.documents.from()) {
    const segment = index.segments[number]!
    const row = await segment.rows.row(place)
    const text = await segment.text.text(row.place, row.place + row.length)
    yield { path, row, document: indexedDocument(row, readMarks(row.marks), text) }
  }
}

/** The chunks of a document. */
export function exportedChunks({ document }: ExportedDocument): ExportedChunk[] {
  return [...cutChunks(document, countTokens)].map((chunk, ordinal) => {
    const fields = fieldTexts(document, chunk)
    if (ordinal === 0 && !document.titleSpan) fields.title = document.title
    return { ordinal, chunk, fields }
  })
}

function fieldTexts(document: Document, chunk: Chunk): Record<FieldName, string> {
  const texts = { text: '', heading: '', title: '' }
  for (const { start, end, field } of fieldRanges(document, chunk)) {
    texts[FIELDS[field]] += `${document.text.slice(start, end)}\n`
  }
  return texts
}
