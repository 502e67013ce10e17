/** Plain text, and whatever has no reader of its own: paragraphs, no headings, no fences. */
import { type DocumentReader, onOneLine } from './reader.ts'

export const plain: DocumentReader = {
  format: 'plain',
  extensions: ['.txt'],
  outline: () => ({ headings: [], fences: [] }),
  plainText: onOneLine,
  isMarkup: () => false,
}
