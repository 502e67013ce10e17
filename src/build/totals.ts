/** The sums over all documents of an index, kept right while documents come and go. */
import type { Totals } from '../segment/manifest.ts'

/** What one document adds to the totals. */
export interface DocumentFigures {
  readonly chunks: number
  readonly tokens: number
  /** UTF-8 bytes of its text. */
  readonly bytes: number
  /** Language code, '' where it is not known. */
  readonly language: string
  readonly format: string
}

const NOTHING: Totals = { documents: 0, chunks: 0, tokens: 0, textBytes: 0, languages: {}, formats: {} }

export class TotalsCount {
  #documents: number
  #chunks: number
  #tokens: number
  #textBytes: number
  readonly #languages: Map<string, number>
  readonly #formats: Map<string, number>

  /** Goes on from some totals, else from nothing. */
  constructor(from: Totals = NOTHING) {
    this.#documents = from.documents
    this.#chunks = from.chunks
    this.#tokens = from.tokens
    this.#textBytes = from.textBytes
    this.#languages = new Map(Object.entries(from.languages))
    this.#formats = new Map(Object.entries(from.formats))
  }

  add(document: DocumentFigures): void {
    this.#count(document, 1)
  }

  remove(document: DocumentFigures): void {
    this.#count(document, -1)
  }

  get totals(): Totals {
    return {
      documents: this.#documents,
      chunks: this.#chunks,
      tokens: this.#tokens,
      textBytes: this.#textBytes,
      languages: inOrder(this.#languages),
      formats: inOrder(this.#formats),
    }
  }

  #count({ chunks, tokens, bytes, language, format }: DocumentFigures, sign: 1 | -1): void {
    this.#documents += sign
    this.#chunks += sign * chunks
    this.#tokens += sign * tokens
    this.#textBytes += sign * bytes
    if (language !== '') this.#languages.set(language, (this.#languages.get(language) ?? 0) + sign)
    this.#formats.set(format, (this.#formats.get(format) ?? 0) + sign)
  }
}

/** Counts that are not 0, in order of key: the same totals are the same bytes, however they came about. */
function inOrder(counts: ReadonlyMap<string, number>): Record<string, number> {
  const entries = [...counts].filter(([, count]) => count > 0)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}
