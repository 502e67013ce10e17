/** Lets timers, output and signals have their turn while a build is at work, which otherwise never waits for anything. */
import { performance } from 'node:perf_hooks'
import type { BuildProgress } from './report.ts'

/** Milliseconds of work between two turns of the event loop: progress is drawn and signals are seen that often. */
const TURN = 50

export class Turns {
  readonly #signal: AbortSignal | undefined
  readonly #onProgress: ((progress: BuildProgress) => void) | undefined
  /** Called at each turn. What it throws ends the build. */
  beforeEach: (() => void) | undefined
  #last = performance.now()

  constructor(options: {
    readonly signal?: AbortSignal | undefined
    readonly onProgress?: ((progress: BuildProgress) => void) | undefined
  }) {
    this.#signal = options.signal
    this.#onProgress = options.onProgress
  }

  /** Tells how far the build is. */
  tell(progress: BuildProgress): void {
    this.#onProgress?.(progress)
  }

  /**
   * To be called often: waits a turn when it is time for one, and then tells how far the build is, if that is given.
   * Throws where the caller has asked to stop.
   */
  readonly take = (progress?: () => BuildProgress): Promise<void> | undefined => {
    if (performance.now() - this.#last < TURN) return undefined
    if (progress) this.tell(progress())
    return this.now()
  }

  /** Waits for what others do, as {@link take} would from time to time; rejects where the caller has asked to stop. */
  async waitFor<T>(work: Promise<T>, progress: () => BuildProgress): Promise<T> {
    let isDone = false
    const done = work.then(
      () => {
        isDone = true
      },
      () => {
        isDone = true
      },
    )
    while (!isDone) {
      let timer: NodeJS.Timeout | undefined
      const pause = new Promise(next => {
        timer = setTimeout(next, TURN)
      })
      await Promise.race([done, pause])
      clearTimeout(timer)
      if (isDone) break
      this.tell(progress())
      await this.now()
    }
    return work
  }

  /** Waits a turn in any case. Throws where the caller has asked to stop. */
  async now(): Promise<void> {
    this.beforeEach?.()
    await new Promise(next => setImmediate(next))
    this.#signal?.throwIfAborted()
    this.#last = performance.now()
  }
}
