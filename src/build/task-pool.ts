/**
 * Who does the tasks of a build: the thread that asks, and where there is enough to do some others. What comes of a task
 * does not depend on who does it.
 */
import { rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { FoundFile } from '../crawl/file.ts'
import { BUILT } from '../document/built.ts'
import type { ReadRules } from '../document/file-identity.ts'
import { GleanError } from '../errors.ts'
import type { Batch } from './batch.ts'
import type { PackedLists } from './packed-lists.ts'
import { ReadAhead } from './read-ahead.ts'
import type { RunSet, TermRange } from './run-merge.ts'
import type { RunStorePlan } from './run-store.ts'
import {
  answerOf,
  type BuildTasks,
  Performer,
  type RawText,
  type TaskAnswer,
  type TaskQuestion,
} from './task.ts'
import { changingHands, fromWorker, type WorkerAnswer, type WorkerStart } from './task-message.ts'
import { temporaryPath } from './temporary-file.ts'
import type { Turns } from './turns.ts'

/** A batch, and whose terms it counts by. */
export interface ReadBatch extends Batch {
  readonly reader: number
}

/** A batch that is being read. */
export interface Reading {
  readonly batch: Promise<ReadBatch>
  /** How many of its files have been read so far. */
  done(): number
}

/** What a pool is opened for. */
export interface PoolPlan {
  /** Where postings may wait that are too many for the memory. */
  readonly folder: string
  readonly rules: ReadRules
  /** Batches to be read, and bytes of the largest file in them. */
  readonly batches: number
  readonly largest: number
  /** Threads that are wanted, this one counted in; as many as the machine runs at a time where left out. */
  readonly jobs: number | undefined
  /** Bytes of postings that are kept in memory by all threads together, where other than KEPT. */
  readonly keptRows?: number | undefined
}

/** One who does tasks, in the order in which they are given. */
interface Hand {
  readonly tasks: Task[]
  /** Tasks of a kind that it has at most: a thread that had to wait for the next would stand idle meanwhile. */
  readonly most: (kind: TaskQuestion['kind']) => number
  give(question: TaskQuestion): void
  /** Which of the files of its batch it reads. */
  file(): number
}

interface Task {
  readonly question: TaskQuestion
  hand: Hand | undefined
  readonly resolve: (given: never) => void
  readonly reject: (thrown: unknown) => void
}

/** Megabytes of a thread's memory for what is new: by itself it would take three times as much, to little use. */
const YOUNG = 12

/** Bytes of a file that this thread leaves to others: while it is taken apart nobody has a turn, not even Ctrl-C. */
const LARGE = 2 << 20

/** Bytes of postings that are kept in memory: those of some megabytes of text. */
const KEPT = 4 << 20

export class TaskPool implements Omit<BuildTasks, 'read'> {
  /** Batches worth asking for at a time. */
  readonly width: number
  /** Whether there are other threads. */
  readonly shares: boolean
  readonly #own: Performer
  readonly #workers: Worker[] = []
  /** The files in which the threads may have left postings. */
  readonly #files: readonly string[]
  readonly #hands: Hand[] = []
  readonly #waiting: Task[] = []
  readonly #readAhead = new ReadAhead()
  #ownFile = 0

  /** Starts threads where there is more than one batch, for one of small files is sooner read than they start. Close it. */
  constructor({ folder, rules, batches, largest, jobs, keptRows = KEPT }: PoolPlan, turns: Turns) {
    // A caller's own formats are functions, and cannot go to another thread.
    const most = rules.formats === undefined ? (jobs ?? availableParallelism()) : 1
    // This thread reads no large ones, so there is one more; but whoever asked for one gets one.
    const isMore = largest > LARGE && jobs !== 1 && rules.formats === undefined
    const threads = Math.max(1, Math.min(most, batches)) + (isMore ? 1 : 0)
    this.shares = threads > 1
    this.width = 2 * threads + 1
    this.#files = Array.from({ length: threads }, () => temporaryPath(folder, 'runs'))
    const [own, ...others] = this.#files.map(
      (path): RunStorePlan => ({ path, most: keptRows / threads, shares: this.shares }),
    )
    for (const runs of others) this.#hands.push(this.#start(rules, runs))
    this.#own = new Performer(rules, own!, number => {
      this.#ownFile = number
      return turns.take()
    })
    this.#hands.push(this.#ownHand())
  }

  read(files: readonly FoundFile[]): Reading {
    if (this.shares) this.#readAhead.expect(files)
    const argument = files.map(({ path, absolute, size }) => ({ path, absolute, size }) as FoundFile)
    const { task, given } = this.#ask<Batch>({ kind: 'read', argument })
    const batch = given.then(answer => ({ ...answer, reader: this.#hands.indexOf(task.hand!) }))
    batch.catch(() => {})
    return { batch, done: () => (task.hand?.tasks[0] === task ? task.hand.file() : 0) }
  }

  /** Before all else that waits: until it is done, the text is in memory. */
  deflate(argument: RawText): Promise<Uint8Array[]> {
    return this.#ask<Uint8Array[]>({ kind: 'deflate', argument }, true).given
  }

  encode(argument: TermRange): Promise<PackedLists> {
    return this.#ask<PackedLists>({ kind: 'encode', argument }).given
  }

  place(argument: RunSet): void {
    this.#own.place(argument)
    for (const worker of this.#workers) worker.postMessage({ kind: 'place', argument })
  }

  /** Ends the threads, and removes what they have left behind. Never throws. */
  async close(): Promise<void> {
    this.#waiting.length = 0
    await Promise.all([this.#readAhead.close(), ...this.#workers.map(worker => worker.terminate())])
    this.#own.close()
    // A thread that has ended has closed its file.
    for (const path of this.#files) removeFile(path)
  }

  #start(rules: ReadRules, runs: RunStorePlan): Hand {
    const progress = new Int32Array(new SharedArrayBuffer(4))
    const workerData: WorkerStart = { rules: { ...rules, formats: undefined }, runs, progress }
    const worker = new Worker(new URL('build-worker.js', BUILT), {
      workerData,
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG },
    })
    this.#workers.push(worker)
    const hand: Hand = {
      tasks: [],
      // While this thread writes the text of a segment, others can encode its postings.
      most: kind => (kind === 'read' ? 2 : 8),
      give: question => worker.postMessage(question, changingHands(question)),
      file: () => Atomics.load(progress, 0),
    }
    worker.on('message', (answer: WorkerAnswer) => this.#answered(hand, fromWorker(answer)))
    worker.on('error', thrown => this.#failed(new GleanError('io', brokenOff(thrown), { cause: thrown })))
    return hand
  }

  /** This thread, which has a turn for others between two files. */
  #ownHand(): Hand {
    const hand: Hand = {
      tasks: [],
      most: () => 1,
      give: question => {
        setImmediate(async () => this.#answered(hand, await answerOf(this.#own, question)))
      },
      file: () => this.#ownFile,
    }
    return hand
  }

  #ask<T>(question: TaskQuestion, isUrgent = false): { readonly task: Task; readonly given: Promise<T> } {
    const { promise, resolve, reject } = withResolvers<T>()
    // Whoever asked may have given up before this fails.
    promise.catch(() => {})
    const task: Task = { question, hand: undefined, resolve, reject }
    if (isUrgent) this.#waiting.unshift(task)
    else this.#waiting.push(task)
    this.#handOut()
    return { task, given: promise }
  }

  /** Gives what waits to whoever has least to do. */
  #handOut(): void {
    for (;;) {
      const [next] = this.#waiting
      const free = next && this.#hands.filter(hand => this.#mayHave(hand, next))
      const [hand] = free?.sort((a, b) => a.tasks.length - b.tasks.length) ?? []
      if (!hand) return
      const task = this.#waiting.shift()!
      hand.tasks.push(task)
      task.hand = hand
      hand.give(task.question)
    }
  }

  #mayHave(hand: Hand, { question }: Task): boolean {
    if (hand.tasks.length >= hand.most(question.kind)) return false
    const isLarge = question.kind === 'read' && question.argument.some(({ size }) => size > LARGE)
    return !(isLarge && this.shares && hand === this.#hands.at(-1))
  }

  #answered(hand: Hand, answer: TaskAnswer): void {
    const task = hand.tasks.shift()!
    if ('given' in answer) task.resolve(answer.given as never)
    else task.reject(answer.thrown)
    this.#handOut()
  }

  #failed(thrown: GleanError): void {
    for (const { tasks } of this.#hands) for (const { reject } of tasks) reject(thrown)
    for (const { reject } of this.#waiting.splice(0)) reject(thrown)
  }
}

function brokenOff(thrown: Error): string {
  return `a thread of the build broke off: ${thrown.message}; no index was changed; try again with --jobs 1`
}

function removeFile(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // The next build removes what is left.
  }
}

function withResolvers<T>() {
  let resolve!: (given: T) => void
  let reject!: (thrown: unknown) => void
  const promise = new Promise<T>((onGiven, onThrown) => {
    resolve = onGiven
    reject = onThrown
  })
  return { promise, resolve, reject }
}
