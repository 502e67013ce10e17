/**
 * MDX: Markdown with components. What it has besides, `import` and `export` at the left edge up to the next blank line, is
 * code; a text that is exported there as `title` is the document's. Tags stay as they stand.
 */
import type { Metadata, Span } from './document.ts'
import { readHead } from './head.ts'
import { LineCursor } from './line.ts'
import { markdown } from './markdown.ts'
import type { DocumentReader, Head } from './reader.ts'

const STATEMENT = /^(?:import|export)(?=[\s{*"'])/u
/** In an exported object or by itself: `export const meta = { title: 'x' }`, `export const title = 'x'`. */
const TITLE = /\btitle\s*[:=]\s*(["'`])((?:(?!\1)[^\\\n]){1,200})\1/u

export const mdx: DocumentReader = {
  ...markdown,
  format: 'mdx',
  extensions: ['.mdx'],
  head(text) {
    const head: Head = readHead(text)
    const title = head.metadata.title ?? exportedTitle(text, head.bodyStart)
    return { ...head, metadata: { ...head.metadata, ...(title === undefined ? {} : { title }) } as Metadata }
  },
  outline(text, bodyStart) {
    const code = statements(text, bodyStart)
    const { headings, fences } = markdown.outline(text, bodyStart)
    return {
      headings: outside(headings, code),
      fences: [...outside(fences, code), ...code].sort((a, b) => a.start - b.start),
    }
  },
  isMarkup: line => STATEMENT.test(line) || /^\s*\{/u.test(line) || markdown.isMarkup(line),
}

/** Those of some spans that begin in none of the others; both in order. */
function outside<T extends Span>(spans: readonly T[], others: readonly Span[]): T[] {
  let at = 0
  return spans.filter(({ start }) => {
    while ((others[at]?.end ?? start + 1) <= start) at++
    return (others[at]?.start ?? start + 1) > start
  })
}

function exportedTitle(text: string, bodyStart: number): string | undefined {
  for (const { start, end } of statements(text, bodyStart)) {
    const found = text.startsWith('export', start) ? TITLE.exec(text.slice(start, end))?.[2] : undefined
    if (found !== undefined) return found
  }
  return undefined
}

/** The stretches of `import` and `export`, outside fenced code. */
function statements(text: string, bodyStart: number): Span[] {
  const { fences } = markdown.outline(text, bodyStart)
  const spans: Span[] = []
  const line = new LineCursor(text, bodyStart)
  let fence = 0
  while (line.advance()) {
    while ((fences[fence]?.end ?? text.length) < line.start) fence++
    if ((fences[fence]?.start ?? text.length) <= line.start) continue
    if (!STATEMENT.test(text.slice(line.start, line.start + 8))) continue
    const { start } = line
    let { end } = line
    while (line.advance() && !line.blank) end = line.end
    spans.push({ start, end })
  }
  return spans
}
