/**
 * Hits for pipes and simple tools: each on one line, `path:line:column: excerpt`, best first, no colour. The column is
 * in UTF-16 units, as in JSON.
 */
import type { Hit, SearchResult } from '../search/result.ts'
import { notesOf } from './notes.ts'
import { safeLine } from './safe-text.ts'

export type PathOf = (hit: Pick<Hit, 'path' | 'state' | 'index'>) => string

/** `separator` parts the path from the rest: a NUL for programs, which then get the path as it is. */
export function renderPlain({ hits }: SearchResult, pathOf: PathOf, separator: ':' | '\0' = ':'): string {
  return hits
    .map(hit => {
      const path = separator === '\0' ? pathOf(hit) : safeLine(pathOf(hit))
      return `${path}${separator}${hit.line}:${hit.column}: ${excerptLine(hit)}\n`
    })
    .join('')
}

/** What a person should know beside the hits; for standard error. */
export function renderNotes(result: SearchResult): string[] {
  return notesOf(result).map(safeLine)
}

function excerptLine({ excerpt, truncated }: Hit): string {
  const [before, after] = truncated
  const text = safeLine(excerpt).replace(/ +/g, ' ').trim()
  return `${before ? '…' : ''}${text}${after ? '…' : ''}`
}
