/** Draws progress on standard error, where that is a terminal. Loaded only then, with ora. */
import { performance } from 'node:perf_hooks'
import ora from 'ora'
import type { BuildProgress } from '../build/report.ts'
import { renderProgress } from '../render/progress.ts'

/** Milliseconds between two looks at a build: what it tells in between costs nothing. */
const GLANCE = 80

/** What takes no longer than this needs no progress. Milliseconds. */
const PATIENCE = 500

/** Cells the spinner takes. */
const SPINNER = 3

export interface ShownProgress {
  readonly update: (progress: BuildProgress) => void
  /** Takes the line away again. May be called more than once. */
  readonly stop: () => void
}

export interface ShownText {
  readonly update: (text: string) => void
  readonly stop: () => void
}

/** Progress of a build. `color` says whether it may be painted. */
export async function showProgress(color: boolean): Promise<ShownProgress> {
  const began = performance.now()
  const line = await showText(color)
  let latest: BuildProgress | undefined
  let fileSince = began
  const draw = () => {
    if (!latest) return
    const now = performance.now()
    const width = process.stderr.columns - SPINNER
    line.update(renderProgress(latest, { elapsed: now - began, onFile: now - fileSince }, width))
  }
  const glances = setInterval(draw, GLANCE)
  return {
    update: progress => {
      if (progress.file !== latest?.file) fileSince = performance.now()
      latest = progress
    },
    stop: () => {
      clearInterval(glances)
      line.stop()
    },
  }
}

/** A line of text in place of a build's progress. */
export async function showText(color: boolean): Promise<ShownText> {
  // ora would read standard input while it spins, and with it the keys meant for the shell.
  const spinner = ora({ color: color && 'cyan', discardStdin: false, stream: process.stderr }).start()
  return {
    update: text => {
      spinner.text = text
    },
    stop: () => {
      spinner.stop()
    },
  }
}

/** A line of text that appears only where what it speaks of takes a while. */
export function showLater(text: string, color: boolean): Pick<ShownText, 'stop'> {
  let line: ShownText | undefined
  let stopped = false
  const timer = setTimeout(async () => {
    line = await showText(color)
    line.update(text)
    if (stopped) line.stop()
  }, PATIENCE)
  return {
    stop: () => {
      stopped = true
      clearTimeout(timer)
      line?.stop()
    },
  }
}
