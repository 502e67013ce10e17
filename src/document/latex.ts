/**
 * LaTeX and BibTeX: sectioning commands are headings, verbatim environments code, `\title`, `\author` and `\date` metadata.
 * Accents written by commands are read as letters, so that Schr\"odinger is found; all else stays as it stands. No macro
 * is expanded, nothing included.
 */
import type { Heading, Metadata, Span } from './document.ts'
import { withAccents } from './latex-accents.ts'
import { LineCursor } from './line.ts'
import { type DocumentReader, HEADING_LIMIT, type Head, onOneLine } from './reader.ts'

const LEVELS: Readonly<Record<string, number>> = {
  part: 1,
  chapter: 2,
  section: 3,
  subsection: 4,
  subsubsection: 5,
  paragraph: 6,
  subparagraph: 7,
  frametitle: 5,
}
const SECTION =
  /^\s*\\(part|chapter|section|subsection|subsubsection|paragraph|subparagraph|frametitle)\*?\s*(?:\[[^\]]*\]\s*)?\{/u
const VERBATIM = /^\s*\\begin\s*\{(verbatim\*?|Verbatim|lstlisting|minted|alltt|comment)\}/u
/** UTF-16 units at the head in which the title is looked for. */
const HEAD = 65_536

export const latex: DocumentReader = {
  format: 'latex',
  extensions: ['.tex', '.latex', '.ltx', '.bib'],
  decoded,
  head: readTitlePage,
  outline: (text, bodyStart) => {
    const headings: Heading[] = []
    const fences: Span[] = []
    const line = new LineCursor(text, bodyStart)
    while (line.advance()) {
      const start = line.start
      const environment = environmentAt(text, line)
      if (environment !== undefined) fences.push({ start, end: environmentEnd(text, line, environment) })
      else addHeading(headings, text, line)
    }
    return { headings, fences }
  },
  plainText,
  isMarkup: line => /^\s*[%\\@]/u.test(line),
}

/** What stands verbatim is left as it stands. */
function decoded(text: string): string {
  if (!text.includes('\\')) return text
  const pieces: string[] = []
  const line = new LineCursor(text)
  let at = 0
  while (line.advance()) {
    const environment = environmentAt(text, line)
    if (environment === undefined) continue
    pieces.push(withAccents(text.slice(at, line.start)))
    at = line.start
    const end = environmentEnd(text, line, environment)
    pieces.push(text.slice(at, end))
    at = end
  }
  return pieces.join('') + withAccents(text.slice(at))
}

function environmentAt(text: string, { first, start, end }: LineCursor): string | undefined {
  if (text.charAt(first) !== '\\') return undefined
  return VERBATIM.exec(text.slice(start, Math.min(end, start + HEADING_LIMIT)))?.[1]
}

/** The end of a verbatim environment, the text's where it has none. Leaves the cursor on its last line. */
function environmentEnd(text: string, line: LineCursor, environment: string): number {
  const close = text.indexOf(`\\end{${environment}}`, line.start)
  const last = close < 0 ? text.length : close
  while (line.end < last && line.advance());
  return line.end
}

/** The words of a command may go on over lines; the heading then covers these. Leaves the cursor on the last of them. */
function addHeading(headings: Heading[], text: string, line: LineCursor): void {
  const { start } = line
  if (text.charAt(line.first) !== '\\') return
  const [command, name] = SECTION.exec(text.slice(start, start + HEADING_LIMIT)) ?? []
  const words = command === undefined ? undefined : argumentAt(text, start + command.length)
  if (words === undefined) return
  const to = start + command!.length + words.length
  while (line.end < to && line.advance());
  const heading = plainText(words)
  if (heading !== '') headings.push({ level: LEVELS[name!]!, text: heading, start, end: line.end })
}

/** What stands from `start` to the brace that closes it; undefined where that is not near. */
function argumentAt(text: string, start: number): string | undefined {
  let depth = 1
  for (let at = start; at < text.length && at - start <= HEADING_LIMIT; at++) {
    const sign = text.charAt(at)
    if (sign === '\\') at++
    else if (sign === '{') depth++
    else if (sign === '}' && --depth === 0) return text.slice(start, at)
  }
  return undefined
}

function readTitlePage(text: string): Head {
  const head = text.slice(0, HEAD)
  const metadata: Metadata = {}
  for (const key of ['title', 'author', 'date']) {
    const found = new RegExp(`^[^%\\n]*?\\\\${key}\\s*(?:\\[[^\\]\\n]{0,200}\\]\\s*)?\\{`, 'mu').exec(head)
    const value = found && argumentAt(head, found.index + found[0].length)
    if (!value || /\\today\b/u.test(value)) continue
    const parts = key === 'author' ? value.split(/\\and\b/u).map(plainText) : [plainText(value)]
    const kept = parts.filter(part => part !== '')
    if (kept.length > 0) metadata[key] = kept.length === 1 ? kept[0]! : kept
  }
  return { metadata, bodyStart: 0 }
}

function plainText(markup: string): string {
  return onOneLine(
    markup
      .replace(/%.*$/gmu, '')
      .replace(/\\(?:label|thanks|footnote|index|cite\w*|ref|href|url)\s*(?:\[[^\]]*\])?\{[^{}]*\}/gu, '')
      .replace(/\\\\(?:\[[^\]]*\])?|~/gu, ' ')
      .replace(/\\([&%$#_{}])/gu, '$1')
      .replace(/\\[\p{L}@]+\*?\s*/gu, '')
      .replace(/[{}$]/gu, ''),
  )
}
