/** One line that says how far a build is, how fast it goes and how long it will take. */
import type { BuildProgress } from '../build/report.ts'
import { counted, grouped, lasted, sized } from './figure.ts'

/** Less than this much time is no ground for a forecast. Milliseconds. */
const TOO_EARLY = 1000

/** `elapsedMs` counts from the start of the build. */
export function renderProgress(progress: BuildProgress, elapsedMs: number): string {
  const { phase, files, totalFiles, bytes, totalBytes } = progress
  if (phase === 'crawl') return `Finding files: ${grouped(files)}`
  if (phase === 'compare') return `Comparing ${grouped(files)} of ${counted(totalFiles, 'file')}`
  if (phase === 'write') return `Writing the index of ${counted(totalFiles, 'file')}`
  const done = `Reading ${grouped(files)} of ${counted(totalFiles, 'file')}, ${sized(bytes)} of ${sized(totalBytes)}`
  if (elapsedMs < TOO_EARLY || bytes === 0) return done
  const left = ((totalBytes - bytes) * elapsedMs) / bytes
  return `${done} · ${sized((bytes * 1000) / elapsedMs)}/s · ${lasted(Math.ceil(left / 1000) * 1000)} left`
}
