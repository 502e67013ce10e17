/** The figures of an index for a person, with bars for what they are made of. */
import type { IndexStats } from '../search/result.ts'
import { barChart, type Row, table } from './chart.ts'
import { type Paint, painter } from './color.ts'
import { counted, grouped, sized, sparkline } from './figure.ts'
import { reasonName } from './reason.ts'
import { safeLine } from './safe-text.ts'
import { cellWidth } from './width.ts'
import { wrapLine, wrapPlain } from './wrap.ts'

/** Rows of a table that is sorted by size; the rest is one row. */
const MOST_ROWS = 12

export function renderStats(stats: IndexStats, { color, width }: { color: boolean; width: number }): string {
  const paint = painter(color)
  const figures: Row[] = [
    { label: 'documents', value: stats.documents, shown: grouped(stats.documents) },
    { label: 'passages', value: stats.chunks, shown: grouped(stats.chunks) },
    { label: 'words', value: stats.tokens, shown: grouped(stats.tokens) },
    { label: 'different words', value: stats.terms, shown: grouped(stats.terms) },
    { label: 'text', value: stats.textBytes, shown: sized(stats.textBytes) },
    { label: 'index', value: stats.indexBytes, shown: `${sized(stats.indexBytes)}` },
  ]
  const name = safeLine(stats.index)
  const made = `  format ${stats.formatVersion}, analyzer ${safeLine(stats.analyzer)}`
  const isRoomy = cellWidth(name + made) <= width
  const parts = [
    [
      ...(isRoomy ? [paint.title(name) + made] : [paint.title(name), ...wrapPlain(made, width)]),
      ...withShare(figures, stats, width, paint),
    ],
    chart('Parts of the index', sizesOf(stats), sized, width, paint),
    chart('Formats, by documents', stats.formats, grouped, width, paint),
    chart('Files not indexed, by reason', reasonsOf(stats), grouped, width, paint),
    chart('Languages, by documents', stats.languages, grouped, width, paint),
    chart('Folders, by documents', stats.folders, grouped, width, paint),
    sizeLines(stats, paint),
    wordLines(stats, width, paint),
    segmentLines(stats, width, paint),
  ]
  return `${parts
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`
}

/** The figures; beside the last, the bytes of the index, their share of the text, or below it where there is no room. */
function withShare(
  figures: readonly Row[],
  { indexBytes, textBytes }: IndexStats,
  width: number,
  paint: Paint,
): string[] {
  const lines = table(figures, paint)
  if (textBytes === 0) return lines
  const share = `  ${(indexBytes / textBytes).toFixed(2)} of the text`
  const taken = cellWidth(table(figures, painter(false)).at(-1)! + share)
  return taken <= width ? [...lines.slice(0, -1), lines.at(-1)! + share] : [...lines, `  ${share}`]
}

/** Bytes of each part, over all segments; what lies between the parts and outside of segments is `other`. */
function sizesOf({ segments, indexBytes }: IndexStats): Record<string, number> {
  const sizes: Record<string, number> = {}
  let known = 0
  for (const { sections } of segments) {
    for (const [name, bytes] of Object.entries(sections)) {
      sizes[name] = (sizes[name] ?? 0) + bytes
      known += bytes
    }
  }
  return known < indexBytes ? { ...sizes, other: indexBytes - known } : sizes
}

/** Files that could not be indexed, by the name of the reason. */
function reasonsOf({ leftOut = {} }: IndexStats): Record<string, number> {
  return Object.fromEntries(Object.entries(leftOut).map(([reason, count]) => [reasonName(reason), count]))
}

/** How many documents there are of each size, as a line of bars. */
function sizeLines({ sizes }: IndexStats, paint: Paint): string[] {
  const limits = Object.keys(sizes).map(Number)
  if (limits.length < 2) return []
  const counts: number[] = []
  for (let limit = Math.min(...limits); limit <= Math.max(...limits); limit *= 2)
    counts.push(sizes[limit] ?? 0)
  const ends = [Math.min(...limits), Math.max(...limits)].map(limit => paint.faint(sized(limit)))
  return [paint.title('Documents by size'), `  ${ends[0]} ${paint.bar(sparkline(counts))} ${ends[1]}`]
}

/** The words most passages have, as running text. */
function wordLines({ topTerms }: IndexStats, width: number, paint: Paint): string[] {
  if (topTerms.length === 0) return []
  const words = topTerms
    .map(({ term, chunks }) => `${safeLine(term)}\u00a0${grouped(chunks)}`)
    .join('\u00a0· ')
  const rows = wrapLine({ text: words, ranges: [] }, width - 2)
  return [
    paint.title('Commonest words, by passages'),
    ...rows.map(({ text }) => `  ${text.replaceAll('\u00a0', ' ')}`),
  ]
}

/** What each run of indexing has added, oldest first, where it was more than one. */
function segmentLines({ segments }: IndexStats, width: number, paint: Paint): string[] {
  if (segments.length < 2) return []
  const rows = Object.fromEntries(
    segments.map(({ documents, bytes }, at) => [
      `${at + 1}  ${counted(documents, 'document')}, ${sized(bytes)}`,
      documents,
    ]),
  )
  return chart('Segments, oldest first', rows, grouped, width, paint, false)
}

function chart(
  heading: string,
  values: Record<string, number>,
  show: (value: number) => string,
  width: number,
  paint: Paint,
  sorted = true,
): string[] {
  const entries = sorted ? topRows(values) : Object.entries(values)
  const rows = entries.map(([label, value]) => ({ label, value, shown: show(value) }))
  return barChart(heading, rows, width, paint)
}

function topRows(values: Record<string, number>): [string, number][] {
  const sorted = Object.entries(values).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  if (sorted.length <= MOST_ROWS) return sorted
  const rest = sorted.slice(MOST_ROWS - 1).reduce((sum, [, value]) => sum + value, 0)
  return [...sorted.slice(0, MOST_ROWS - 1), [`${sorted.length - MOST_ROWS + 1} more`, rest]]
}
