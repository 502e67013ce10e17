/**
 * AsciiDoc: section titles (`==`, `##`, and the older ones with a line under them), delimited blocks as code, attributes of
 * the document's head as metadata. Attributes are not put in where they are referred to, and nothing is included.
 */
import type { Heading, Metadata, Span } from './document.ts'
import { readHead } from './head.ts'
import { LineCursor } from './line.ts'
import { type DocumentReader, HEADING_LIMIT, type Head, type Outline, onOneLine } from './reader.ts'

/** Blocks whose lines are taken as they stand: listing, literal, passed through, comment, fenced code. */
const BLOCK = /^(?:-{4,}|\.{4,}|\+{4,}|\/{4,}|`{3,}.*)$/u
const SECTION = /^(={1,6}|#{1,6})[ \t]+(\S.*?)(?:[ \t]+\1)?$/u
/** The signs under a title of two lines, outermost first. */
const UNDERLINES = '=-~^+'
const ATTRIBUTE = /^:([\p{L}\p{N}_][\p{L}\p{N}_-]*):(?:[ \t]+(.*?))?$/u
const AUTHOR = /^(\p{L}[^<:]{0,100}?)[ \t]*<([^<>\s]{3,200})>$/u
const REVISION = /^(?:v?(\d[\d.]*))?(?:,?[ \t]*(\d{4}-\d\d-\d\d))?(?:[ \t]*:.*)?$/u

export const asciidoc: DocumentReader = {
  format: 'asciidoc',
  extensions: ['.adoc', '.asciidoc', '.asc'],
  accepts: text => !text.startsWith('-----BEGIN '),
  head: readAttributes,
  outline,
  plainText,
  isMarkup: line =>
    /^(?:\/\/|:[^:\s]+:|\[.*\]\s*$|(?:ifdef|ifndef|ifeval|endif|include|image)::)/u.test(line),
}

function outline(text: string, bodyStart: number): Outline {
  const headings: Heading[] = []
  const fences: Span[] = []
  const line = new LineCursor(text, bodyStart)
  /** The line above, where it is the first of its paragraph. */
  let above: Span | undefined
  let inParagraph = false
  while (line.advance()) {
    const { start, end } = line
    const content = end - start > HEADING_LIMIT ? ' ' : text.slice(start, end).trimEnd()
    const level = above ? underlineLevel(text.slice(above.start, above.end), content) : 0
    const section = SECTION.exec(content)
    if (level > 0) add(headings, level, text.slice(above!.start, above!.end), above!.start, end)
    else if (section) add(headings, section[1]!.length, section[2]!, start, end)
    else if (BLOCK.test(content)) fences.push({ start, end: blockEnd(text, line, content) })
    else {
      above = line.blank || inParagraph || content === ' ' ? undefined : { start, end }
      inParagraph = !line.blank
      continue
    }
    above = undefined
    inParagraph = false
  }
  return { headings, fences }
}

function add(headings: Heading[], level: number, markup: string, start: number, end: number): void {
  const text = plainText(markup)
  if (text !== '') headings.push({ level, text, start, end })
}

/** The level of a title with that line under it, as long as it is give or take two; 0 where it is none. */
function underlineLevel(title: string, line: string): number {
  const sign = line.charAt(0)
  const level = UNDERLINES.indexOf(sign) + 1
  const length = title.trimEnd().length
  if (level === 0 || line.length < 3 || Math.abs(line.length - length) > 2) return 0
  return line === sign.repeat(line.length) && /^[\p{L}\p{N}]/u.test(title) ? level : 0
}

/** The end of the block that the cursor's line opens; leaves the cursor on its last line. */
function blockEnd(text: string, line: LineCursor, open: string): number {
  const close = open.startsWith('`') ? /^`{3,}/u.exec(open)![0] : open
  let { end } = line
  while (line.advance()) {
    if (!line.blank) end = line.end
    if (line.end - line.start <= HEADING_LIMIT && text.slice(line.start, line.end).trimEnd() === close) break
  }
  return end
}

/**
 * Attributes, author and revision under the title, and attributes before it; front matter where there is any. Where there
 * is more than a title, all of it is head, and the body starts after it.
 */
function readAttributes(text: string): Head {
  const head = readHead(text)
  const metadata: Metadata = {}
  const line = new LineCursor(text, head.bodyStart)
  let title: string | undefined
  let end = head.bodyStart
  let place = 0
  while (line.advance()) {
    const content = line.end - line.start > HEADING_LIMIT ? ' ' : text.slice(line.start, line.end).trimEnd()
    if (content.startsWith('//') || (content === '' && place === 0)) continue
    const facts =
      attribute(content) ?? (place === 1 ? author(content) : null) ?? (place > 0 ? revision(content) : null)
    if (facts) {
      Object.assign(metadata, facts)
      end = line.next
    } else if (place > 0 || !/^=[ \t]+\S/u.test(content)) break
    else title = plainText(content)
    if (title !== undefined) place++
  }
  const titled = title !== undefined && end > head.bodyStart ? { title } : {}
  return { metadata: { ...metadata, ...titled, ...head.metadata }, bodyStart: end }
}

function attribute(line: string): Metadata | null {
  const [, key, value = ''] = ATTRIBUTE.exec(line) ?? []
  return key === undefined ? null : { [key.toLowerCase()]: typed(value) }
}

function author(line: string): Metadata | null {
  const [, name, address] = AUTHOR.exec(line) ?? []
  return name === undefined ? null : { author: name, email: address! }
}

function revision(line: string): Metadata | null {
  const [, number, date] = REVISION.exec(line) ?? []
  if (number === undefined && date === undefined) return null
  return { ...(number === undefined ? {} : { revision: number }), ...(date === undefined ? {} : { date }) }
}

/** An attribute without a value is set. */
function typed(value: string): string | number | boolean {
  if (value === '') return true
  return /^[+-]?\d+(?:\.\d+)?$/u.test(value) ? Number(value) : value
}

function plainText(markup: string): string {
  return onOneLine(
    markup
      .replace(/^={1,6}[ \t]+/u, '')
      .replace(/\[\[[^\]]*\]\]|\(\(\(.*?\)\)\)/gu, '')
      .replace(/<<[^<>,]*,([^<>]*)>>/gu, '$1')
      .replace(/(?:link:|https?:\/\/|mailto:)[^\s[\]]*\[([^\]]+)\]/gu, '$1')
      .replace(/(?<![\p{L}\p{N}])(\*\*?|__?|``?|\+\+?|##?)(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}])/gu, '$2')
      .replace(/\{(?:nbsp|zwsp)\}/gu, ' '),
  )
}
