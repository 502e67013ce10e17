/** What an evaluation found, for a person: tables of measures, and of two runs beside each other. */
import type { Comparison, QueryChange } from '../eval/comparison.ts'
import type { Evaluation, QueryFigures } from '../eval/evaluation.ts'
import type { MeasureName, Measures } from '../eval/measures.ts'
import { type Paint, painter } from './color.ts'
import { counted } from './figure.ts'
import { safeLine } from './safe-text.ts'
import { cellWidth, clip } from './width.ts'
import { NO_BREAK, wrapPlain } from './wrap.ts'

export interface EvaluationOptions {
  /** Cells of a line. */
  readonly width: number
  readonly color: boolean
  /** The text of a query, by its id. */
  readonly textOf: (query: string) => string
}

const HEADINGS: Readonly<Record<MeasureName, string>> = {
  'ndcg@10': 'nDCG@10',
  map: 'MAP',
  mrr: 'MRR',
  'p@10': 'P@10',
  'recall@100': 'Recall@100',
}

const NAMES = Object.keys(HEADINGS) as MeasureName[]

/** Cells of an id that are shown at the most. */
const LONGEST_ID = 32

/** The means, and with `byQuery` what each query got. */
export function renderEvaluation(
  { collection, means, byQuery }: Evaluation,
  options: EvaluationOptions & { readonly byQuery: boolean },
): string {
  const paint = painter(options.color)
  const head = `${paint.title(safeLine(collection))}  ${counted(byQuery.length, 'judged query', 'judged queries')}`
  if (!options.byQuery) {
    return `${head}\n${NAMES.map(name => `  ${paint.faint(HEADINGS[name].padEnd(10))}  ${shown(means[name])}`).join('\n')}\n`
  }
  const rows = byQuery.map((figures: QueryFigures) => [figures.query, ...cells(figures)])
  const all = [['', ...NAMES.map(name => HEADINGS[name])], ...rows, ['mean', ...cells(means)]]
  const lines = table(all)
  const texts = ['', ...byQuery.map(({ query }) => options.textOf(query)), '']
  if (cellWidth(lines[0]!) > options.width)
    return `${[head, ...stacked(all, texts, options.width, paint)].join('\n')}\n`
  return `${head}\n${lines.map((line, at) => `${withText(line, texts[at]!, options.width, paint)}\n`).join('')}`
}

/** Two runs: means, the p value of each difference, and the queries that changed most. */
export function renderComparison(
  comparison: Comparison,
  options: EvaluationOptions & { readonly names: readonly [a: string, b: string] },
): string {
  const { collection, queries, a, b, p, gained, lost } = comparison
  const paint = painter(options.color)
  const head = `${paint.title(safeLine(collection))}  ${counted(queries, 'judged query', 'judged queries')}`
  const named = options.names.map((name, at) => `  ${paint.faint('AB'[at]!)}  ${safeLine(name)}`)
  const rows = NAMES.map(name => [
    HEADINGS[name],
    shown(a[name]),
    shown(b[name]),
    signed(b[name] - a[name]),
    shownP(p[name]),
  ])
  const all = [['', 'A', 'B', 'B - A', 'p'], ...rows]
  const sideBySide = table(all)
  const means =
    cellWidth(sideBySide[0]!) > options.width ? stacked(all, [], options.width, paint) : sideBySide
  const changes = (title: string, changed: readonly QueryChange[]): string[] =>
    changed.length === 0
      ? []
      : [
          '',
          paint.title(title),
          ...table(changed.map(({ query, a, b, change }) => [query, shown(a), shown(b), signed(change)])).map(
            (line, at) => withText(line, options.textOf(changed[at]!.query), options.width, paint),
          ),
        ]
  const note = 'p: the share of random sign changes that differ as much (paired randomization, two-sided)'
  return `${[
    head,
    ...named,
    ...means,
    ...wrapPlain(note, options.width).map(paint.faint),
    ...changes('Gained most (nDCG@10)', gained),
    ...changes('Lost most (nDCG@10)', lost),
  ].join('\n')}\n`
}

function cells(measures: Measures): string[] {
  return NAMES.map(name => shown(measures[name]))
}

function shown(value: number): string {
  return value.toFixed(4)
}

/** A p value is never 0. */
function shownP(value: number): string {
  return value < 0.00005 ? '<0.0001' : shown(value)
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`
}

/** Rows as lines: the first column, clipped where it is a long id, to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const safe = rows.map(([first, ...others]) => [clip(safeLine(first!), LONGEST_ID), ...others.map(safeLine)])
  const widths = safe[0]!.map((_, column) => Math.max(...safe.map(row => cellWidth(row[column]!))))
  return safe.map(row => {
    const padded = row.map((cell, column) => {
      const gap = ' '.repeat(widths[column]! - cellWidth(cell))
      return column === 0 ? cell + gap : gap + cell
    })
    return `  ${padded.join('  ')}`
  })
}

/** Rows one below the other, for who has no room for them side by side: what each is about, then its cells by name. */
function stacked(
  [names, ...rows]: readonly (readonly string[])[],
  texts: readonly string[],
  width: number,
  paint: Paint,
): string[] {
  return rows.flatMap(([first, ...cells], at) => {
    const named = cells.map((cell, column) => `${names![column + 1]}${NO_BREAK}${cell}`).join(' · ')
    const head = `  ${clip(safeLine(first!), Math.max(1, width - 2))}`
    const lines = wrapPlain(`    ${named}`, width).map(line => line.replaceAll(NO_BREAK, ' '))
    return [withText(head, texts[at + 1] ?? '', width, paint), ...lines]
  })
}

/** A row, and as much of the query's text as has room beside it. */
function withText(line: string, text: string, width: number, paint: Paint): string {
  const room = width - cellWidth(line) - 2
  const words = safeLine(text).trim()
  return room < 10 || words === '' ? line : `${line}  ${paint.faint(clip(words, room))}`
}
