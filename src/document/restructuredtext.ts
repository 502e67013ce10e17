/**
 * reStructuredText: section titles with an underline or with overline and underline, told as docutils tells them:
 * - A title with an underline alone is the first line of a block, not indented; no list item, directive or field.
 * - An adornment is a line of one punctuation sign, as long as the title; one of four signs or more may be too short.
 * - Levels come in the order in which the styles (sign, overlined or not) first appear. Wrong nesting is no error here.
 * A rule between blank lines is a transition and no heading. What is indented is never a heading.
 *
 * Fences are the bodies of code directives, with the directive's line. Literal blocks after `::` are paragraphs, cut at
 * blank lines like any: in most documents they are what prose is for another.
 */
import type { Heading, Span } from './document.ts'
import { isSpace, LineCursor } from './line.ts'
import { type DocumentReader, HEADING_LIMIT, type Outline, onOneLine } from './reader.ts'

const TAB = 9
const POINT = 46
const TAB_WIDTH = 8

export const restructuredText: DocumentReader = {
  format: 'restructuredtext',
  extensions: ['.rst', '.rest'],
  outline: (text, bodyStart) => new RestructuredTextScan(text, bodyStart).read(),
  plainText,
  isMarkup: line => /^\s*(?:\.\.(?:\s|$)|:[^:`\s][^:`]*:(?:\s|$))/u.test(line),
}

/** What a line may be to a heading. */
type LineKind =
  | 'blank'
  | 'text' // not indented
  | 'indented'
  | 'adornment'
  | 'markup' // directive, comment, target, list item, field: part of no title, but one may follow at once
  | 'underline' // an adornment that has its title

interface Line extends Span {
  readonly kind: LineKind
  /** Whether a text line begins its block. */
  readonly opens: boolean
}

const NOTHING: Line = { start: 0, end: 0, kind: 'blank', opens: false }

class RestructuredTextScan {
  readonly #text: string
  readonly #line: LineCursor
  readonly #headings: Heading[] = []
  readonly #fences: Span[] = []
  readonly #styles: string[] = []
  #above: Line = NOTHING
  #above2: Line = NOTHING

  constructor(text: string, bodyStart: number) {
    this.#text = text
    this.#line = new LineCursor(text, bodyStart)
  }

  read(): Outline {
    const { start } = this.#line
    this.#above = this.#above2 = { ...NOTHING, start, end: start }
    while (this.#line.advance()) {
      const kind = this.#kind()
      if (kind === 'adornment' && this.#heading()) this.#shift('underline')
      else if (kind === 'markup' && this.#fence()) this.#shift('blank')
      else this.#shift(kind)
    }
    return { headings: this.#headings, fences: this.#fences }
  }

  #shift(kind: LineKind): void {
    const { start, end } = this.#line
    const opens = kind === 'text' && this.#above.kind !== 'text'
    this.#above2 = this.#above
    this.#above = { start, end, kind, opens }
  }

  #kind(): LineKind {
    const text = this.#text
    const { start, first, end } = this.#line
    if (first === end) return 'blank'
    const unit = text.charCodeAt(first)
    if (unit === POINT && isExplicitMarkup(text, first, end)) return 'markup'
    if (first > start) return 'indented'
    if (!isPunctuation(unit)) return 'text'
    if (isAdornment(text, start, end)) return 'adornment'
    return end - start <= HEADING_LIMIT && BODY_MARKUP.test(text.slice(start, end)) ? 'markup' : 'text'
  }

  /** Whether the adornment in hand is the underline of a heading; notes the heading. */
  #heading(): boolean {
    const { end } = this.#line
    const over = this.#above2
    const title = this.#above
    const sign = this.#text.charAt(this.#line.start)
    const hasTitle = title.kind === 'text' || title.kind === 'indented' || title.kind === 'markup'
    if (!hasTitle || title.end - title.start > HEADING_LIMIT) return false
    const overlined = over.kind === 'adornment' && this.#text.charAt(over.start) === sign
    if (!overlined && !title.opens) return false
    const markup = this.#text.slice(title.start, title.end).trim()
    const width = this.#adornmentLength()
    if (width < 4 && width < markup.length) return false
    const text = plainText(markup)
    if (text === '') return false
    const start = overlined ? over.start : title.start
    this.#headings.push({ start, end, level: this.#level(overlined ? sign + sign : sign), text })
    return true
  }

  #adornmentLength(): number {
    let { end } = this.#line
    while (isSpace(this.#text.charCodeAt(end - 1))) end--
    return end - this.#line.start
  }

  #level(style: string): number {
    const known = this.#styles.indexOf(style)
    return known < 0 ? this.#styles.push(style) : known + 1
  }

  /** A code directive on this line; leaves the cursor before the first line after its body. */
  #fence(): boolean {
    const text = this.#text
    const line = this.#line
    const { start, first, end } = line
    CODE_DIRECTIVE.lastIndex = first
    if (!CODE_DIRECTIVE.test(text)) return false
    const indent = this.#indent()
    let last = end
    while (line.advance()) {
      if (line.blank) continue
      if (this.#indent() <= indent) {
        line.skipTo(line.start)
        break
      }
      last = line.end
    }
    if (last > end) this.#fences.push({ start, end: last })
    return true
  }

  /** Columns before the line's first sign. */
  #indent(): number {
    const { start, first } = this.#line
    let columns = 0
    for (let at = start; at < first; at++) {
      columns += this.#text.charCodeAt(at) === TAB ? TAB_WIDTH - (columns % TAB_WIDTH) : 1
    }
    return columns
  }
}

const CODE_DIRECTIVE = /\.\. (?:code-block|code|sourcecode|parsed-literal|prompt|productionlist)::/uy
/** Bullets, line blocks, doctests, fields, anonymous targets. */
const BODY_MARKUP = /^(?:[-*+|]\s|>>> |__\s|:[^:`\s](?:[^:`]|:(?!\s|$))*:(?:\s|$))/u

function isExplicitMarkup(text: string, first: number, end: number): boolean {
  if (text.charCodeAt(first + 1) !== POINT) return false
  return first + 2 >= end || isSpace(text.charCodeAt(first + 2))
}

/** Punctuation of ASCII. */
function isPunctuation(unit: number): boolean {
  return (
    (unit >= 33 && unit <= 47) ||
    (unit >= 58 && unit <= 64) ||
    (unit >= 91 && unit <= 96) ||
    (unit >= 123 && unit <= 126)
  )
}

/** One sign over and over, then white space at most. `::` alone announces a literal block. */
function isAdornment(text: string, start: number, end: number): boolean {
  const unit = text.charCodeAt(start)
  let at = start + 1
  while (at < end && text.charCodeAt(at) === unit) at++
  if (at === start + 2 && text.startsWith('::', start)) return false
  while (at < end && isSpace(text.charCodeAt(at))) at++
  return at === end
}

function plainText(markup: string): string {
  if (!/[`\\*]/u.test(markup)) return onOneLine(markup)
  const kept: string[] = []
  const keep = (words: string) => `\0${kept.push(words) - 1}\0`
  const stripped = markup
    .replace(/``(.+?)``/gu, (_, code: string) => keep(code))
    .replace(/\\(.)/gu, (_, sign: string) => (isSpace(sign.charCodeAt(0)) ? '' : keep(sign)))
    .replace(
      /((?::[\w.+-]+)+:)?`([^`]+)`(?::[\w.+-]+:|__?)?/gu,
      (_, role: string | undefined, words: string) => interpreted(words, role !== undefined),
    )
    .replace(/(\*{1,2})(?=\S)([^*]*[^*\s])\1/gu, '$2')
    .replace(/\0(\d+)\0/gu, (all, number: string) => kept[Number(number)] ?? all)
  return onOneLine(stripped)
}

/** What is shown of text between backticks: not the target; of `~a.b.c` in a role the last part. */
function interpreted(words: string, hasRole: boolean): string {
  const target = words.indexOf('<')
  if (target > 0 && words.endsWith('>')) return words.slice(0, target)
  if (hasRole && words.startsWith('~')) return words.slice(words.lastIndexOf('.') + 1).replace(/^~/u, '')
  return hasRole && words.startsWith('!') ? words.slice(1) : words
}
