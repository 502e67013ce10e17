/** Draws the progress of a build on standard error, where that is a terminal. Loaded only then, with ora. */
import { performance } from 'node:perf_hooks'
import ora from 'ora'
import type { BuildProgress } from '../build/report.ts'
import { renderProgress } from '../render/progress.ts'

export interface ShownProgress {
  readonly update: (progress: BuildProgress) => void
  /** Takes the line away again. May be called more than once. */
  readonly stop: () => void
}

/** `color` says whether it may be painted. */
export async function showProgress(color: boolean): Promise<ShownProgress> {
  const began = performance.now()
  const { update, stop } = await showText(color)
  return { update: progress => update(renderProgress(progress, performance.now() - began)), stop }
}

/** A line of text in place of a build's progress. */
export async function showText(color: boolean): Promise<{
  readonly update: (text: string) => void
  readonly stop: () => void
}> {
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
