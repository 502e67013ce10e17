/** A document as the index has it: its lines, numbered and linkable, with those that match marked. */
import type { Passage, Range } from '../search/result.ts'
import { element, marked } from './element.ts'
import { linesOf } from './line-matches.ts'
import { fragmentOf, type OpenDocument, type View } from './view.ts'

export { matchesByLine } from './line-matches.ts'

/** Lines shown of a long document around those pointed out, until all are asked for. */
const FEW_LINES = 1000

/** The document's element. */
export function documentElement(
  passage: Passage,
  opened: OpenDocument,
  matches: ReadonlyMap<number, readonly Range[]>,
  view: View,
): HTMLElement {
  const { path, title, metadata } = passage
  const lines = linesOf(passage)
  const [from, to] = windowOf(lines.length, opened)
  const list = element('div', { class: 'lines', dir: directionOf(passage.text) })
  const addLines = (first: number, last: number): HTMLElement[] =>
    lines.slice(first - 1, last).map((text, at) => lineElement(first + at, text, opened, matches, view))
  list.append(...addLines(from, to))
  const article = element(
    'article',
    { class: 'document', 'aria-labelledby': 'document-title' },
    element('h2', { id: 'document-title', tabindex: '-1', dir: 'auto' }, title || path),
    element('p', { class: 'place' }, element('span', { dir: 'ltr' }, path)),
    metadataElement(metadata),
    list,
  )
  if (to - from + 1 < lines.length) {
    const all = element('button', { type: 'button' }, `Show all ${lines.length.toLocaleString('en')} lines`)
    all.addEventListener('click', () => {
      list.replaceChildren(...addLines(1, lines.length))
      all.remove()
    })
    article.append(all)
  }
  return article
}

/** By its first letter, as `dir=auto` has it; but that would be found out again for each line that is added. */
function directionOf(text: string): 'ltr' | 'rtl' {
  const letter = /\p{L}/u.exec(text)?.[0] ?? ''
  return RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr'
}

const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u

function windowOf(lines: number, { first, last }: OpenDocument): [from: number, to: number] {
  if (lines <= FEW_LINES) return [1, lines]
  const from = Math.max(1, Math.min(first - FEW_LINES / 4, lines - FEW_LINES + 1))
  return [from, Math.min(lines, Math.max(from + FEW_LINES - 1, last))]
}

function lineElement(
  number: number,
  text: string,
  { path, first, last }: OpenDocument,
  matches: ReadonlyMap<number, readonly Range[]>,
  view: View,
): HTMLElement {
  const ranges = matches.get(number) ?? []
  const isPointedOut = number >= first && number <= last
  const classes = ['line', isPointedOut ? 'pointed' : '', ranges.length > 0 ? 'matching' : '']
  const href = fragmentOf({ ...view, document: { path, first: number, last: number } })
  return element(
    'div',
    { class: classes.filter(Boolean).join(' '), id: `line-${number}` },
    element('a', { class: 'number', href, 'aria-label': `Line ${number}` }, String(number)),
    element('span', { class: 'text', dir: 'auto' }, ...marked(text, merged(ranges, text.length)), '\n'),
  )
}

/** Passages may overlap in a line: marks may not. */
function merged(ranges: readonly Range[], length: number): Range[] {
  const sorted = ranges
    .map(([start, end]): Range => [start, Math.min(end, length)])
    .sort((a, b) => a[0] - b[0])
  const apart: Range[] = []
  for (const [start, end] of sorted) {
    const last = apart.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else if (start < end) apart.push([start, end])
  }
  return apart
}

function metadataElement(metadata: Passage['metadata']): HTMLElement | undefined {
  const entries = Object.entries(metadata)
  if (entries.length === 0) return undefined
  const rows = entries.flatMap(([name, value]) => [
    element('dt', { dir: 'auto' }, name),
    element('dd', { dir: 'auto' }, shown(value)),
  ])
  return element('dl', { class: 'metadata' }, ...rows)
}

/** A list of plain values as a person writes one; what is nested deeper as it is. */
function shown(value: Passage['metadata'][string]): string {
  if (typeof value === 'string') return value
  const isPlain = Array.isArray(value) && value.every(each => typeof each !== 'object')
  return isPlain ? (value as unknown[]).join(', ') : JSON.stringify(value)
}
