/**
 * Text with ranges that are to be lit, and the one way to change it: replacements that carry the ranges along.
 */
import type { Range } from '../search/result.ts'
import type { Brush } from './color.ts'

/** Ranges are half-open, in UTF-16 units of the text, ascending, not overlapping. */
export interface Marked {
  readonly text: string
  readonly ranges: readonly Range[]
}

/** A stretch of text to put another in the place of. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Replaces every match of a global expression. */
export function replaceMarked(marked: Marked, pattern: RegExp, replace: (match: string) => string): Marked {
  const edits: Edit[] = []
  for (const match of marked.text.matchAll(pattern)) {
    edits.push({ start: match.index, end: match.index + match[0].length, text: replace(match[0]) })
  }
  return editMarked(marked, edits)
}

/** Makes edits that are in order and apart. A range that begins or ends inside one stays on what takes its place. */
export function editMarked({ text, ranges }: Marked, edits: readonly Edit[]): Marked {
  if (edits.length === 0) return { text, ranges }
  let result = ''
  let at = 0
  for (const edit of edits) {
    result += text.slice(at, edit.start) + edit.text
    at = edit.end
  }
  const moved = movedBy(edits)
  const places = ranges.map(([start, end]): Range => [moved(start), moved(end)])
  return { text: result + text.slice(at), ranges: places.filter(([start, end]) => end > start) }
}

/** Where a place of the old text is in the new one. Asked in ascending order. */
function movedBy(edits: readonly Edit[]): (place: number) => number {
  let next = 0
  let shift = 0
  return place => {
    while (next < edits.length && edits[next]!.end <= place) {
      const { start, end, text } = edits[next++]!
      shift += text.length - (end - start)
    }
    const edit = edits[next]
    if (edit === undefined || place <= edit.start) return place + shift
    return edit.start + shift + Math.min(place - edit.start, edit.text.length)
  }
}

/** A part of it; ranges are cut at its ends. */
export function sliceMarked({ text, ranges }: Marked, start: number, end: number): Marked {
  const inside: Range[] = []
  for (const range of ranges) {
    const from = Math.max(range[0], start)
    const to = Math.min(range[1], end)
    if (from < to) inside.push([from - start, to - start])
  }
  return { text: text.slice(start, end), ranges: inside }
}

/** The text with its ranges painted. */
export function lit({ text, ranges }: Marked, brush: Brush): string {
  let result = ''
  let at = 0
  for (const [start, end] of ranges) {
    result += text.slice(at, start) + brush(text.slice(start, end))
    at = end
  }
  return result + text.slice(at)
}
