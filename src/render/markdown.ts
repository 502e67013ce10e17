/**
 * An answer as Markdown, to paste into a note, a ticket or a conversation: a heading for each document, each hit with
 * its place and its text as a quotation, matches in bold. The text reads as the source has it: what Markdown or HTML
 * would take for a sign of its own is escaped.
 */
import type { Hit, SearchResult } from '../search/result.ts'
import { alsoIn } from './also.ts'
import { byDocument } from './by-document.ts'
import { counted } from './figure.ts'
import { lit, type Marked, replaceMarked } from './marked.ts'
import { notesOf } from './notes.ts'
import type { PathOf } from './plain.ts'
import { safeLine, safeText } from './safe-text.ts'

export function renderMarkdown(result: SearchResult, pathOf: PathOf): string {
  const parts = byDocument(result.hits, hit => hit).map(hits => renderDocument(hits, pathOf))
  const notes = notesOf(result).map(note => `${escaped(safeLine(note))}.`)
  const found = `${counted(result.hits.length, 'hit')} of ${counted(result.total, 'match', 'matches')}`
  return `${[...parts, [`*${found} for* ${code(result.query)}`, ...notes].join('  \n')].join('\n\n')}\n`
}

function renderDocument(hits: readonly Hit[], pathOf: PathOf): string {
  const [first] = hits
  const title = first!.title.trim() === '' ? pathOf(first!) : first!.title
  return [`### ${escaped(safeLine(title).trim())}`, ...hits.map(hit => renderHit(hit, pathOf))].join('\n\n')
}

function renderHit(hit: Hit, pathOf: PathOf): string {
  const path = pathOf(hit)
  // Angle brackets let a link hold spaces; line ends and brackets it cannot.
  const target = `<${safeLine(path).replace(/[<>\\]/g, sign => encodeURIComponent(sign))}#L${hit.line}>`
  const trail = hit.heading.map(each => escaped(safeLine(each).trim())).join(' › ')
  const place = `[${escaped(safeLine(path))}:${hit.line}](${target})${trail === '' ? '' : ` ${trail}`}`
  const [before, after] = hit.truncated
  const marked = { text: safeText(hit.excerpt.replace(/\r\n?|\n/g, '\n')), ranges: rangesOf(hit) }
  const body = lit(escapedMarked(marked), text => `**${text}**`)
  const lines = `${before ? '…' : ''}${body.trimEnd()}${after ? '…' : ''}`.split('\n')
  const also = alsoIn(hit, pathOf)
  const quoted = lines.map(line => `> ${line}`.trimEnd()).join('  \n')
  return [place, quoted, ...(also === '' ? [] : [escaped(also)])].join('\n\n')
}

/** Ranges over the excerpt once its line ends are single characters; one that spans lines is lit on each. */
function rangesOf({ excerpt, highlights }: Hit): Marked['ranges'] {
  const plain = replaceMarked({ text: excerpt, ranges: highlights }, /\r\n?/g, () => '\n')
  return plain.ranges.flatMap(([start, end]) => {
    const pieces: [number, number][] = []
    for (const match of plain.text.slice(start, end).matchAll(/[^\s](?:[^\n]*[^\s])?/g)) {
      pieces.push([start + match.index, start + match.index + match[0].length])
    }
    return pieces
  })
}

/** Signs within a line; signs and spaces at its start; the dot after a number there. */
const SIGNS = /[\\`*_[\]<>&~]|(?<=^[ \t]*)(?:[-+=#|:]|[ \t])|(?<=^[ \t]*\d+)[.)]/gm

function escaped(text: string): string {
  return escapedMarked({ text, ranges: [] }).text
}

function escapedMarked(marked: Marked): Marked {
  return replaceMarked(marked, SIGNS, sign => {
    if (sign === '<') return '&lt;'
    if (sign === '&') return '&amp;'
    // Four spaces would begin a block of code, in which escapes are shown.
    if (sign === ' ') return '\u00a0'
    return sign === '\t' ? '\u00a0'.repeat(4) : `\\${sign}`
  })
}

/** Text between as many backquotes as it takes. */
function code(text: string): string {
  const line = safeLine(text)
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`
}
