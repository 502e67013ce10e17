/**
 * Text taken out of a file that is not its own lines: paragraphs, headings and code put down one after another, each
 * with the place it came from. In come the pieces from a format's extractor, out comes a {@link Document}, whose lines
 * are those of the text taken out. The structure goes along as marks, so that the index holds all of it.
 */
import type { Document, Heading, Metadata, Span } from './document.ts'
import { LineCursor } from './line.ts'
import type { Mark } from './marks.ts'
import { plain } from './plain.ts'
import { HEADING_LIMIT, onOneLine } from './reader.ts'
import { findTitle, type Title } from './title.ts'

/** What an extractor gives: plain data, so that it can come from another thread. */
export interface Extracted {
  readonly text: string
  /** '' for a document that has no title and whose first line is none; left out, it is looked for as in any text. */
  readonly title?: string
  readonly metadata?: Metadata
  /** By line, ascending, those of {@link OUTLINE_KINDS} included. */
  readonly marks: readonly Mark[]
  /** What may be missing or wrong, for the report: one line. */
  readonly doubt?: string
}

/** Puts a text together. Pieces are cleaned: line ends become `\n`, what is no text becomes a space. */
export class TextBuilder {
  readonly #pieces: string[] = []
  readonly #marks: Mark[] = []
  /** Marks that wait for the line they begin at, by kind. */
  readonly #waiting = new Map<string, string | number>()
  #line = 1
  /** Line breaks to come before the next piece. */
  #gap = 0
  #length = 0

  /** UTF-16 units so far. */
  get length(): number {
    return this.#length
  }

  /** From the next piece on the reader is there. Of several before one piece the last counts. */
  mark(kind: string, value: string | number): void {
    this.#waiting.delete(kind)
    this.#waiting.set(kind, value)
  }

  /** A piece apart from what stands before and after it. */
  paragraph(text: string): void {
    this.#apart(cleaned(text))
  }

  /** Paragraphs with blank lines between them. */
  paragraphs(text: string): void {
    for (const piece of cleaned(text).split(/\n(?:[ \t]*\n)+/u))
      this.paragraph(piece.replace(/^\n+/u, '').trimEnd())
  }

  /** A piece on a line of its own, in the paragraph of the line before it. */
  line(text: string): void {
    const piece = cleaned(text).replace(/^\s*\n|\s+$/gu, '')
    if (piece === '') return
    this.#put(piece)
    this.#gap = 1
  }

  /** What comes next begins a paragraph. */
  break(): void {
    if (this.#length > 0) this.#gap = 2
  }

  /** A heading; `level` from 1. One too long is text. */
  heading(level: number, text: string): void {
    const words = onOneLine(cleaned(text))
    if (words === '') return
    this.break()
    if (words.length <= HEADING_LIMIT) this.mark('heading', level)
    this.#apart(words)
  }

  /** The title, where it stands in the text. Of several the first counts. */
  title(text: string): void {
    const words = onOneLine(cleaned(text))
    if (words === '') return
    this.break()
    if (!this.#marks.some(({ kind }) => kind === 'title')) this.mark('title', 0)
    this.#apart(words)
  }

  /** Code, whose blank lines part nothing. */
  code(text: string): void {
    const piece = cleaned(text)
      .replace(/^(?:[ \t]*\n)+/u, '')
      .trimEnd()
    if (piece === '') return
    this.break()
    this.mark('code', 1 + count(piece, '\n'))
    this.#apart(piece)
  }

  finish(known: Partial<Omit<Extracted, 'text' | 'marks'>> = {}): Extracted {
    return { text: this.#length > 0 ? `${this.#pieces.join('')}\n` : '', marks: this.#marks, ...known }
  }

  #apart(piece: string): void {
    if (piece.trim() === '') return
    this.break()
    this.#put(piece.replace(/^\s*\n|\s+$/gu, ''))
    this.#gap = 2
  }

  #put(piece: string): void {
    const breaks = '\n'.repeat(this.#gap)
    this.#line += breaks.length
    for (const [kind, value] of this.#waiting) this.#marks.push({ line: this.#line, kind, value })
    this.#waiting.clear()
    this.#pieces.push(breaks, piece)
    this.#line += count(piece, '\n')
    this.#length += breaks.length + piece.length
  }
}

/** The document of what was taken out of a file. */
export function extractedDocument(
  format: string,
  { text, title, metadata = {}, marks }: Extracted,
): Document {
  const outline = outlineOf(text, marks)
  const found = titleOf(text, title, metadata, outline)
  const line = outline.titleLine ?? (found.titleSpan && outline.lineAt(found.titleSpan.start))
  const known = line === undefined || outline.titleLine !== undefined ? marks : withTitle(marks, line)
  const { headings, fences } = outline
  return { text, format, ...found, metadata, bodyStart: 0, headings, fences, marks: known }
}

function titleOf(text: string, given: string | undefined, metadata: Metadata, outline: Outlined): Title {
  const { headings, titleSpan } = outline
  const title = given ?? (typeof metadata.title === 'string' ? onOneLine(metadata.title) : undefined)
  if (titleSpan) return { title: title ?? onOneLine(text.slice(titleSpan.start, titleSpan.end)), titleSpan }
  if (title === '') return { title }
  return findTitle(plain, text, 0, title === undefined ? {} : { title }, headings)
}

interface Outlined {
  readonly headings: Heading[]
  readonly fences: Span[]
  readonly titleSpan: Span | undefined
  readonly titleLine: number | undefined
  /** The 1-based line that begins at an offset. */
  lineAt(start: number): number | undefined
}

/** The structure of a text, from its marks. */
function outlineOf(text: string, marks: readonly Mark[]): Outlined {
  const headings: Heading[] = []
  const fences: Span[] = []
  const starts: number[] = []
  const ends: number[] = []
  const line = new LineCursor(text)
  while (line.advance()) {
    starts.push(line.start)
    ends.push(line.end)
  }
  let titleSpan: Span | undefined
  let titleLine: number | undefined
  for (const { line: number, kind, value } of marks) {
    const start = starts[number - 1]
    const end = ends[number - 1]
    if (start === undefined || end === undefined) continue
    if (kind === 'heading') headings.push({ level: Number(value), text: text.slice(start, end), start, end })
    else if (kind === 'code') fences.push({ start, end: ends[number - 2 + Number(value)] ?? text.length })
    else if (kind === 'title') [titleSpan, titleLine] = [{ start, end }, number]
  }
  const lineAt = (start: number) => {
    const at = starts.indexOf(start)
    return at < 0 ? undefined : at + 1
  }
  return { headings, fences, titleSpan, titleLine, lineAt }
}

function withTitle(marks: readonly Mark[], line: number): Mark[] {
  const at = marks.findIndex(mark => mark.line > line)
  const title = { line, kind: 'title', value: 0 }
  return at < 0 ? [...marks, title] : [...marks.slice(0, at), title, ...marks.slice(at)]
}

function count(text: string, sign: string): number {
  let found = 0
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) found++
  return found
}

/** Other signs of control than tab and line feed have no place in a text. */
function cleaned(text: string): string {
  return (
    text
      .replace(/\r\n?|\u0085|\u2028|\u2029/gu, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
      .replace(/[\u0000-\u0008\u000b-\u001f\ufeff]/gu, ' ')
      .replace(/\p{Surrogate}/gu, '\ufffd')
  )
}
