/**
 * The words of a chunk, walked in order: each token with its field and its place, parts of identifiers where their whole
 * stands. The counterpart of build/invert.ts, whose postings say the same. From it come the keywords that the engine is
 * told, and the postings of candidates.
 */
import type { Document } from '../document/document.ts'
import { hasIdentifiers } from '../document/formats.ts'
import { forEachToken } from '../text/analyzer.ts'
import type { Chunk } from '../text/chunk.ts'
import { type Field, HEADING, TEXT, TITLE } from '../text/field.ts'
import { fieldRanges } from '../text/field-ranges.ts'
import { identifierParts } from '../text/identifier.ts'
import { keyword } from './sql.ts'

/** Gets each term, its field and its place; a part of an identifier is no token of its own. */
export type WordVisitor = (term: string, field: Field, place: number, isToken: boolean) => void

/** As many places as build/invert.ts leaves free after a title that stands outside the body. */
const TITLE_GAP = 16

/** Walks the words of a chunk; gives how many tokens it has. A title that stands nowhere in the body goes with the first. */
export function walkWords(document: Document, chunk: Chunk, isFirst: boolean, visit: WordVisitor): number {
  const { title, titleSpan, text } = document
  const isProgram = hasIdentifiers(document.format)
  let place = 0
  let tokens = 0
  const walk = (from: string, start: number, end: number, field: Field, hasParts: boolean): void => {
    forEachToken(from, start, end, (term, first, last) => {
      visit(term, field, place, true)
      if (hasParts)
        for (const part of identifierParts(from.slice(first, last))) visit(part, field, place, false)
      place++
      tokens++
    })
  }
  if (isFirst && !titleSpan && title !== '') {
    walk(title, 0, title.length, TITLE, false)
    place += TITLE_GAP
  }
  for (const { start, end, field } of fieldRanges(document, chunk)) walk(text, start, end, field, isProgram)
  return tokens
}

/** The keywords of a chunk, parted by spaces. */
export interface ChunkWords {
  /** Every token, in order: a phrase may run from a heading into the text. */
  readonly text: string
  /** Those in headings, and in the title, once more: so they count more. */
  readonly heading: string
  readonly title: string
  /** Parts of identifiers. */
  readonly parts: string
  readonly tokens: number
}

/** Stands where no word does: no phrase runs over it. */
const GAP = 'Kgap'

/** The words of a chunk as the engine is told them. */
export function chunkWords(
  document: Document,
  chunk: Chunk,
  isFirst: boolean,
  visit: WordVisitor,
): ChunkWords {
  const text: string[] = []
  const further: Record<typeof HEADING | typeof TITLE, string[]> = { [HEADING]: [], [TITLE]: [] }
  const parts: string[] = []
  const tokens = walkWords(document, chunk, isFirst, (term, field, place, isToken) => {
    const word = keyword(term)
    visit(term, field, place, isToken)
    if (!isToken) {
      parts.push(word)
      return
    }
    while (text.length < place) text.push(GAP)
    text.push(word)
    if (field !== TEXT) further[field].push(word)
  })
  return {
    text: text.join(' '),
    heading: further[HEADING].join(' '),
    title: further[TITLE].join(' '),
    parts: parts.join(' '),
    tokens,
  }
}
