/**
 * An answer as JSON Lines, in the shape grep tools have made usual: for each document `begin`, its `match`es (with
 * `context` around them where it is asked for) and `end`; last a `summary`. Offsets in these count bytes of UTF-8.
 * What is ours stands beside: `score` and `hit` in a match, the rest of the answer in the summary.
 */
import type { Hit, SearchResult } from '../search/result.ts'
import { byDocument } from './by-document.ts'
import { renderJson } from './json.ts'
import type { PathOf } from './plain.ts'
import type { ContextLine, SourceLines } from './source-lines.ts'

export interface EventOptions {
  readonly pathOf: PathOf
  /** Bytes of the text that was searched. */
  readonly textBytes: number
}

/** All events of an answer; `lines` are those of its hits, best first. */
export function renderEvents(
  result: SearchResult,
  lines: readonly SourceLines[],
  options: EventOptions,
): string {
  let text = ''
  let matched = 0
  let matches = 0
  const documents = byDocument(lines, ({ hit }) => hit)
  for (const group of documents) {
    const events = group.map(each => renderMatch(each, options.pathOf)).join('')
    const stats = statsOf(group, result.tookMs, Buffer.byteLength(events))
    const path = { text: options.pathOf(group[0]!.hit) }
    text += event('begin', { path })
    text += events
    text += event('end', { path, binary_offset: null, stats })
    matched += stats.matched_lines
    matches += stats.matches
  }
  const { hits: _, ...rest } = result
  const stats = {
    elapsed: elapsed(result.tookMs),
    searches: result.indexes.reduce((sum, { documents }) => sum + documents, 0),
    searches_with_match: documents.length,
    bytes_searched: options.textBytes,
    bytes_printed: Buffer.byteLength(text),
    matched_lines: matched,
    matches,
  }
  return text + event('summary', { elapsed_total: elapsed(result.tookMs), stats, ...rest })
}

function renderMatch(
  { hit, text, line, offset, ranges, before, after }: SourceLines,
  pathOf: PathOf,
): string {
  const path = { text: pathOf(hit) }
  const context = ({ line, offset, text }: ContextLine) =>
    event('context', { path, lines: { text }, line_number: line, absolute_offset: offset, submatches: [] })
  const submatches = ranges.map(([start, end]) => ({
    match: { text: text.slice(start, end) },
    start: Buffer.byteLength(text.slice(0, start)),
    end: Buffer.byteLength(text.slice(0, end)),
  }))
  const match = event('match', {
    path,
    lines: { text },
    line_number: line,
    absolute_offset: offset,
    submatches,
    score: hit.score,
    hit: withoutText(hit),
  })
  return before.map(context).join('') + match + after.map(context).join('')
}

/** What the event has not said yet. */
function withoutText({ excerpt: _e, highlights: _h, truncated: _t, score: _s, ...rest }: Hit) {
  return rest
}

function statsOf(lines: readonly SourceLines[], tookMs: number, printed: number) {
  return {
    elapsed: elapsed(tookMs),
    searches: 1,
    searches_with_match: 1,
    bytes_searched: 0,
    bytes_printed: printed,
    matched_lines: lines.reduce((sum, { text }) => sum + text.split(/\r\n?|\n/).filter(Boolean).length, 0),
    matches: lines.reduce((sum, { ranges }) => sum + ranges.length, 0),
  }
}

function elapsed(ms: number) {
  const secs = Math.floor(ms / 1000)
  return { secs, nanos: Math.round((ms - secs * 1000) * 1e6), human: `${(ms / 1000).toFixed(6)}s` }
}

function event(type: string, data: unknown): string {
  return renderJson({ type, data })
}
