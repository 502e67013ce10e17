/**
 * Org: headlines, blocks as code, keywords of the head (`#+TITLE:`) and properties before the first headline as metadata.
 * States, priorities and tags of a headline are no part of its words.
 */
import type { Heading, Metadata, MetadataValue, Span } from './document.ts'
import { LineCursor } from './line.ts'
import { type DocumentReader, HEADING_LIMIT, type Head, type Outline, onOneLine } from './reader.ts'

const HEADLINE = /^(\*+)[ \t]+(\S.*)$/u
const BLOCK = /^[ \t]*#\+begin_(\S+)/iu
const KEYWORD = /^[ \t]*#\+([\p{L}\p{N}_-]+):[ \t]*(.*)$/u
const PROPERTY = /^[ \t]*:([^\s:]+):[ \t]+(.*)$/u
/** Blocks of prose, whose blank lines part paragraphs. */
const PROSE = new Set(['quote', 'verse', 'center', 'abstract'])
/** States of a task, where the file names none of its own. */
const STATE = /^(?:TODO|DONE|NEXT|WAITING|HOLD|CANCELL?ED|IN-PROGRESS|STARTED)(?=\s|$)/u
/** Keywords that speak to a program, not of the text. */
const SETTINGS = new Set([
  'options',
  'startup',
  'todo',
  'seq_todo',
  'setupfile',
  'include',
  'name',
  'results',
])

export const org: DocumentReader = {
  format: 'org',
  extensions: ['.org'],
  head: readKeywords,
  outline,
  plainText,
  isMarkup: line => /^\s*(?:#(?:\s|\+|$)|:[^\s:]+:)/u.test(line),
}

function outline(text: string, bodyStart: number): Outline {
  const headings: Heading[] = []
  const fences: Span[] = []
  const line = new LineCursor(text, bodyStart)
  while (line.advance()) {
    const { start, end } = line
    if (end - start > HEADING_LIMIT) continue
    const content = text.slice(start, end)
    const headline = HEADLINE.exec(content)
    const block = BLOCK.exec(content)?.[1]?.toLowerCase()
    if (headline) {
      const words = plainText(headline[2]!)
      if (words !== '') headings.push({ level: headline[1]!.length, text: words, start, end })
    } else if (block !== undefined && !PROSE.has(block)) {
      fences.push({ start, end: blockEnd(text, line, block) })
    }
  }
  return { headings, fences }
}

/** The end of a block, which a headline ends too. Leaves the cursor on the last line of the block. */
function blockEnd(text: string, line: LineCursor, block: string): number {
  const close = `#+end_${block}`
  let { end } = line
  for (let { next } = line; line.advance(); next = line.next) {
    if (text.startsWith('*', line.start) && HEADLINE.test(text.slice(line.start, line.end))) {
      line.skipTo(next)
      break
    }
    if (!line.blank) end = line.end
    if (text.slice(line.first, line.first + close.length).toLowerCase() === close) break
  }
  return end
}

/** Keywords and properties up to the first line that is neither, nor a comment. */
function readKeywords(text: string): Head {
  const metadata: Metadata = {}
  const line = new LineCursor(text)
  let bodyStart = 0
  while (line.advance()) {
    if (line.blank) continue
    const content = line.end - line.start > HEADING_LIMIT ? '' : text.slice(line.start, line.end).trimEnd()
    const [, key, value] = KEYWORD.exec(content) ?? PROPERTY.exec(content) ?? []
    const name = key?.toLowerCase()
    if (name !== undefined && value && !SETTINGS.has(name)) metadata[name] = typed(name, value)
    if (name === undefined && !/^\s*(?:#(?:\s|$)|:(?:PROPERTIES|END):)/iu.test(content)) break
    bodyStart = line.next
  }
  return { metadata, bodyStart }
}

/** Tags are a list; a date in brackets is a date. */
function typed(key: string, value: string): MetadataValue {
  if (key === 'filetags') return value.split(/[:\s]+/u).filter(tag => tag !== '')
  if (/^[+-]?\d+(?:\.\d+)?$/u.test(value)) return Number(value)
  const date = /^[<[](\d{4}-\d\d-\d\d)(?:[ \p{L}.]*?(\d\d?:\d\d))?[^>\]]*[>\]]$/u.exec(value)
  return date ? date.slice(1).filter(Boolean).join(' ') : value
}

function plainText(markup: string): string {
  return onOneLine(
    markup
      .replace(/^\*+[ \t]+/u, '')
      .replace(STATE, '')
      .replace(/^\s*\[#.\]/u, '')
      .replace(/[ \t]+(?::[\p{L}\p{N}_@#%]+)+:\s*$/u, '')
      .replace(/\[\[[^[\]]*\]\[([^[\]]*)\]\]/gu, '$1')
      .replace(/\[\[([^[\]]*)\]\]/gu, '$1')
      .replace(/(?<![\p{L}\p{N}])([*/_=~+])(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}])/gu, '$2'),
  )
}
