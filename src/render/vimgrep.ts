/**
 * Hits for an editor's quickfix list: `path:line:column:text`, as grep tools print it. The column counts bytes of
 * UTF-8 from 1, the text is the line of the match.
 */
import type { Hit } from '../search/result.ts'
import type { PathOf } from './plain.ts'
import { safeLine } from './safe-text.ts'

/** A hit with the whole line its match stands in; '' where that line is not to be had. */
export interface HitLine {
  readonly hit: Hit
  readonly line: string
}

/** `separator` parts the path from the rest. */
export function renderVimgrep(hits: readonly HitLine[], pathOf: PathOf, separator: ':' | '\0' = ':'): string {
  return hits
    .map(({ hit, line }) => {
      const text = safeLine(matchedLine(hit).trimEnd())
      const path = separator === '\0' ? pathOf(hit) : safeLine(pathOf(hit))
      return `${path}${separator}${hit.line}:${byteColumn(hit, line)}:${text}\n`
    })
    .join('')
}

/** What the excerpt has of the line of the match. */
function matchedLine({ excerpt, highlights }: Hit): string {
  const at = highlights[0]?.[0] ?? 0
  const start = lineStart(excerpt, at)
  const length = excerpt.slice(start).search(/[\r\n]/)
  return length === -1 ? excerpt.slice(start) : excerpt.slice(start, start + length)
}

/**
 * Bytes before the match in its line, and one. Where the line given is not that of the match (the file has changed
 * since), the excerpt's part of the line has to do.
 */
function byteColumn(hit: Hit, line: string): number {
  const at = hit.highlights[0]?.[0] ?? 0
  const units = hit.column - 1
  const seen = hit.excerpt.slice(lineStart(hit.excerpt, at), at)
  const before = line.slice(0, units)
  if (before.length === units && before.endsWith(seen)) return Buffer.byteLength(before) + 1
  return Math.max(units - seen.length, 0) + Buffer.byteLength(seen) + 1
}

function lineStart(text: string, at: number): number {
  return Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1
}
