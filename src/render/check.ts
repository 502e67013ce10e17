/** The outcome of a check for a person: what is damaged, what is out of date, and what to do about it. */
import type { CheckReport, OutOfDate } from '../check/report.ts'
import { painter } from './color.ts'
import { counted, grouped, lasted, sized } from './figure.ts'
import { commandFor } from './next-command.ts'
import { safeLine } from './safe-text.ts'
import { wrapWords } from './wrap.ts'

/** What the run was made with. */
export interface Setup {
  /** Versions: of gleaner, of the index format it writes, of Node. */
  readonly gleaner: string
  readonly format: number
  readonly node: string
  /** Operating system and processor. */
  readonly platform: string
  /** The file of settings that holds here, and the variables of the environment that do. */
  readonly settings: string | null
  readonly variables: readonly string[]
  /** What `--open` runs. */
  readonly editor: string | null
}

/** Files out of date that are named one by one, of each kind. */
const EXAMPLES = 20

export function renderCheck(
  report: CheckReport,
  setup: Setup,
  { color, width }: { readonly color: boolean; readonly width?: number | undefined },
): string {
  const paint = painter(color)
  const broken = (line: string): string[] => (width === undefined ? [line] : wrapWords(line, width))
  const [head, ...rest] = headLines(report)
  const found = [...rest, ...damageLines(report), ...sourceLines(report)]
  const lines = (some: readonly string[]) => some.flatMap(line => broken(`  ${line}`))
  const about = lines(setupLines(setup)).map(paint.faint)
  return `${[...broken(head!).map(paint.title), ...lines(found), ...about].join('\n')}\n`
}

function setupLines({ gleaner, format, node, platform, settings, variables, editor }: Setup): string[] {
  const set = [...(settings === null ? [] : [settings]), ...variables]
  return [
    `gleaner ${gleaner}, index format ${format}, Node ${node} on ${platform}`,
    `settings: ${set.length > 0 ? safeLine(set.join(', ')) : 'none'}; editor: ${safeLine(editor ?? 'none, set VISUAL or EDITOR')}`,
  ]
}

function headLines({ state, index, files, bytes, tookMs, repaired, leftovers }: CheckReport): string[] {
  const read = `${counted(files, 'file')}, ${sized(bytes)}, read in ${lasted(tookMs)}`
  const words = { sound: 'Sound', stale: 'Sound, but out of date', damaged: 'Damaged' }[state]
  const head = `${repaired ? `Repaired: ${words.toLowerCase()}` : words}: ${safeLine(index)}, ${read}`
  return leftovers > 0
    ? [head, `${counted(leftovers, 'unfinished file')} of builds that ended; the next one clears them away`]
    : [head]
}

function damageLines({ damage, state, repaired, index }: CheckReport): string[] {
  const lines = damage.map(({ file, detail }) => `${safeLine(file)}: ${safeLine(detail)}`)
  if (repaired) return [...lines, `read again: ${counted(repaired.changes.changed, 'document')}`]
  return state === 'damaged'
    ? [...lines, `repair it from its sources: ${commandFor('glean check --repair', [index])}`]
    : lines
}

function sourceLines({ attached, outOfDate, state, index }: CheckReport): string[] {
  if (!attached) return state === 'damaged' ? [] : ['the source files are not here, and were not compared']
  if (!outOfDate) return ['the source files were not compared']
  const lines = (['new', 'changed', 'gone'] as const).flatMap(kind => listed(kind, outOfDate))
  return lines.length === 0
    ? ['the source files are as they were indexed']
    : [...lines, `bring it up to date: ${commandFor('glean index', [index])}`]
}

function listed(kind: keyof OutOfDate, outOfDate: OutOfDate): string[] {
  const paths = outOfDate[kind]
  const lines = paths.slice(0, EXAMPLES).map(path => `${kind.padEnd(8)} ${safeLine(path)}`)
  const more = paths.length - lines.length
  return more > 0
    ? [...lines, `${kind.padEnd(8)} and ${grouped(more)} more; glean check --json lists all`]
    : lines
}
