/**
 * Markdown: ATX and setext headings, and fenced code, as CommonMark has them. Apart from it, on purpose:
 * - A setext heading is one line. A rule set right under a paragraph by mistake makes no heading of the paragraph.
 * - A fence may be indented by any width and may follow list marks, because fences in lists are; one in a block quote
 *   ends with the quote. An unclosed fence runs to the end of the text.
 * - A heading without words, or on a line of more than {@link HEADING_LIMIT} units, is text.
 * Indented code, lists, quotes and tables are text; headings in them, in comments and in fences are none.
 */
import type { Heading, Span } from './document.ts'
import { isSpace, LineCursor } from './line.ts'
import { type DocumentReader, HEADING_LIMIT, type Outline, onOneLine } from './reader.ts'

const SPACE = 32
const TAB = 9
const HASH = 35
const STAR = 42
const PLUS = 43
const DASH = 45
const EQUALS = 61
const GREATER = 62
const LOW_LINE = 95
const BACKTICK = 96
const TILDE = 126

export const markdown: DocumentReader = {
  format: 'markdown',
  extensions: ['.md', '.markdown', '.mkd'],
  outline: (text, bodyStart) => new MarkdownScan(text, bodyStart).read(),
  plainText,
  isMarkup: line => /^\s*(?:<|!\[|\[[^\]]*\]:|`{3}|~{3})/u.test(line),
}

class MarkdownScan {
  readonly #text: string
  readonly #line: LineCursor
  readonly #headings: Heading[] = []
  readonly #fences: Span[] = []
  /** The line above, where it is the first of a paragraph and so may turn out to be a heading; start -1 for none. */
  #above = { start: -1, first: -1, end: -1 }
  #inParagraph = false

  constructor(text: string, bodyStart: number) {
    this.#text = text
    this.#line = new LineCursor(text, bodyStart)
  }

  read(): Outline {
    const line = this.#line
    while (line.advance()) {
      const apart = line.blank || this.#fence() || this.#comment() || this.#atxHeading()
      if (apart || this.#setextHeading() || this.#rule()) {
        this.#inParagraph = false
        this.#above.start = -1
      } else {
        this.#paragraphLine()
      }
    }
    return { headings: this.#headings, fences: this.#fences }
  }

  #paragraphLine(): void {
    const { start, first, end } = this.#line
    const opens = !this.#inParagraph && this.#isShallow()
    const mayBeHeading = opens && this.#containerEnd(start, end) === first
    this.#above = { start: mayBeHeading ? start : -1, first, end }
    this.#inParagraph = true
  }

  #atxHeading(): boolean {
    const text = this.#text
    const { start, first, end } = this.#line
    if (text.charCodeAt(first) !== HASH || !this.#isShallow()) return false
    let at = first
    while (at < end && at - first < 7 && text.charCodeAt(at) === HASH) at++
    const level = at - first
    if (level > 6 || (at < end && !isSpace(text.charCodeAt(at)))) return false
    let to = end
    while (to > at && isSpace(text.charCodeAt(to - 1))) to--
    let closing = to
    while (closing > at && text.charCodeAt(closing - 1) === HASH) closing--
    if (closing === at || isSpace(text.charCodeAt(closing - 1))) to = closing
    return this.#heading(start, end, level, text.slice(at, to))
  }

  #setextHeading(): boolean {
    const text = this.#text
    const { first, end } = this.#line
    const unit = text.charCodeAt(first)
    if (this.#above.start < 0 || (unit !== EQUALS && unit !== DASH) || !this.#isShallow()) return false
    let at = first
    while (at < end && text.charCodeAt(at) === unit) at++
    while (at < end && isSpace(text.charCodeAt(at))) at++
    if (at < end) return false
    const title = text.slice(this.#above.first, this.#above.end)
    return this.#heading(this.#above.start, end, unit === EQUALS ? 1 : 2, title)
  }

  /** A thematic break: three or more of one sign, with white space between or not. */
  #rule(): boolean {
    const { first, end } = this.#line
    const unit = this.#text.charCodeAt(first)
    if (unit !== DASH && unit !== STAR && unit !== LOW_LINE) return false
    let signs = 0
    for (let at = first; at < end; at++) {
      const next = this.#text.charCodeAt(at)
      if (next === unit) signs++
      else if (!isSpace(next)) return false
    }
    return signs >= 3
  }

  #heading(start: number, end: number, level: number, markup: string): boolean {
    const text = plainText(markup)
    if (text === '') return false
    this.#headings.push({ start, end, level, text })
    return true
  }

  /** Whether the line may be part of a heading: not indented as code, and not too long. */
  #isShallow(): boolean {
    const { start, first, end } = this.#line
    if (first - start > 3 || end - start > HEADING_LIMIT) return false
    for (let at = start; at < first; at++) if (this.#text.charCodeAt(at) === TAB) return false
    return true
  }

  /** A comment that begins with this line; leaves the cursor on its last line. */
  #comment(): boolean {
    const { first } = this.#line
    if (!this.#text.startsWith('<!--', first) || this.#inParagraph) return false
    const close = this.#text.indexOf('-->', first)
    const last = close < 0 ? this.#text.length : close
    while (this.#line.next <= last && this.#line.advance());
    return true
  }

  /** A fence that opens on this line; leaves the cursor on its last line. */
  #fence(): boolean {
    const text = this.#text
    const line = this.#line
    const { start, end } = line
    const open = this.#containerEnd(start, end)
    const unit = text.charCodeAt(open)
    if (unit !== BACKTICK && unit !== TILDE) return false
    const width = runLength(text, open, end, unit)
    if (width < 3 || (unit === BACKTICK && holds(text, open + width, end, BACKTICK))) return false
    const quoted = text.charCodeAt(line.first) === GREATER
    let last = end
    for (let next = line.next; line.advance(); next = line.next) {
      if (quoted && text.charCodeAt(line.first) !== GREATER) {
        line.skipTo(next)
        break
      }
      if (!line.blank) last = line.end
      if (this.#closesFence(unit, width, quoted)) break
    }
    this.#fences.push({ start, end: last })
    return true
  }

  #closesFence(unit: number, width: number, quoted: boolean): boolean {
    const text = this.#text
    const { first, end } = this.#line
    let at = first
    while (quoted && at < end && (text.charCodeAt(at) === GREATER || isSpace(text.charCodeAt(at)))) at++
    const run = runLength(text, at, end, unit)
    if (run < width) return false
    at += run
    while (at < end && isSpace(text.charCodeAt(at))) at++
    return at === end
  }

  /** Where the line's content begins: after indentation, quote signs and list marks. */
  #containerEnd(start: number, end: number): number {
    const text = this.#text
    let at = start
    while (at < end) {
      const unit = text.charCodeAt(at)
      if (isSpace(unit) || unit === GREATER) {
        at++
        continue
      }
      const mark = listMarkLength(text, at, end)
      if (mark === 0) break
      at += mark
    }
    return at
  }
}

/** Length of a bullet or a number with `.` or `)`, where white space or the line's end follows; else 0. */
function listMarkLength(text: string, at: number, end: number): number {
  const unit = text.charCodeAt(at)
  let to = at
  if (unit === DASH || unit === STAR || unit === PLUS) {
    to++
  } else {
    while (to < end && to - at < 9 && text.charCodeAt(to) >= 48 && text.charCodeAt(to) <= 57) to++
    if (to === at || !/[.)]/u.test(text.charAt(to))) return 0
    to++
  }
  const after = text.charCodeAt(to)
  return to >= end || after === SPACE || after === TAB ? to - at : 0
}

function runLength(text: string, at: number, end: number, unit: number): number {
  let to = at
  while (to < end && text.charCodeAt(to) === unit) to++
  return to - at
}

function holds(text: string, at: number, end: number, unit: number): boolean {
  for (let i = at; i < end; i++) if (text.charCodeAt(i) === unit) return true
  return false
}

/** Code spans and escapes are set aside first, so that what stands in them is not read as markup. */
function plainText(markup: string): string {
  if (!/[`\\<[*_{]/u.test(markup)) return onOneLine(markup)
  const kept: string[] = []
  const keep = (words: string) => `\0${kept.push(words) - 1}\0`
  const stripped = markup
    .replace(/(?<!`)(`{1,8})(?!`)([^`]+)\1(?!`)/gu, (_, _ticks, code: string) => keep(code.trim()))
    .replace(/\\([!-/:-@[-`{-~])/gu, (_, sign: string) => keep(sign))
    .replace(/<\/?[a-z][^<>]*>/giu, '')
    .replace(/!?\[([^[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^[\]]*\])/gu, '$1')
    .replace(/(\*{1,3})(?=\S)([^*]*[^*\s])\1/gu, '$2')
    .replace(/(?<![\p{L}\p{N}_])(_{1,3})(?=[^\s_])(.*?[^_\s])\1(?![\p{L}\p{N}_])/gu, '$2')
    .replace(/\s*\{[#.:][^{}]*\}\s*$/u, '')
    .replace(/\0(\d+)\0/gu, (all, number: string) => kept[Number(number)] ?? all)
  return onOneLine(stripped)
}
