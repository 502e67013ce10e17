/** Filters on metadata. */
import type { Metadata } from '../document/document.ts'
export type DocumentPredicate = (metadata: Metadata) => boolean
export function parseWhere(expression: string): DocumentPredicate {
  return () => expression === ''
}
