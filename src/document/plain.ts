/** Plain text, and whatever has no reader of its own: paragraphs, no headings, no fences. */
import { type DocumentReader, onOneLine } from './reader.ts'

export const plain: DocumentReader = {
  format: 'plain',
  extensions: ['.txt'],
  outline: () => ({ headings: [], fences: [] }),
  plainText,
  isMarkup: () => false,
}

/** The first line of a listing or a list is a title too, without its comment sign or bullet. */
function plainText(markup: string): string {
  return onOneLine(markup.replace(/^\s*[#*;/%=-]+\s+/u, ''))
}
