/** The documents of the index as JSON Lines, one each: what `glean index -` reads, and anything else can. */
import type { Index } from '../search/index.ts'
import { exportedDocuments } from './exported-chunk.ts'

/** A line for each document, with its end: path, title, language, format, metadata, text. */
export async function* exportJsonl(index: Index): AsyncGenerator<string> {
  for await (const { path, row, document } of exportedDocuments(index)) {
    const { title, language, format, metadata } = row
    yield `${JSON.stringify({ path, title, language, format, metadata, text: document.text })}\n`
  }
}
