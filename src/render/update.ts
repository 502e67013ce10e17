/** One update of a watched index, as a line for a person. */
import type { BuildReport } from '../build/report.ts'
import { counted, lasted } from './figure.ts'
import { safeLine } from './safe-text.ts'

/** `time` is when it ended; shown as the clock on the wall has it. */
export function renderUpdate({ documents, root, index, tookMs }: BuildReport, time: Date): string {
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()]
  const at = clock.map(part => String(part).padStart(2, '0')).join(':')
  return `${at} ${safeLine(index)} is fresh: ${counted(documents, 'document')} of ${safeLine(root)}, ${lasted(tookMs)}`
}
