/**
 * The index in MiniSearch's own form: MiniSearch itself indexes the same chunks, cut into words by the same analyzer,
 * and serialises itself, so that `MiniSearch.loadJSON` reads the result anywhere, with no gleaner beside it.
 *
 * Load it with `{ fields: ['text', 'heading', 'title'], storeFields: [...] }` as {@link MINISEARCH_OPTIONS} has them;
 * ids are the numbers of the chunks.
 */
import MiniSearch from 'minisearch'
import type { Document } from '../document/document.ts'
import { hasIdentifiers } from '../document/formats.ts'
import { indexedDocument } from '../document/read.ts'
import { GleanError, messageOf } from '../errors.ts'
import type { Index } from '../search/index.ts'
import { readMarks } from '../segment/mark-string.ts'
import { countTokens, forEachToken } from '../text/analyzer.ts'
import { type Chunk, cutChunks } from '../text/chunk.ts'
import { FIELDS, type FieldName } from '../text/field.ts'
import { fieldRanges } from '../text/field-ranges.ts'
import { identifierParts } from '../text/identifier.ts'

/** A chunk as MiniSearch gets it: the text of each field, and what it stores to be shown. */
export interface ExportedChunk extends Record<FieldName, string> {
  readonly id: number
  readonly path: string
  readonly startLine: number
  readonly endLine: number
  readonly excerpt: string
}

/** What a reader of the JSON passes to `MiniSearch.loadJSON`. */
export const MINISEARCH_OPTIONS = {
  fields: [...FIELDS],
  storeFields: ['path', 'startLine', 'endLine', 'excerpt'],
}

/** A MiniSearch over every chunk of the index. Takes memory in proportion to the text. */
export async function toMinisearch(index: Index): Promise<MiniSearch<ExportedChunk>> {
  const search = new MiniSearch<ExportedChunk>({
    ...MINISEARCH_OPTIONS,
    tokenize: tokens,
    processTerm: term => term,
  })
  for await (const chunk of exportedChunks(index)) search.add(chunk)
  return search
}

/** The JSON text of {@link toMinisearch}. Throws `usage` where it is longer than a JavaScript string can be. */
export async function exportMinisearch(index: Index): Promise<string> {
  const search = await toMinisearch(index)
  try {
    return JSON.stringify(search)
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown
    throw new GleanError(
      'usage',
      `the index is too large for MiniSearch: its JSON does not fit into one string (${messageOf(thrown)}); export smaller indexes`,
      { cause: thrown },
    )
  }
}

/** The chunks of the index in order, taken apart again from its own text. */
async function* exportedChunks(index: Index): AsyncGenerator<ExportedChunk> {
  let id = 0
  for await (const { path, segment: number, document: place } of index.documents.from()) {
    const segment = index.segments[number]!
    const row = await segment.rows.row(place)
    const text = await segment.text.text(row.place, row.place + row.length)
    const document = indexedDocument(row, readMarks(row.marks), text)
    for (const [ordinal, chunk] of cutChunks(document, countTokens).entries()) {
      const fields = fieldTexts(document, chunk)
      if (ordinal === 0 && !document.titleSpan) fields.title = document.title
      const { startLine, endLine } = chunk
      yield { id: id++, path, startLine, endLine, excerpt: text.slice(chunk.start, chunk.end), ...fields }
    }
  }
}

function fieldTexts(document: Document, chunk: Chunk): Record<FieldName, string> {
  const texts = { text: '', heading: '', title: '' }
  const isProgram = hasIdentifiers(document.format)
  for (const { start, end, field } of fieldRanges(document, chunk)) {
    texts[FIELDS[field]] += `${document.text.slice(start, end)}\n`
    if (isProgram) texts[FIELDS[field]] += partsIn(document.text, start, end)
  }
  return texts
}

/** The parts of the identifiers in a stretch of text, as words after it. */
function partsIn(text: string, start: number, end: number): string {
  let parts = ''
  forEachToken(text, start, end, (_, from, to) => {
    for (const part of identifierParts(text.slice(from, to))) parts += `${part}\n`
  })
  return parts
}

function tokens(text: string): string[] {
  const terms: string[] = []
  forEachToken(text, 0, text.length, term => terms.push(term))
  return terms
}
