/**
 * Breaks an excerpt into lines of a width. The source's own lines are kept where they may mean something (lists,
 * tables, code, verse); lines that only a width had cut are joined first, so that prose fills the width it has here.
 */
import { type Edit, editMarked, type Marked, replaceMarked, sliceMarked } from './marked.ts'
import { cellWidth, clusters } from './width.ts'

/** A line shorter than this was not cut by a width: the next one begins anew. In UTF-16 units. */
const SHORTEST_FULL_LINE = 40

/** Begins a line of prose, if no letter beyond ASCII does: a letter, a digit that numbers no list, a quote or bracket. */
const PROSE_START = /^(?!\d+[.)]\s)[A-Za-z0-9("'“‘«„*_`]/

/** Begins or ends a block whose lines stand for themselves. */
const FENCE = /^\s*(?:```|~~~)/

/**
 * Blank lines are left out, tabs are four spaces, trailing spaces go. With `keepsLines` no lines are joined: in a program
 * or a table they mean something, however they begin.
 */
export function wrap(marked: Marked, width: number, keepsLines = false): Marked[] {
  const loose = withoutLooseSpace(replaceMarked(marked, /\t/g, () => '    '))
  const joined = keepsLines ? loose : joinProse(loose)
  const lines: Marked[] = []
  let start = 0
  for (const line of joined.text.split('\n')) {
    if (line !== '') lines.push(...wrapLine(sliceMarked(joined, start, start + line.length), width))
    start += line.length + 1
  }
  return lines
}

/** A number with its unit, which stay together. */
const MEASURED = /(\d) (?=(?:ms|s|min|k?B|[MGT]B)\b)/g

/** Keeps together what stands on both sides of it. */
export const NO_BREAK = '\u00a0'

/** A sentence of our own in lines of a width; what it begins with of spaces, all of them do. */
export function wrapPlain(text: string, width: number): string[] {
  const [indent] = /^ */.exec(text)!
  const glued = text.slice(indent.length).replace(MEASURED, `$1${NO_BREAK}`)
  return wrap({ text: glued, ranges: [] }, Math.max(1, width - indent.length)).map(
    line => `${indent}${line.text.replaceAll(NO_BREAK, ' ')}`,
  )
}

/**
 * A sentence that names files and commands, in lines of a width: broken at spaces only. What is longer than a line stays
 * in one piece, which a terminal breaks where it must and gives back whole to who copies it.
 */
export function wrapWords(text: string, width: number): string[] {
  const [indent] = /^ */.exec(text)!
  const lines: string[] = []
  let line = ''
  for (const word of text.slice(indent.length).replace(MEASURED, `$1${NO_BREAK}`).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && cellWidth(longer) > width - indent.length) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line].map(each => `${indent}${each.replaceAll(NO_BREAK, ' ')}`)
}

/** Takes the spaces at the ends of lines, and blank lines with their line break. */
function withoutLooseSpace(marked: Marked): Marked {
  const edits: Edit[] = []
  let start = 0
  for (const line of marked.text.split('\n')) {
    const kept = line.trimEnd().length
    const end = Math.min(start + line.length + (kept === 0 ? 1 : 0), marked.text.length)
    if (end > start + kept) edits.push({ start: start + kept, end, text: '' })
    start += line.length + 1
  }
  return editMarked(marked, edits)
}

function beginsProse(line: string): boolean {
  return PROSE_START.test(line) || (line.charCodeAt(0) > 127 && /^[\p{L}\p{N}]/u.test(line))
}

/** Line breaks within prose become spaces; between characters of scripts without spaces, nothing. */
function joinProse(marked: Marked): Marked {
  const { text } = marked
  let lineStart = 0
  let isFenced = false
  const isJoint = new Set<number>()
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    const line = text.slice(lineStart, at)
    if (FENCE.test(line)) isFenced = !isFenced
    const isFull = cellWidth(line) >= SHORTEST_FULL_LINE
    const next = text.slice(at + 1, at + 12)
    if (isFull && !isFenced && beginsProse(next) && !FENCE.test(next) && isProse(line)) isJoint.add(at)
    lineStart = at + 1
  }
  let at = -1
  return replaceMarked(marked, /\n/g, () => {
    at = text.indexOf('\n', at + 1)
    if (!isJoint.has(at)) return '\n'
    return isWide(text, at - 1) && isWide(text, at + 1) ? '' : ' '
  })
}

/** A line that is no heading, quotation or row of a table. */
function isProse(line: string): boolean {
  return !/^\s*[#>|]/.test(line)
}

function isWide(text: string, at: number): boolean {
  return cellWidth(text[at] ?? '') === 2
}

/** What closes, goes on or lengthens what stands before it, and begins no line. */
const NEVER_FIRST =
  /^[、。，．・：；？！）］｝】」』〉》〕…‥ー々ゝゞヽヾぁぃぅぇぉっゃゅょァィゥェォッャュョ％”’]/u

/** One line into as many as it needs: at spaces, beside wide characters, else anywhere. */
export function wrapLine(line: Marked, width: number): Marked[] {
  if (cellWidth(line.text) <= width) return [line]
  const lines: Marked[] = []
  const indent = /^ */.exec(line.text)![0].length
  let start = 0
  let used = 0
  let breakAt = -1
  let usedAtBreak = 0
  let next: { readonly at: number; readonly used: number } | undefined
  const cut = (end: number): void => {
    lines.push(trimmed(line, start, end))
    start = end
    while (line.text[start] === ' ') start++
  }
  for (const cluster of clusters(line.text)) {
    const isSpace = cluster.text === ' '
    if (cluster.start < start) continue
    if (next && !NEVER_FIRST.test(cluster.text)) {
      breakAt = next.at
      usedAtBreak = next.used
    }
    next = undefined
    // What is left after a break may still be too long: a space that goes with it was no place for another.
    while (!isSpace && used + cluster.width > width && cluster.start > start) {
      if (breakAt > start) {
        used -= usedAtBreak
        cut(breakAt)
      } else {
        used = 0
        cut(cluster.start)
      }
      breakAt = -1
    }
    used += cluster.width
    const end = cluster.start + cluster.text.length
    if ((isSpace && end > indent) || cluster.width === 2) next = { at: end, used }
  }
  if (start < line.text.length) lines.push(trimmed(line, start, line.text.length))
  return lines
}

function trimmed(line: Marked, start: number, end: number): Marked {
  let last = end
  while (last > start && line.text[last - 1] === ' ') last--
  return sliceMarked(line, start, last)
}
