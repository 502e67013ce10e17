/**
 * Keeps an index fresh: an update, then another whenever the files of the sources may have changed, one at a time. What
 * the system tells of changes decides only when to look; what has changed each update finds out by itself. So a burst of
 * changes, whatever its size, costs no memory and two updates at most, and what the system forgot to tell is found at
 * the next look at the whole tree.
 */
import { performance } from 'node:perf_hooks'
import { seenFolders } from '../crawl/seen-folders.ts'
import { messageOf } from '../errors.ts'
import { FolderWatch, type Watch } from '../freshness/folder-watch.ts'
import { buildIndex } from './build.ts'
import { type BuildOptions, type BuildPlan, planBuild } from './plan.ts'
import type { BuildReport } from './report.ts'

/** Milliseconds without a change before an update begins, and the most it waits for that. */
const QUIET = 200
const PATIENCE = 2_000

/** Milliseconds between two looks at the whole tree: with the system telling of changes, and without. */
const RESCAN = 60_000
const POLL = 5_000

/** A look at the whole tree is not had more often than so many times what it takes. */
const SHARE = 20

/** Options of a watch: those of a build, and what it tells. */
export interface WatchOptions extends Omit<BuildOptions, 'dryRun' | 'wait'> {
  /** Milliseconds between two looks at the whole tree, whatever is told of changes; a minute where left out. */
  readonly rescan?: number | undefined
  /** Called after the first update, and after each that changed the index or succeeded again. */
  readonly onUpdate?: ((report: BuildReport) => void) | undefined
  /** Called when an update fails for another reason than the one before; it is tried again. */
  readonly onProblem?: ((thrown: unknown) => void) | undefined
  /** Called once, with the reason, where the system does not tell of changes and the tree is looked at every few seconds. */
  readonly onPolling?: ((reason: string) => void) | undefined
  /** Stands in for Node's own, in tests. */
  readonly watch?: Watch | undefined
}

/** A watch that goes on until it is closed. */
export interface IndexWatch {
  /** Resolves when the index is up to date for the first time. Rejects where that fails; then the watch has ended. */
  readonly ready: Promise<void>
  /** Resolves when it has ended. An update under way is given up; the index is then as before it. */
  close(): Promise<void>
}

/** What is watched over, where it is no index in a folder. */
export interface WatchedIndex {
  build(options: BuildOptions): Promise<BuildReport>
  plan(options: BuildOptions): Promise<Pick<BuildPlan, 'sources' | 'rules' | 'folder'>>
}

const IN_FOLDER: WatchedIndex = { build: buildIndex, plan: planBuild }

/** Begins to watch. Waits, for each update, as long as another process is writing the index. */
export function watchIndex(options: WatchOptions, index: WatchedIndex = IN_FOLDER): IndexWatch {
  const stop = new AbortController()
  const signal = options.signal ? AbortSignal.any([stop.signal, options.signal]) : stop.signal
  const watching = new Watching(options, index, signal)
  const ready = watching.begin()
  const ended = ready.then(() => watching.goOn()).finally(() => watching.end())
  // Who does not ask for them shall not be brought down by them.
  ready.catch(() => {})
  ended.catch(() => {})
  return {
    ready,
    close: async () => {
      stop.abort()
      await ended.catch(() => {})
    },
  }
}

class Watching {
  readonly #options: WatchOptions
  readonly #index: WatchedIndex
  readonly #signal: AbortSignal
  readonly #hints = new Hints()
  readonly #folders: FolderWatch
  #passesOver: (path: string) => boolean = () => false
  /** Whether the system tells of no changes, or not of all. */
  #isBlind = false
  #toldPolling = false
  /** Why the last update failed. */
  #problem: string | undefined
  /** Milliseconds the last update took. */
  #took = 0

  constructor(options: WatchOptions, index: WatchedIndex, signal: AbortSignal) {
    this.#options = options
    this.#index = index
    this.#signal = signal
    const onHint = (path: string) => this.#passesOver(path) || this.#hints.note()
    this.#folders = new FolderWatch(onHint, options.watch)
  }

  /** The first update. */
  async begin(): Promise<void> {
    const report = await this.#update()
    this.#options.onUpdate?.(report)
  }

  /** One update after another, until the signal. */
  async goOn(): Promise<void> {
    while (!this.#signal.aborted) {
      const { rescan = RESCAN } = this.#options
      const isWell = !this.#isBlind && this.#problem === undefined
      await this.#hints.settled(
        Math.max(isWell ? rescan : Math.min(rescan, POLL), SHARE * this.#took),
        this.#signal,
      )
      if (!this.#signal.aborted) await this.#tryUpdate()
    }
  }

  end(): void {
    this.#folders.close()
  }

  async #tryUpdate(): Promise<void> {
    try {
      const report = await this.#update()
      if (report.changed || this.#problem !== undefined) this.#options.onUpdate?.(report)
      this.#problem = undefined
    } catch (thrown) {
      if (this.#signal.aborted) return
      const problem = messageOf(thrown)
      if (problem !== this.#problem) this.#options.onProblem?.(thrown)
      this.#problem = problem
    }
  }

  async #update(): Promise<BuildReport> {
    const began = performance.now()
    try {
      // Before the files are looked at: what changes from here on is told, and makes for another update.
      await this.#follow()
      const wait = Number.POSITIVE_INFINITY
      return await this.#index.build({ ...this.#options, wait, signal: this.#signal })
    } finally {
      this.#took = performance.now() - began
    }
  }

  async #follow(): Promise<void> {
    this.#hints.forget()
    const { sources, rules, folder } = await this.#index.plan(this.#options)
    const { folders, passesOver } = await seenFolders(sources, { ...rules, neverCrawl: [folder] })
    this.#passesOver = passesOver
    const refusal = this.#folders.follow(folders)
    this.#isBlind = refusal !== undefined || this.#folders.size === 0
    if (refusal && !this.#toldPolling) {
      this.#toldPolling = true
      this.#options.onPolling?.(messageOf(refusal))
    }
  }
}

/** When something was heard, no more: nothing is kept of what. */
class Hints {
  #first: number | undefined
  #last = 0
  #wake: () => void = () => {}

  note(): void {
    this.#last = performance.now()
    if (this.#first !== undefined) return
    this.#first = this.#last
    this.#wake()
  }

  forget(): void {
    this.#first = undefined
  }

  /** Waits until something was heard and it has been quiet since, or for `most` milliseconds, or for the signal. */
  async settled(most: number, signal: AbortSignal): Promise<void> {
    const end = performance.now() + most
    while (!signal.aborted) {
      const due = this.#first === undefined ? end : Math.min(this.#last + QUIET, this.#first + PATIENCE)
      const left = due - performance.now()
      if (left <= 0) return
      await this.#pause(left, signal)
    }
  }

  /** Ends early when something is heard for the first time. */
  async #pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, milliseconds)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
      signal.addEventListener('abort', this.#wake, { once: true })
    })
    signal.removeEventListener('abort', this.#wake)
    this.#wake = () => {}
  }
}
