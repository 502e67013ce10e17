/**
 * Answers given of late, for whoever asks the same: as one types, and of many people many ask alike. In comes a job, out
 * its outcome: the one that is being worked on, the one kept, if it still holds, or a new one. An answer holds as long as
 * the index is the same and so is, by times and size, each file it was compared with: then it is what would be answered
 * anew. For a moment only holds one that hangs on other files too, or is of an index that cannot be told from another.
 * What is kept is bounded in bytes; errors are not kept.
 */
import { statSync } from 'node:fs'
import type { Answer, Job, Outcome, SeenFile } from './job.ts'

/** Milliseconds for which an answer holds that hangs on more than what is looked at, and for which any may hold at all. */
const MOMENT = 1000
const LONGEST = 60_000

/** Bytes of all answers kept, and of one of them at the most. */
const KEPT = 32 << 20
const LARGEST = 1 << 20

interface Kept {
  readonly answer: Answer
  readonly bytes: number
  /** When it was made, in milliseconds. */
  readonly made: number
}

export interface CacheOptions {
  /** Has a job done. */
  readonly run: (job: Job) => Promise<Outcome>
  /** Tells the index as it is now from any other; undefined where it cannot be told. */
  readonly mark: () => string | undefined
  /** In place of the clock, in tests. Milliseconds. */
  readonly now?: () => number
  /** In place of {@link KEPT}, in tests. */
  readonly kept?: number
}

export class AnswerCache {
  readonly #options: CacheOptions
  readonly #now: () => number
  readonly #kept: number
  readonly #working = new Map<string, Promise<Outcome>>()
  /** By job, in the order of their last use. */
  readonly #answers = new Map<string, Kept>()
  #bytes = 0

  constructor(options: CacheOptions) {
    this.#options = options
    this.#now = options.now ?? (() => performance.now())
    this.#kept = options.kept ?? KEPT
  }

  /** The outcome of a job. Throws what doing it throws. */
  async run(job: Job): Promise<Outcome> {
    const key = JSON.stringify(job)
    const known = this.#answers.get(key)
    if (known) {
      this.#forget(key, known)
      if (this.#holds(known)) {
        this.#remember(key, known)
        return known.answer
      }
    }
    const working = this.#working.get(key) ?? this.#work(key, job)
    this.#working.set(key, working)
    return working
  }

  async #work(key: string, job: Job): Promise<Outcome> {
    try {
      const outcome = await this.#options.run(job)
      if ('json' in outcome) this.#keep(key, outcome)
      return outcome
    } finally {
      this.#working.delete(key)
    }
  }

  #keep(key: string, answer: Answer): void {
    const bytes = 2 * (answer.json.length + key.length)
    if (bytes > LARGEST) return
    this.#remember(key, { answer, bytes, made: this.#now() })
    for (const [oldest, kept] of this.#answers) {
      if (this.#bytes <= this.#kept) break
      this.#forget(oldest, kept)
    }
  }

  #remember(key: string, kept: Kept): void {
    this.#answers.set(key, kept)
    this.#bytes += kept.bytes
  }

  #forget(key: string, kept: Kept): void {
    this.#answers.delete(key)
    this.#bytes -= kept.bytes
  }

  #holds({ answer, made }: Kept): boolean {
    const { mark, files = [], hangsOnOthers } = answer
    const age = this.#now() - made
    if (mark !== this.#options.mark() || !files.every(isAsSeen)) return false
    return hangsOnOthers || mark === undefined ? age < MOMENT : age <= LONGEST
  }
}

function isAsSeen({ path, size, modified, changed }: SeenFile): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  return found?.size === size && found.ctimeMs === changed && found.mtime.toISOString() === modified
}
