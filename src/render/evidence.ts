/**
 * An answer as evidence, for readers who quote: each passage whole under its citation, best first; last one line in
 * brackets that says what the answer is worth. Nothing else, for every word here is paid for.
 */
import type { Hit, SearchResult } from '../search/result.ts'
import { painter } from './color.ts'
import { counted } from './figure.ts'
import { lit } from './marked.ts'
import { leftOutIn, notesOf } from './notes.ts'
import { safeLine, safeText } from './safe-text.ts'

export function renderEvidence(result: SearchResult, { color }: { readonly color: boolean }): string {
  const paint = painter(color)
  const passages = result.hits.map(hit => {
    const { excerpt, highlights, citation } = hit
    const text = lit({ text: oneEnded(excerpt), ranges: highlights }, match => lined(match, paint.match))
    return `${paint.path(safeLine(citation))}${cutNote(hit)}\n${text.trimEnd()}\n\n`
  })
  return `${passages.join('')}${paint.faint(`[${safeLine(worthOf(result))}]`)}\n`
}

/** The text made safe, in which a carriage return is a line break and the length stays. */
function oneEnded(text: string): string {
  return safeText(text.replace(/\r(?!\n)/g, '\n').replace(/\r\n/g, ' \n'))
}

/** Paint holds no line break. */
function lined(text: string, brush: (text: string) => string): string {
  return text.split('\n').map(brush).join('\n')
}

function cutNote({ truncated }: Hit): string {
  return truncated.some(Boolean) ? ' (part)' : ''
}

/** The verdict, the figures, and what has to be said beside. */
function worthOf(result: SearchResult): string {
  const { hits, total, budget, verdict, indexes, freshness, notIndexed } = result
  const documents = counted(
    indexes.reduce((sum, index) => sum + index.documents, 0),
    'document',
  )
  const found =
    hits.length > 0
      ? `${counted(hits.length, 'passage')} from ${counted(total, 'match', 'matches')} in ${documents}`
      : verdict === 'found'
        ? `${counted(total, 'match', 'matches')} in ${documents}, but none fits in ${counted(budget?.tokens ?? 0, 'token')}`
        : `nothing in ${documents}`
  const spent = budget && hits.length > 0 ? [`${budget.used} of ${budget.tokens} tokens`] : []
  const over =
    budget && budget.passedOver > 0 && hits.length > 0
      ? [`${counted(budget.passedOver, 'longer one', 'longer ones')} did not fit`]
      : []
  const files = leftOutIn(indexes)
  const unread = files > 0 && !notIndexed ? [`${counted(files, 'file')} not indexed`] : []
  const checked = freshness === 'none' ? [] : ['checked against the files']
  return [
    `${verdict ?? (result.partial ? 'partial' : 'found')}: ${found}`,
    ...spent,
    ...over,
    ...checked,
    ...unread,
    ...notesOf(result),
  ].join('; ')
}
