/** The outcome of a build for a person: what is in the index, what is not and why. */
import type { BuildReport } from '../build/report.ts'
import type { LeftOut } from '../crawl/file.ts'
import { painter } from './color.ts'
import { counted, grouped, lasted, sized } from './figure.ts'
import { reasonName } from './reason.ts'
import { safeLine } from './safe-text.ts'
import { wrapWords } from './wrap.ts'

export interface ReportOptions {
  readonly color: boolean
  /** Whether nothing was written. */
  readonly dryRun: boolean
  /** Cells of a line; undefined where nothing is to be broken. */
  readonly width?: number | undefined
}

/** Files that are named one by one. */
const EXAMPLES = 10

export function renderReport(report: BuildReport, { color, dryRun, width }: ReportOptions): string {
  const paint = painter(color)
  const broken = (line: string): string[] => (width === undefined ? [line] : wrapWords(line, width))
  const [head, ...rest] = dryRun ? dryFigures(report) : figures(report)
  const lines = [...broken(head ?? '').map(paint.title), ...rest.flatMap(line => broken(`  ${line}`))]
  return `${[...lines, ...leftOutLines(report).flatMap(broken)].join('\n')}\n`
}

function figures(report: BuildReport): string[] {
  const { documents, chunks, tokens, terms, textBytes, indexBytes, tookMs, changed } = report
  const share = textBytes > 0 ? ` (${(indexBytes / textBytes).toFixed(2)} of the text)` : ''
  const what = `${counted(documents, 'document')} of ${safeLine(report.root)}`
  const rate = tookMs > 0 ? `, ${sized((textBytes * 1000) / tookMs)}/s` : ''
  return [
    changed
      ? `Indexed ${what} in ${lasted(tookMs)}${rate}`
      : `Nothing has changed: ${what}, read in ${lasted(tookMs)}`,
    `${counted(chunks, 'passage')}, ${counted(tokens, 'word')}, ${grouped(terms)} of them different`,
    `${sized(textBytes)} of text, ${sized(indexBytes)} of index${share} in ${safeLine(report.index)}`,
  ]
}

function dryFigures({ documents, textBytes, root, index, changes }: BuildReport): string[] {
  // Of a first build all are new.
  const { added: _, ...others } = changes
  const isFirst = Object.values(others).every(count => count === 0)
  const news = Object.entries(changes).filter(([, count]) => count > 0 && !isFirst)
  return [
    `Would index ${counted(documents, 'file')} of ${safeLine(root)}, ${sized(textBytes)}, into ${safeLine(index)}`,
    ...(news.length > 0 ? [news.map(([what, count]) => `${grouped(count)} ${what}`).join(', ')] : []),
    'nothing was written',
  ]
}

function leftOutLines({ leftOut, leftOutCounts, doubts, ignored }: BuildReport): string[] {
  const lines: string[] = []
  if (leftOut.length > 0) {
    const reasons = Object.entries(leftOutCounts).map(([reason, n]) => `${grouped(n)} ${reasonName(reason)}`)
    lines.push(`Left out ${counted(leftOut.length, 'file')}: ${reasons.join(', ')}`)
    lines.push(...examples(leftOut.map(exampleLine)))
  }
  if (doubts.length > 0) {
    lines.push(`Doubtful ${counted(doubts.length, 'file')}, indexed all the same`)
    lines.push(...examples(doubts.map(({ path, detail }) => `  ${safeLine(path)}: ${safeLine(detail)}`)))
  }
  if (ignored > 0) {
    const rules = 'ignore files, hidden, node_modules, links to what is indexed anyway, --exclude'
    lines.push(`Passed over ${counted(ignored, 'file or folder', 'files and folders')} by rule (${rules})`)
  }
  return lines
}

/** The first few lines, and how many more there are. */
function examples(lines: readonly string[]): string[] {
  const more = lines.length - EXAMPLES
  const rest = more > 0 ? [`  and ${grouped(more)} more; glean index --json lists all`] : []
  return [...lines.slice(0, EXAMPLES), ...rest]
}

function exampleLine({ path, reason, detail }: LeftOut): string {
  return `  ${safeLine(path)}: ${reasonName(reason)}${detail ? `, ${safeLine(detail)}` : ''}`
}
