/** Tables of figures, and bars beside them, for a terminal. */
import type { Paint } from './color.ts'
import { bar } from './figure.ts'
import { safeLine } from './safe-text.ts'
import { cellWidth, clip } from './width.ts'

/** Cells of the longest bar. */
const LONGEST_BAR = 32
/** Cells of a label, at most: the figures need room too. */
const WIDEST_LABEL = 32
/** Cells of a label that are left to it however narrow the terminal is. */
const NARROWEST_LABEL = 8

/** A figure with its name. */
export interface Row {
  readonly label: string
  /** How long its bar is, beside those of the others. */
  readonly value: number
  /** How the figure is written. */
  readonly shown: string
}

/** Labels on the left, in so many cells at most, values flush right. */
export function table(rows: readonly Row[], paint: Paint, widestLabel = WIDEST_LABEL): string[] {
  const labels = rows.map(({ label }) => labelOf(label, widestLabel))
  const widest = widestOf(labels)
  const values = Math.max(...rows.map(({ shown }) => shown.length))
  return rows.map(({ shown }, row) => {
    const gap = ' '.repeat(widest - cellWidth(labels[row]!))
    return `  ${paint.faint(labels[row]!)}${gap}  ${shown.padStart(values)}`
  })
}

/** A heading, and a bar beside each figure, no wider than the terminal; nothing where there are no rows. */
export function barChart(heading: string, rows: readonly Row[], width: number, paint: Paint): string[] {
  if (rows.length === 0) return []
  const widest = Math.max(Math.min(WIDEST_LABEL, width >> 1), NARROWEST_LABEL)
  const lines = table(rows, paint, widest)
  const labels = widestOf(rows.map(({ label }) => labelOf(label, widest)))
  const taken = Math.max(...rows.map(({ shown }) => shown.length)) + labels + 4
  const longest = Math.min(LONGEST_BAR, width - taken - 1)
  const most = Math.max(...rows.map(({ value }) => value))
  const bars = rows.map(({ value }) => bar(value / most, longest))
  return [
    paint.title(clip(heading, width)),
    ...lines.map((line, row) => `${line} ${paint.bar(bars[row] ?? '')}`.trimEnd()),
  ]
}

function labelOf(label: string, widest: number): string {
  return clip(safeLine(label), widest)
}

function widestOf(labels: readonly string[]): number {
  return Math.max(...labels.map(label => cellWidth(label)))
}
