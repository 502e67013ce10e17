/** One update of a watched index, as a line for a person. */
import type { BuildReport } from '../build/report.ts'
import { counted, grouped, lasted } from './figure.ts'
import { safeLine } from './safe-text.ts'

/** `time` is when it ended; shown as the clock on the wall has it. */
export function renderUpdate(report: BuildReport, time: Date): string {
  const { documents, root, tookMs, changed } = report
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()]
  const at = clock.map(part => String(part).padStart(2, '0')).join(':')
  const news = changed ? changesOf(report.changes) : 'nothing has changed'
  return `${at} ${news}; ${counted(documents, 'document')} of ${safeLine(root)}, ${lasted(tookMs)}`
}

function changesOf({ added, changed, removed, renamed }: BuildReport['changes']): string {
  const changes = Object.entries({ added, changed, renamed, removed }).filter(([, count]) => count > 0)
  return changes.map(([what, count]) => `${grouped(count)} ${what}`).join(', ') || 'written anew'
}
