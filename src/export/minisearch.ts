/**
 * The index in MiniSearch's own form: MiniSearch itself indexes the same chunks, cut into words by the same analyzer,
 * and serialises itself, so that `MiniSearch.loadJSON` reads the result anywhere, with no gleaner beside it.
 *
 * Load it with `{ fields: ['text', 'heading', 'title'], storeFields: [...] }` as {@link MINISEARCH_OPTIONS} has them;
 * ids are the numbers of the chunks. A JavaScript string has an end (536,870,888 characters), and loadJSON takes a string:
 * a large index becomes several, each over a part of the documents.
 */
import MiniSearch from 'minisearch'
import type { Document } from '../document/document.ts'
import { hasIdentifiers } from '../document/formats.ts'
import { GleanError, messageOf } from '../errors.ts'
import type { Index } from '../search/index.ts'
import { forEachToken } from '../text/analyzer.ts'
import type { Chunk } from '../text/chunk.ts'
import { FIELDS, type FieldName } from '../text/field.ts'
import { fieldRanges } from '../text/field-ranges.ts'
import { identifierParts } from '../text/identifier.ts'
import { exportedChunks, exportedDocuments } from './exported-chunk.ts'

/** A chunk as MiniSearch gets it: the text of each field, and what it stores to be shown. */
export interface MinisearchChunk extends Record<FieldName, string> {
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

/** UTF-8 bytes of text that one MiniSearch is made of: its JSON is one and a half times as long, and holds it all in memory. */
const PART_BYTES = 192 << 20

/**
 * The JSON text of a MiniSearch over every chunk; of several, one after the other, where the documents have more than
 * `partBytes` of text. Takes memory in proportion to a part. Throws `usage` where one document is too large.
 */
export async function* exportMinisearch(index: Index, partBytes = PART_BYTES): AsyncGenerator<string> {
  let search = empty()
  let bytes = 0
  let id = 0
  for await (const exported of exportedDocuments(index)) {
    if (bytes > 0 && bytes + exported.row.bytes > partBytes) {
      yield jsonOf(search)
      search = empty()
      bytes = 0
    }
    const { path, document } = exported
    for (const { chunk, fields } of exportedChunks(exported)) {
      const { startLine, endLine } = chunk
      const excerpt = document.text.slice(chunk.start, chunk.end)
      search.add({ id: id++, path, startLine, endLine, excerpt, ...withParts(document, chunk, fields) })
    }
    bytes += exported.row.bytes
  }
  yield jsonOf(search)
}

function empty(): MiniSearch<MinisearchChunk> {
  return new MiniSearch<MinisearchChunk>({
    ...MINISEARCH_OPTIONS,
    tokenize: tokens,
    processTerm: term => term,
  })
}

function jsonOf(search: MiniSearch<MinisearchChunk>): string {
  try {
    return JSON.stringify(search)
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown
    throw new GleanError(
      'usage',
      `a document is too large for MiniSearch: its JSON does not fit into one string (${messageOf(thrown)}); index it in parts`,
      { cause: thrown },
    )
  }
}

/** The text of each field, in programs with the parts of identifiers as words after it. */
function withParts(
  document: Document,
  chunk: Chunk,
  fields: Record<FieldName, string>,
): Record<FieldName, string> {
  if (!hasIdentifiers(document.format)) return fields
  const texts = { ...fields }
  for (const { start, end, field } of fieldRanges(document, chunk)) {
    forEachToken(document.text, start, end, (_, from, to) => {
      for (const part of identifierParts(document.text.slice(from, to))) texts[FIELDS[field]] += `${part}\n`
    })
  }
  return texts
}

function tokens(text: string): string[] {
  const terms: string[] = []
  forEachToken(text, 0, text.length, term => terms.push(term))
  return terms
}
