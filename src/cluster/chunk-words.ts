/**
 * The words of a chunk as the engine is told them: keywords, one for each token and in its place, and apart from them
 * those of headings, of titles and of the parts of identifiers. The counterpart of build/invert.ts, whose postings say
 * the same.
 */
import type { Document } from '../document/document.ts'
import { hasIdentifiers } from '../document/formats.ts'
import { forEachToken } from '../text/analyzer.ts'
import type { Chunk } from '../text/chunk.ts'
import { type Field, HEADING, TEXT, TITLE } from '../text/field.ts'
import { fieldRanges } from '../text/field-ranges.ts'
import { identifierParts } from '../text/identifier.ts'
import { keyword } from './sql.ts'

/** The keywords of a chunk, parted by spaces. */
export interface ChunkWords {
  /** Every token, in order: a phrase may run from a heading into the text. */
  readonly text: string
  /** Those in headings, and in the title, once more: so they count more. */
  readonly heading: string
  readonly title: string
  /** Parts of identifiers, which stand where their whole does. */
  readonly parts: string
  /** Tokens; parts of identifiers are none. */
  readonly tokens: number
}

/** Stands where no word does: no phrase runs over it. */
const GAP = 'Kgap'
/** As many as build/invert.ts leaves free after a title that stands outside the body. */
const TITLE_GAP = 16

/** The words of a chunk; `visit` gets every term, parts of identifiers among them. */
export function chunkWords(
  document: Document,
  chunk: Chunk,
  isFirst: boolean,
  visit: (term: string, isToken: boolean) => void,
): ChunkWords {
  const words: Record<Field | 'parts', string[]> = { [TEXT]: [], [HEADING]: [], [TITLE]: [], parts: [] }
  let tokens = 0
  const read = (text: string, start: number, end: number, field: Field, isProgram: boolean): void => {
    forEachToken(text, start, end, (term, from, to) => {
      const word = keyword(term)
      words[TEXT].push(word)
      if (field !== TEXT) words[field].push(word)
      visit(term, true)
      tokens++
      for (const part of isProgram ? identifierParts(text.slice(from, to)) : []) {
        words.parts.push(keyword(part))
        visit(part, false)
      }
    })
  }
  const { title, titleSpan, text } = document
  if (isFirst && !titleSpan && title !== '') {
    read(title, 0, title.length, TITLE, false)
    for (let place = 0; place < TITLE_GAP; place++) words[TEXT].push(GAP)
  }
  const isProgram = hasIdentifiers(document.format)
  for (const { start, end, field } of fieldRanges(document, chunk)) read(text, start, end, field, isProgram)
  return {
    text: words[TEXT].join(' '),
    heading: words[HEADING].join(' '),
    title: words[TITLE].join(' '),
    parts: words.parts.join(' '),
    tokens,
  }
}
