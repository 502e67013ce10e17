/**
 * The threads that answer, and who waits for one. A job has a deadline from the moment it comes in: one that waits too
 * long is refused, one that runs too long ends with its thread, and another takes that thread's place.
 */
import { Worker } from 'node:worker_threads'
import type { Job, Outcome } from './job.ts'
import type { WorkerData } from './worker.ts'

export interface PoolOptions extends WorkerData {
  readonly threads: number
  /** Jobs that may wait. */
  readonly queue: number
  /** Milliseconds a job may take, waiting included. */
  readonly timeout: number
}

/** Why a job was not done. */
export class Refused extends Error {
  readonly reason: 'busy' | 'timeout' | 'failed'

  constructor(reason: 'busy' | 'timeout' | 'failed') {
    super(reason)
    this.reason = reason
  }
}

interface Waiting {
  readonly job: Job
  readonly resolve: (outcome: Outcome) => void
  readonly reject: (reason: Refused) => void
  timer: NodeJS.Timeout
}

interface Thread {
  readonly worker: Worker
  /** What it works on. */
  current: Waiting | undefined
  /** Jobs it has done. */
  done: number
}

/** Milliseconds before a thread that has done nothing is replaced. */
const PAUSE = 1000

export class WorkerPool {
  readonly #options: PoolOptions
  readonly #threads = new Set<Thread>()
  readonly #idle: Thread[] = []
  readonly #waiting: Waiting[] = []
  #closed = false

  constructor(options: PoolOptions) {
    this.#options = options
    for (let number = 0; number < options.threads; number++) this.#start()
  }

  /** Has a job done. Throws {@link Refused}. */
  run(job: Job): Promise<Outcome> {
    if (this.#closed || (this.#idle.length === 0 && this.#waiting.length >= this.#options.queue))
      return Promise.reject(new Refused('busy'))
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#expire(waiting), this.#options.timeout)
      const waiting: Waiting = { job, resolve, reject, timer }
      this.#waiting.push(waiting)
      this.#next()
    })
  }

  /** Ends all threads; what is not done is refused. */
  async close(): Promise<void> {
    this.#closed = true
    for (const waiting of this.#waiting.splice(0)) refuse(waiting, 'busy')
    await Promise.all([...this.#threads].map(({ worker }) => worker.terminate()))
  }

  #start(): void {
    const { index, cwd } = this.#options
    const worker = new Worker(new URL('./serve-worker.js', import.meta.url), {
      workerData: { index, cwd } satisfies WorkerData,
    })
    const thread: Thread = { worker, current: undefined, done: 0 }
    this.#threads.add(thread)
    worker.on('message', (outcome: Outcome) => this.#done(thread, outcome))
    // What is thrown ends the thread; `exit` follows.
    worker.on('error', () => {})
    worker.on('exit', () => this.#gone(thread))
    this.#idle.push(thread)
    this.#next()
  }

  #next(): void {
    while (this.#idle.length > 0 && this.#waiting.length > 0) {
      const thread = this.#idle.shift()!
      thread.current = this.#waiting.shift()!
      thread.worker.postMessage(thread.current.job)
    }
  }

  #done(thread: Thread, outcome: Outcome): void {
    const { current } = thread
    thread.current = undefined
    thread.done++
    if (current) {
      clearTimeout(current.timer)
      current.resolve(outcome)
    }
    this.#idle.push(thread)
    this.#next()
  }

  #expire(waiting: Waiting): void {
    const at = this.#waiting.indexOf(waiting)
    if (at >= 0) this.#waiting.splice(at, 1)
    for (const thread of this.#threads) if (thread.current === waiting) void thread.worker.terminate()
    waiting.reject(new Refused('timeout'))
  }

  #gone(thread: Thread): void {
    this.#threads.delete(thread)
    const at = this.#idle.indexOf(thread)
    if (at >= 0) this.#idle.splice(at, 1)
    if (thread.current) refuse(thread.current, 'failed')
    if (this.#closed) return
    // One that ended before it had done anything would end again at once.
    if (thread.done > 0) this.#start()
    else setTimeout(() => this.#closed || this.#start(), PAUSE).unref()
  }
}

function refuse({ timer, reject }: Waiting, reason: Refused['reason']): void {
  clearTimeout(timer)
  reject(new Refused(reason))
}
