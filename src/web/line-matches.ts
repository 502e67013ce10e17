/** Where in the lines of a document its matches stand. Pure. */
import type { Hit, Passage, Range } from '../search/result.ts'

/** The lines of a passage, without their ends. */
export function linesOf({ text }: Pick<Passage, 'text'>): string[] {
  const lines = text.split(/\r\n|\r|\n/)
  if (lines.length > 1 && lines.at(-1) === '') lines.pop()
  return lines
}

/**
 * By 1-based line, the ranges of it that match. Hits come with their whole passage as the excerpt; where a highlight
 * goes over the end of a line it is one range in each.
 */
export function matchesByLine(hits: readonly Hit[]): Map<number, Range[]> {
  const byLine = new Map<number, Range[]>()
  for (const { excerpt, highlights, line, column } of hits) {
    const lit = highlights[0]?.[0] ?? 0
    const before = excerpt.slice(0, lit).split(/\r\n|\r|\n/)
    const firstLine = line - before.length + 1
    // Only the excerpt's first line may begin somewhere else than at column 1.
    const shift = before.length === 1 ? column - 1 - lit : 0
    for (const [start, end] of highlights) {
      const above = excerpt.slice(0, start).split(/\r\n|\r|\n/)
      let number = firstLine + above.length - 1
      let from = above.at(-1)!.length + (above.length === 1 ? shift : 0)
      for (const piece of excerpt.slice(start, end).split(/\r\n|\r|\n/)) {
        if (piece !== '') byLine.set(number, [...(byLine.get(number) ?? []), [from, from + piece.length]])
        number++
        from = 0
      }
    }
  }
  return byLine
}
