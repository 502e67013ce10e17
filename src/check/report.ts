/** What a check reports: to the caller of `checkIndex`, and as `glean check --json`. */
import type { BuildReport } from '../build/report.ts'

/** Something wrong with a file of the index. */
export interface Damage {
  /** Its name in the index folder. */
  file: string
  /** One line for a person. */
  detail: string
}

/** Paths of the sources that are not as they were indexed. */
export interface OutOfDate {
  new: string[]
  changed: string[]
  gone: string[]
}

export interface CheckReport {
  schema: 'gleaner.check/1'
  /** The index folder as the caller named it. */
  index: string
  /** Damaged; else stale, where sources have changed; else sound. */
  state: 'sound' | 'stale' | 'damaged'
  /** Whether the sources are on this machine. */
  attached: boolean
  damage: Damage[]
  /** null where the sources are not here, or the index cannot say what it holds. */
  outOfDate: OutOfDate | null
  /** Unfinished files of builds that died; the next build removes them. */
  leftovers: number
  /** Files of the index that were read, and their bytes, those of the manifest not counted. */
  files: number
  bytes: number
  tookMs: number
  /** The build that repaired the index; null where none did. */
  repaired: BuildReport | null
}
