/**
 * Who does the tasks of a build: some threads, or, where there is little to do, the thread that asks. What comes of a task
 * does not depend on who does it.
 */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { FoundFile } from '../crawl/file.ts'
import { BUILT } from '../document/built.ts'
import type { ReadRules } from '../document/file-identity.ts'
import { type ErrorCode, GleanError } from '../errors.ts'
import type { Batch } from './batch.ts'
import type { PackedLists } from './packed-lists.ts'
import type { RunSet, TermRange } from './run-merge.ts'
import { type BuildTasks, Performer } from './task.ts'
import type { Turns } from './turns.ts'

/** What a thread is started with. */
export interface WorkerStart {
  readonly rules: ReadRules
  /** One number: which of the files it was last given it reads. */
  readonly progress: Int32Array
}

export type TaskQuestion =
  | { readonly kind: 'read'; readonly argument: readonly FoundFile[] }
  | { readonly kind: 'deflate'; readonly argument: readonly Uint8Array[] }
  | { readonly kind: 'encode'; readonly argument: TermRange }
  | { readonly kind: 'place'; readonly argument: RunSet }

export type TaskAnswer =
  | { readonly given: unknown }
  | { readonly thrown: { readonly message: string; readonly code: ErrorCode | undefined } }

/** A batch, which reader's terms it counts by, and how far each file has come before it is whole. */
export interface TaskPool extends Omit<BuildTasks, 'read'> {
  /** Batches worth asking for at a time. */
  readonly width: number
  read(files: readonly FoundFile[]): { readonly batch: Promise<ReadBatch>; readonly done: () => number }
  place(runs: RunSet): void
  close(): Promise<void>
}

export interface ReadBatch extends Batch {
  readonly reader: number
}

/** What a pool is opened for. */
export interface PoolPlan {
  readonly rules: ReadRules
  /** Batches to be read. */
  readonly batches: number
  /** Threads that are wanted; as many as the machine runs at a time where left out. */
  readonly jobs: number | undefined
}

/** Opens a pool; close it. A single batch is read here: to start a thread takes longer than it saves. */
export function openTaskPool({ rules, batches, jobs }: PoolPlan, turns: Turns): TaskPool {
  const threads = Math.min(jobs ?? availableParallelism(), batches)
  // A caller's own formats are functions, and cannot go to another thread.
  return threads < 2 || rules.formats !== undefined
    ? new OwnThread(rules, turns)
    : new Threads(rules, threads)
}

/** Does everything itself, with a turn for others before each file. */
class OwnThread implements TaskPool {
  readonly width = 1
  readonly #performer: Performer
  #file = 0

  constructor(rules: ReadRules, turns: Turns) {
    this.#performer = new Performer(rules, false, number => {
      this.#file = number
      return turns.take()
    })
  }

  read(files: readonly FoundFile[]) {
    const batch = this.#performer.read(files).then(given => ({ ...given, reader: 0 }))
    return { batch, done: () => this.#file }
  }

  deflate(blocks: readonly Uint8Array[]): Promise<Uint8Array[]> {
    return this.#performer.deflate(blocks)
  }

  place(runs: RunSet): void {
    this.#performer.place(runs)
  }

  encode(range: TermRange): Promise<PackedLists> {
    return this.#performer.encode(range)
  }

  async close(): Promise<void> {}
}

/** One thread, and what is waited for from it. */
interface Thread {
  readonly number: number
  readonly worker: Worker
  readonly progress: Int32Array
  task: Task | undefined
}

interface Task {
  readonly question: TaskQuestion
  thread: Thread | undefined
  readonly resolve: (given: never) => void
  readonly reject: (thrown: unknown) => void
}

class Threads implements TaskPool {
  readonly width: number
  readonly #threads: Thread[]
  readonly #waiting: Task[] = []

  constructor(rules: ReadRules, threads: number) {
    // One more than can be read at a time: nobody waits for the next to be asked for.
    this.width = threads + 1
    this.#threads = Array.from({ length: threads }, (_, number) => this.#start(number, rules))
  }

  read(files: readonly FoundFile[]) {
    const argument = files.map(({ path, absolute, size }) => ({ path, absolute, size }) as FoundFile)
    const { task, given } = this.#ask<Batch>({ kind: 'read', argument }, false)
    const batch = given.then(answer => ({ ...answer, reader: task.thread!.number }))
    const done = () => (task.thread?.task === task ? Atomics.load(task.thread.progress, 0) : 0)
    return { batch, done }
  }

  /** Before all else that waits: until it is done, both forms of the text are in memory. */
  deflate(argument: readonly Uint8Array[]): Promise<Uint8Array[]> {
    return this.#ask<Uint8Array[]>({ kind: 'deflate', argument }, true).given
  }

  encode(argument: TermRange): Promise<PackedLists> {
    return this.#ask<PackedLists>({ kind: 'encode', argument }, false).given
  }

  place(argument: RunSet): void {
    for (const { worker } of this.#threads) worker.postMessage({ kind: 'place', argument })
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()))
  }

  #start(number: number, rules: ReadRules): Thread {
    const progress = new Int32Array(new SharedArrayBuffer(4))
    const workerData: WorkerStart = { rules: { ...rules, formats: undefined }, progress }
    const worker = new Worker(new URL('build-worker.js', BUILT), { workerData, execArgv: [] })
    const thread: Thread = { number, worker, progress, task: undefined }
    worker.on('message', (answer: TaskAnswer) => this.#answered(thread, answer))
    worker.on('error', thrown => this.#failed(new GleanError('io', brokenOff(thrown), { cause: thrown })))
    return thread
  }

  #ask<T>(question: TaskQuestion, isUrgent: boolean): { readonly task: Task; readonly given: Promise<T> } {
    const { promise, resolve, reject } = withResolvers<T>()
    // Whoever asked may have given up before this fails.
    promise.catch(() => {})
    const task: Task = { question, thread: undefined, resolve, reject }
    if (isUrgent) this.#waiting.unshift(task)
    else this.#waiting.push(task)
    this.#handOut()
    return { task, given: promise }
  }

  #handOut(): void {
    for (const thread of this.#threads) {
      if (thread.task) continue
      const task = this.#waiting.shift()
      if (!task) return
      thread.task = task
      task.thread = thread
      Atomics.store(thread.progress, 0, 0)
      thread.worker.postMessage(task.question)
    }
  }

  #answered(thread: Thread, answer: TaskAnswer): void {
    const task = thread.task!
    thread.task = undefined
    if ('given' in answer) task.resolve(answer.given as never)
    else task.reject(asThrown(answer.thrown))
    this.#handOut()
  }

  #failed(thrown: GleanError): void {
    for (const { task } of this.#threads) task?.reject(thrown)
    for (const task of this.#waiting.splice(0)) task.reject(thrown)
  }
}

function asThrown({ message, code }: { message: string; code: ErrorCode | undefined }): Error {
  return code ? new GleanError(code, message) : new Error(message)
}

function brokenOff(thrown: Error): string {
  return `a thread of the build broke off: ${thrown.message}; the index is as it was before; try again with --jobs 1`
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
