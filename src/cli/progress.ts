/** Draws progress on standard error, where that is a terminal. Loaded only then, with ora. */
import { performance } from 'node:perf_hooks'
import ora from 'ora'
import type { BuildProgress } from '../build/report.ts'
import { renderProgress } from '../render/progress.ts'

/** Milliseconds between two looks at a build: what it tells in between costs nothing. */
const GLANCE = 80

/** What takes no longer than this needs no progress. Milliseconds. */
export const PATIENCE = 500

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

/**
 * Progress of a build, or of what reads as many documents. `color` says whether it may be painted; with `patience`, in
 * milliseconds, nothing is shown of what is over by then.
 */
export async function showProgress(color: boolean, patience = 0): Promise<ShownProgress> {
  const began = performance.now()
  const line = patience > 0 ? laterText(color) : await showText(color)
  let latest: BuildProgress | undefined
  let fileSince = began
  const draw = () => {
    const now = performance.now()
    if (!latest || now - began < patience) return
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

/** A line of text that is not there before it says something. */
export function laterText(color: boolean): ShownText {
  let line: ShownText | undefined
  let said: string | undefined
  let stopped = false
  const begin = async () => {
    const there = await showText(color)
    if (stopped) return there.stop()
    line = there
    line.update(said!)
  }
  return {
    update: text => {
      const isFirst = said === undefined
      said = text
      line?.update(text)
      if (isFirst) void begin()
    },
    stop: () => {
      stopped = true
      line?.stop()
    },
  }
}

/** A line of text that appears only where what it speaks of takes a while. */
export function showLater(text: string, color: boolean): Pick<ShownText, 'stop'> {
  const line = laterText(color)
  const timer = setTimeout(() => line.update(text), PATIENCE)
  return {
    stop: () => {
      clearTimeout(timer)
      line.stop()
    },
  }
}
