/** One line that says how far a build is, how fast it goes, how long it will take, and which file keeps it. */
import type { BuildProgress } from '../build/report.ts'
import { counted, grouped, lasted, sized } from './figure.ts'
import { safeLine } from './safe-text.ts'
import { cellWidth, clip, clipStart } from './width.ts'

/** Less than this much time is no ground for a forecast. Milliseconds. */
const TOO_EARLY = 1000

/** A file that takes longer than this is named. Milliseconds. */
const SLOW = 700

/** Where a build stands, seen from outside. Milliseconds. */
export interface ProgressTimes {
  /** Since the start of the build. */
  readonly elapsed: number
  /** Since the current file was begun. */
  readonly onFile?: number
}

/** In at most `width` cells. */
export function renderProgress(progress: BuildProgress, times: ProgressTimes, width: number): string {
  const line = lineOf(progress, times.elapsed)
  const { onFile = 0 } = times
  const room = width - cellWidth(line) - cellWidth(lasted(onFile)) - 6
  if (progress.file === undefined || onFile < SLOW || room < 8) return clip(line, width)
  return `${line} · ${clipStart(safeLine(progress.file), room)} (${lasted(onFile)})`
}

function lineOf(progress: BuildProgress, elapsedMs: number): string {
  const { phase, files, totalFiles, bytes, totalBytes } = progress
  if (phase === 'crawl') return `Finding files: ${grouped(files)}`
  if (phase === 'compare') return `Comparing ${grouped(files)} of ${counted(totalFiles, 'file')}`
  if (phase === 'write') return `Writing the index of ${counted(totalFiles, 'file')}`
  const done = `Reading ${grouped(files)} of ${counted(totalFiles, 'file')}, ${sized(bytes)} of ${sized(totalBytes)}`
  if (elapsedMs < TOO_EARLY || bytes === 0) return done
  const left = ((totalBytes - bytes) * elapsedMs) / bytes
  return `${done} · ${sized((bytes * 1000) / elapsedMs)}/s · ${lasted(Math.ceil(left / 1000) * 1000)} left`
}
