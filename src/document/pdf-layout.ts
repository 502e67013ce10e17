/**
 * Lines of a PDF to paragraphs, headings and code. A heading is a line that the file's outline names, or where there is no
 * outline one in larger letters than the text; a paragraph ends where the gap to the next line is wide, also over the end
 * of a page; lines in letters of one width are code. Words parted at a line's end are made whole.
 */
import type { TextBuilder } from './extracted.ts'
import type { PdfLine } from './pdf-lines.ts'
import { withoutRunningLines } from './pdf-running.ts'
import { HyphenatedWords } from './pdf-words.ts'

/** A heading that the file's outline names. */
export interface OutlineEntry {
  readonly title: string
  /** From 1. */
  readonly level: number
  /** 1-based. */
  readonly page: number
}

/** By how much larger letters make a heading. */
const HEADING_SIZE = 1.12
/** UTF-16 units of a heading that is known by its letters alone. */
const HEADING_LIMIT = 160
/** A gap that parts paragraphs, in usual gaps; and the usual gap of lines, in letters, where it cannot be told. */
const PARAGRAPH_GAP = 1.3
const USUAL_GAP = 1.2

/** Lines that belong together. */
interface Block {
  readonly kind: 'text' | 'code' | 'heading'
  /** Of a heading, from 1; else 0. */
  readonly level: number
  readonly lines: PdfLine[]
}

/** Writes the text of all pages, each marked where its text begins. */
export function writePages(
  pages: readonly (readonly PdfLine[])[],
  outline: readonly OutlineEntry[],
  out: TextBuilder,
): void {
  const usual = usualSize(pages.flat())
  const lines = withoutRunningLines(pages, usual).flat()
  const words = new HyphenatedWords(lines)
  let page = 0
  const turnTo = (next: number) => {
    if (next !== page) out.mark('page', next)
    page = next
  }
  for (const block of blocksOf(lines, outline, usual)) {
    turnTo(block.lines[0]!.page)
    if (block.kind === 'heading') out.heading(block.level, block.lines.map(({ text }) => text).join(' '))
    else if (block.kind === 'code') out.code(indented(block.lines))
    else {
      out.break()
      for (const { line, text } of words.whole(block.lines)) {
        turnTo(line.page)
        out.line(text)
      }
      out.break()
    }
  }
}

function blocksOf(lines: readonly PdfLine[], outline: readonly OutlineEntry[], usual: number): Block[] {
  const levelOf = outline.length > 0 ? outlineLevels(lines, outline) : sizeLevels(lines, usual)
  const gap = usualGap(lines, usual)
  const blocks: Block[] = []
  let block: Block | undefined
  for (const line of lines) {
    const level = levelOf(line)
    const kind = level > 0 ? 'heading' : line.mono ? 'code' : 'text'
    const last = block?.lines.at(-1)
    const goesOn =
      block && last && block.kind === kind && block.level === level && follows(last, line, gap, kind)
    if (goesOn) block!.lines.push(line)
    else {
      block = { kind, level, lines: [line] }
      blocks.push(block)
    }
  }
  return blocks
}

/** Whether a line goes on with what the last began. */
function follows(last: PdfLine, line: PdfLine, gap: number, kind: Block['kind']): boolean {
  if (line.page !== last.page) {
    // A sentence that the end of a page has cut.
    return kind === 'text' && !/[.!?:。！？]["'”’»)\]]*$/u.test(last.text) && !/^[\p{Lu}•]/u.test(line.text)
  }
  const down = last.y - line.y
  const usual = gap * Math.max(line.size, last.size)
  // Upwards it is the next column; a sentence may go on there.
  if (down < -line.size) return kind === 'text' && /^\p{Ll}/u.test(line.text)
  if (down > PARAGRAPH_GAP * usual || /^[•‣◦▪]/u.test(line.text)) return false
  return kind !== 'text' || Math.abs(line.size - last.size) < 1.5
}

/** The size of most letters. */
function usualSize(lines: readonly PdfLine[]): number {
  const letters = new Map<number, number>()
  for (const { size, text } of lines) letters.set(size, (letters.get(size) ?? 0) + text.length)
  const [[size] = [10]] = [...letters].sort((one, other) => other[1] - one[1])
  return size
}

/** The usual gap from line to line, as a multiple of the letters' size: the middle one of those of the usual size. */
function usualGap(lines: readonly PdfLine[], usual: number): number {
  const gaps: number[] = []
  for (const [at, line] of lines.entries()) {
    const last = lines[at - 1]
    if (!last || last.page !== line.page || line.size !== usual || last.size !== usual) continue
    const gap = (last.y - line.y) / usual
    if (gap > 0.8 && gap < 3) gaps.push(gap)
  }
  gaps.sort((one, other) => one - other)
  return gaps[gaps.length >> 1] ?? USUAL_GAP
}

/** Levels by the outline: the lines that make up an entry's title, on its page. */
function outlineLevels(
  lines: readonly PdfLine[],
  outline: readonly OutlineEntry[],
): (line: PdfLine) => number {
  const byPage = new Map<number, PdfLine[]>()
  for (const line of lines) {
    const known = byPage.get(line.page)
    if (known) known.push(line)
    else byPage.set(line.page, [line])
  }
  const levels = new Map<PdfLine, number>()
  for (const { title, level, page } of outline) {
    const wanted = letters(title)
    if (wanted === '') continue
    for (const line of titleLines(byPage.get(page) ?? [], wanted))
      if (!levels.has(line)) levels.set(line, level)
  }
  return line => levels.get(line) ?? 0
}

/** One line, or the few that follow one another, whose letters are a title, numbers before it left out. */
function titleLines(lines: readonly PdfLine[], wanted: string): readonly PdfLine[] {
  for (let from = 0; from < lines.length; from++) {
    let text = ''
    for (let to = from; to < Math.min(from + 4, lines.length); to++) {
      text += letters(lines[to]!.text)
      if (text === wanted || withoutNumber(text) === withoutNumber(wanted)) return lines.slice(from, to + 1)
      if (text.length > wanted.length + 12) break
    }
  }
  return []
}

function letters(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join('')
}

function withoutNumber(text: string): string {
  return text.replace(/^(?:chapter|appendix|section)?\d+/u, '') || text
}

/** Levels by size: the largest letters are level 1, and so on. */
function sizeLevels(lines: readonly PdfLine[], usual: number): (line: PdfLine) => number {
  const isLarge = ({ size, text }: PdfLine) =>
    size >= HEADING_SIZE * usual && text.length <= HEADING_LIMIT && /\p{L}/u.test(text)
  const sizes = [...new Set(lines.filter(isLarge).map(({ size }) => size))].sort((one, other) => other - one)
  return line => (isLarge(line) ? Math.min(sizes.indexOf(line.size) + 1, 6) : 0)
}

/** Code with its indentation: letters of one width are six tenths of their size wide. */
function indented(lines: readonly PdfLine[]): string {
  const margin = Math.min(...lines.map(({ left }) => left))
  return lines
    .map(
      ({ text, left, size }) =>
        ' '.repeat(Math.min(40, Math.round((left - margin) / (0.6 * size || 1)))) + text,
    )
    .join('\n')
}
