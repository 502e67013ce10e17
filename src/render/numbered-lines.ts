/**
 * Lines of a source with their numbers, as grep tools print them: `12:` before a line with a match, `12-` before one
 * around it. Lines that are too wide go on below, beside the number; those without a match not very far.
 */
import type { Paint } from './color.ts'
import { lit, type Marked, replaceMarked, sliceMarked } from './marked.ts'
import { safeText } from './safe-text.ts'
import type { SourceLines } from './source-lines.ts'
import { clip } from './width.ts'
import { wrapLine } from './wrap.ts'

/** Rows of a line that is only there for the sake of others. */
const MOST_ROWS = 3

interface Numbered {
  readonly line: number
  readonly marked: Marked
}

/** Rows of at most `width` cells. */
export function numberedLines(
  { text, line, ranges, before, after }: SourceLines,
  width: number,
  paint: Paint,
): string[] {
  const own = linesOf({ text, ranges }, line)
  const around = (lines: typeof before): Numbered[] =>
    lines.flatMap(each => linesOf({ text: each.text, ranges: [] }, each.line))
  const all = [...around(before), ...own, ...around(after)]
  const digits = String(all.at(-1)?.line ?? line).length
  const room = Math.max(width - digits - 2, 1)
  return all.flatMap(({ line: number, marked }) => {
    const isMatch = marked.ranges.length > 0
    const head = paint.line(String(number).padStart(digits)) + (isMatch ? ':' : paint.faint('-'))
    const isOwn = own.some(each => each.line === number)
    const rows = wrapLine(isOwn ? marked : clipped(marked, room * MOST_ROWS), room)
    return rows.map((row, at) =>
      `${at === 0 ? head : ' '.repeat(digits + 1)} ${lit(row, paint.match)}`.trimEnd(),
    )
  })
}

/** The lines of a text, safe, without line ends; tabs are four spaces. */
function linesOf(marked: Marked, first: number): Numbered[] {
  const plain = replaceMarked(marked, /\r\n?/g, () => '\n')
  const safe = replaceMarked({ text: safeText(plain.text), ranges: plain.ranges }, /\t/g, () => '    ')
  const lines: Numbered[] = []
  let start = 0
  const texts = safe.text.replace(/\n$/, '').split('\n')
  for (const [at, text] of texts.entries()) {
    lines.push({ line: first + at, marked: sliceMarked(safe, start, start + text.trimEnd().length) })
    start += text.length + 1
  }
  return lines
}

function clipped({ text }: Marked, cells: number): Marked {
  // Not all of a megabyte has to be measured to see that it is too long.
  return { text: clip(text.slice(0, 2 * cells), cells), ranges: [] }
}
