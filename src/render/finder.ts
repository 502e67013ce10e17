/**
 * The screen of an interactive search, as rows: what is asked, the hits, the chosen one in its document, and the keys.
 * Pure: the state comes in, rows go out, each no wider than the terminal.
 */
import type { Hit, SearchResult } from '../search/result.ts'
import { type Paint, painter } from './color.ts'
import { counted, lasted } from './figure.ts'
import { lit, type Marked, replaceMarked, sliceMarked } from './marked.ts'
import { notesOf } from './notes.ts'
import { numberedLines } from './numbered-lines.ts'
import type { PathOf } from './plain.ts'
import { safeLine, safeText } from './safe-text.ts'
import type { SourceLines } from './source-lines.ts'
import { cellWidth, clip, clipStart, clusters } from './width.ts'

/** What there is to see. */
export interface FinderView {
  /** What is being typed: the query, or globs over paths. */
  readonly field: 'query' | 'paths'
  readonly query: string
  readonly paths: string
  /** Place of the cursor in that text, in UTF-16 units. */
  readonly cursor: number
  readonly all: boolean
  readonly exact: boolean
  /** The last answer; undefined before the first. */
  readonly result: SearchResult | undefined
  /** Whether all was looked at before that answer, or more is to come. */
  readonly isFinal: boolean
  /** Place of the chosen hit among those of the answer. */
  readonly chosen: number
  /** The lines around the chosen hit. */
  readonly preview: SourceLines | undefined
  /** Rows the preview has been moved down. */
  readonly scroll: number
  /** What has just happened, in place of the keys. */
  readonly status: string
}

export interface FinderOptions {
  readonly columns: number
  readonly rows: number
  readonly color: boolean
  readonly pathOf: PathOf
  /** What is searched, in figures: shown before anything is asked. */
  readonly documents: number
  readonly passages: number
}

export interface FinderScreen {
  readonly rows: readonly string[]
  /** Place of the cursor, both from 0. */
  readonly cursor: { readonly row: number; readonly column: number }
}

/** Rows of a hit in the list. */
const HIT_ROWS = 2

/** Fewer rows than this leave no room for a preview. */
const LEAST_FOR_PREVIEW = 12

const KEYS: readonly (readonly [key: string, does: string])[] = [
  ['↑↓', 'choose'],
  ['Enter', 'open'],
  ['^Y', 'copy citation'],
  ['Tab', 'paths'],
  ['^X', 'exact'],
  ['^T', 'every word'],
  ['PgDn', 'scroll'],
  ['Esc', 'leave'],
]

/** How the rows are shared out. */
export function finderLayout({ rows }: Pick<FinderOptions, 'rows'>): { hits: number; preview: number } {
  const free = Math.max(rows - 3, HIT_ROWS)
  if (rows < LEAST_FOR_PREVIEW) return { hits: Math.max(Math.floor(free / HIT_ROWS), 1), preview: 0 }
  const hits = Math.max(Math.floor((free * 0.45) / HIT_ROWS), 1)
  return { hits, preview: free - hits * HIT_ROWS - 1 }
}

export function renderFinder(view: FinderView, options: FinderOptions): FinderScreen {
  const paint = painter(options.color)
  const columns = Math.max(options.columns, 20)
  const { hits, preview } = finderLayout(options)
  const prompt = promptRow(view, columns, paint)
  const all = [
    prompt.row,
    paint.faint('─'.repeat(columns)),
    ...padded(hitRows(view, hits, { ...options, columns }, paint), hits * HIT_ROWS),
    ...(preview > 0
      ? [ruleOf(view, columns, paint), ...padded(previewRows(view, preview, columns, paint), preview)]
      : []),
  ]
  const rows = [...padded(all, options.rows - 1).slice(0, options.rows - 1), footOf(view, columns, paint)]
  return { rows, cursor: { row: 0, column: prompt.column } }
}

function padded(rows: readonly string[], count: number): string[] {
  return Array.from({ length: Math.max(count, 0) }, (_, at) => rows[at] ?? '')
}

/** The line that is typed, with the figures on the right where there is room. */
function promptRow(view: FinderView, columns: number, paint: Paint): { row: string; column: number } {
  const sign = view.field === 'query' ? '> ' : 'paths: '
  const typed = safeLine(view.field === 'query' ? view.query : view.paths)
  const room = columns - sign.length - 1
  // A text too long for the row is shown from where its cursor is in sight.
  let start = 0
  for (const cluster of clusters(typed)) {
    if (cellWidth(typed.slice(start, view.cursor)) <= room) break
    start = cluster.start + cluster.text.length
  }
  const shown = clip(typed.slice(start), room)
  const column = sign.length + cellWidth(typed.slice(start, view.cursor))
  const figures = figuresOf(view)
  const gap = columns - sign.length - cellWidth(shown) - cellWidth(figures)
  const right = gap >= 2 ? ' '.repeat(gap) + paint.faint(figures) : ''
  return { row: paint.heading(sign) + shown + right, column }
}

function figuresOf({ result, all, exact, paths, field }: FinderView): string {
  const modes = [
    ...(all ? ['every word'] : []),
    ...(exact ? ['exact'] : []),
    ...(paths !== '' && field === 'query' ? [`in ${safeLine(paths)}`] : []),
  ]
  if (!result) return modes.join(' · ')
  const found = counted(result.total, 'match', 'matches')
  return [...modes, found, lasted(result.tookMs)].join(' · ')
}

function hitRows(
  { result, isFinal, chosen }: FinderView,
  room: number,
  { columns, pathOf, documents, passages }: FinderOptions,
  paint: Paint,
): string[] {
  if (!result) {
    const there = `  Type to search ${counted(passages, 'passage')} of ${counted(documents, 'document')}`
    return [paint.faint(clip(there, columns))]
  }
  if (result.hits.length === 0) {
    if (!isFinal) return [paint.faint('  Nothing so far, looking further')]
    const notes = notesOf(result).map(note => clip(`  ${safeLine(note)}`, columns))
    return [paint.title('  Nothing found'), ...notes.map(paint.faint)]
  }
  const first = Math.min(Math.max(chosen - room + 1, 0), Math.max(result.hits.length - room, 0))
  return result.hits.slice(first, first + room).flatMap((hit, at) => {
    const isChosen = first + at === chosen
    return hitRow(hit, isChosen, columns, pathOf, paint)
  })
}

function hitRow(hit: Hit, isChosen: boolean, columns: number, pathOf: PathOf, paint: Paint): string[] {
  const mark = isChosen ? paint.match('▌') : ' '
  const path = clipStart(safeLine(pathOf(hit)), Math.max(Math.floor(columns * 0.6), columns - 50))
  const place = `${paint.path(path)}:${paint.line(String(hit.line))}`
  const trail =
    hit.heading.length > 0
      ? hit.heading.map(each => safeLine(each).trim()).join(' › ')
      : safeLine(hit.title).trim()
  const room = columns - cellWidth(`${path}:${hit.line}`) - 5
  const head = room > 8 && trail !== '' ? `  ${paint.heading(clip(trail, room))}` : ''
  const text = lit(excerptRow(hit, columns - 5), paint.match)
  return [`${mark} ${isChosen ? paint.title(place) : place}${head}`, `${mark}   ${text}`]
}

/** The excerpt on one row: from a little before its first match. */
function excerptRow({ excerpt, highlights }: Hit, room: number): Marked {
  const safe = { text: safeText(excerpt).replace(/[\t\r\n]/g, ' '), ranges: highlights }
  const first = safe.ranges[0]?.[0] ?? 0
  const last = safe.ranges.at(-1)?.[1] ?? 0
  const from = last <= room ? 0 : wordStart(safe.text, Math.max(first - Math.floor(room / 3), 0))
  const line = replaceMarked(sliceMarked(safe, from, safe.text.length), / {2,}/g, () => ' ')
  const dotted = from > 0 ? `…${line.text}` : line.text
  const shift = from > 0 ? 1 : 0
  const text = clip(dotted, room)
  const end = text.length - (text.endsWith('…') ? 1 : 0)
  return sliceMarkedTo(text, line.ranges, shift, end)
}

function sliceMarkedTo(text: string, ranges: Marked['ranges'], shift: number, end: number): Marked {
  const inside = ranges.map(([from, to]): [number, number] => [from + shift, Math.min(to + shift, end)])
  return { text, ranges: inside.filter(([from, to]) => from < to) }
}

function wordStart(text: string, at: number): number {
  if (at === 0) return 0
  const space = text.indexOf(' ', at)
  return space === -1 || space - at > 20 ? at : space + 1
}

/** The rule over the preview, which names what is below. */
function ruleOf({ result, chosen, preview }: FinderView, columns: number, paint: Paint): string {
  const hit = result?.hits[chosen]
  if (!hit || !preview) return paint.faint('─'.repeat(columns))
  const name = clip(safeLine(hit.title || hit.path), columns - 8)
  return `${paint.faint('──')} ${paint.title(name)} ${paint.faint('─'.repeat(Math.max(columns - cellWidth(name) - 4, 0)))}`
}

/** The lines around the chosen hit, those with its matches in the middle where there are as many on either side. */
function previewRows({ preview, scroll }: FinderView, room: number, columns: number, paint: Paint): string[] {
  if (!preview) return []
  const rows = numberedLines(preview, columns, paint)
  const around = numberedLines({ ...preview, before: [] }, columns, paint).length
  const after = numberedLines({ ...preview, before: [], text: '', ranges: [] }, columns, paint).length - 1
  const before = rows.length - around
  const own = around - after
  const centred = Math.max(before - Math.max(Math.floor((room - own) / 2), 1), 0)
  const start = Math.min(Math.max(centred + scroll, 0), Math.max(rows.length - room, 0))
  return rows.slice(start, start + room)
}

/** The keys, or what has just happened. */
function footOf({ status }: FinderView, columns: number, paint: Paint): string {
  if (status !== '') return paint.title(clip(safeLine(status), columns))
  let text = ''
  let width = 0
  for (const [key, does] of KEYS) {
    const more = cellWidth(`${key} ${does}`) + (width > 0 ? 3 : 0)
    if (width + more > columns) break
    text += `${width > 0 ? '   ' : ''}${key} ${paint.faint(does)}`
    width += more
  }
  return text
}
