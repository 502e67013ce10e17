/** The figures of an index for a person, with bars for what they are made of. */
import type { IndexStats } from '../search/result.ts'
import { barChart, type Row, table } from './chart.ts'
import { type Paint, painter } from './color.ts'
import { grouped, sized } from './figure.ts'
import { safeLine } from './safe-text.ts'

/** Rows of a table that is sorted by size; the rest is one row. */
const MOST_ROWS = 12

export function renderStats(stats: IndexStats, { color, width }: { color: boolean; width: number }): string {
  const paint = painter(color)
  const share = stats.textBytes > 0 ? `  ${(stats.indexBytes / stats.textBytes).toFixed(2)} of the text` : ''
  const figures: Row[] = [
    { label: 'documents', value: stats.documents, shown: grouped(stats.documents) },
    { label: 'passages', value: stats.chunks, shown: grouped(stats.chunks) },
    { label: 'words', value: stats.tokens, shown: grouped(stats.tokens) },
    { label: 'different words', value: stats.terms, shown: grouped(stats.terms) },
    { label: 'text', value: stats.textBytes, shown: sized(stats.textBytes) },
    { label: 'index', value: stats.indexBytes, shown: `${sized(stats.indexBytes)}` },
  ]
  const parts = [
    [
      `${paint.title(safeLine(stats.index))}  format ${stats.formatVersion}, analyzer ${safeLine(stats.analyzer)}`,
      ...table(figures, paint).map((line, row) => (row === figures.length - 1 ? line + share : line)),
    ],
    chart('Parts of the index', sizesOf(stats), sized, width, paint),
    chart('Formats, by documents', stats.formats, grouped, width, paint),
    chart('Languages, by documents', stats.languages, grouped, width, paint),
  ]
  return `${parts
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`
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

function chart(
  heading: string,
  values: Record<string, number>,
  show: (value: number) => string,
  width: number,
  paint: Paint,
): string[] {
  const rows = topRows(values).map(([label, value]) => ({ label, value, shown: show(value) }))
  return barChart(heading, rows, width, paint)
}

function topRows(values: Record<string, number>): [string, number][] {
  const sorted = Object.entries(values).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  if (sorted.length <= MOST_ROWS) return sorted
  const rest = sorted.slice(MOST_ROWS - 1).reduce((sum, [, value]) => sum + value, 0)
  return [...sorted.slice(0, MOST_ROWS - 1), [`${sorted.length - MOST_ROWS + 1} more`, rest]]
}
