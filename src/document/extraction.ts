/**
 * Takes a file apart in a thread of its own, within limits of time and memory: parsers of others' formats are large, and
 * a broken or malicious file may send them in circles. In comes a file's text or bytes, out comes what was taken out, or
 * a {@link Refusal}. The thread starts with the first such file and serves one after another; one that goes over a limit
 * is ended, and the next file gets a new one.
 */
import { Worker } from 'node:worker_threads'
import type { LeftOutReason } from '../crawl/file.ts'
import { BUILT } from './built.ts'
import type { Extracted } from './extracted.ts'
import { Refusal } from './extractor.ts'

export interface ExtractionLimits {
  /** Milliseconds of computing for one file: those of the clock would make the outcome depend on what else runs. */
  readonly time: number
  /** Bytes of JavaScript objects, and bytes by which the process may grow meanwhile. */
  readonly memory: number
}

/** What the thread is asked. */
export interface ExtractionTask {
  readonly format: string
  readonly input: string | Uint8Array
}

/** What it answers. */
export type ExtractionAnswer =
  | { readonly extracted: Extracted | undefined }
  | { readonly refused: { readonly reason: LeftOutReason; readonly detail: string } }

const LIMITS: ExtractionLimits = { time: 30_000, memory: 1 << 30 }
/** Milliseconds more for each MB of the file. */
const TIME_PER_MB = 2000
/** Milliseconds between two looks at what the thread uses. */
const LOOK = 100
/** Looks in a row at which nothing is computed and nothing comes of it: the thread waits for what will never be. */
const STANDSTILL = 100
/** Milliseconds of computing between two looks that are none: to look takes some. */
const NOTHING = 2
/** Milliseconds an idle thread is kept. */
const IDLE = 5000

let idle: { worker: Worker; timer: NodeJS.Timeout } | undefined

/** Runs the extractor of a format on a file. Undefined says that the file is not of this format. Throws {@link Refusal}. */
export async function extractApart(
  { format, input }: ExtractionTask,
  limits: ExtractionLimits = LIMITS,
): Promise<Extracted | undefined> {
  const time = limits.time + (input.length >> 20) * TIME_PER_MB
  const worker = takeWorker(limits)
  const answer = await answerOf(worker, { format, input }, { ...limits, time })
  if ('refused' in answer) throw new Refusal(answer.refused.reason, answer.refused.detail)
  return answer.extracted
}

/** The idle thread, else a new one. */
function takeWorker({ memory }: ExtractionLimits): Worker {
  if (idle) {
    const { worker, timer } = idle
    idle = undefined
    clearTimeout(timer)
    return worker
  }
  const worker = new Worker(new URL('extraction-worker.js', BUILT), {
    // What parsers print about odd files is no output of ours.
    stdout: true,
    stderr: true,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memory / (1 << 20) },
  })
  // An idle thread keeps no process alive.
  worker.unref()
  return worker
}

function answerOf(worker: Worker, task: ExtractionTask, limits: ExtractionLimits): Promise<ExtractionAnswer> {
  return new Promise(done => {
    const watch = setInterval(
      watcher(limits, what => over(what)),
      LOOK,
    )
    const end = (answer: ExtractionAnswer, isWell: boolean) => {
      clearInterval(watch)
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      if (isWell) keep(worker)
      if (isWell) done(answer)
      // Its end is waited for: until then it uses memory and a core.
      else void worker.terminate().then(() => done(answer))
    }
    const over = (what: string) => end(overLimit(what), false)
    const onMessage = (answer: ExtractionAnswer) => end(answer, true)
    const onError = (thrown: NodeJS.ErrnoException) => {
      if (thrown.code === 'ERR_WORKER_OUT_OF_MEMORY') over(tooMuchMemory(limits))
      else end(broken(thrown.message), false)
    }
    const onExit = () => end(broken('its parser ended'), false)
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    worker.postMessage(task)
  })
}

/** What is done at each look: `over` is told of a limit that is passed. The process does nothing else meanwhile. */
function watcher(limits: ExtractionLimits, over: (what: string) => void): () => void {
  const memory = process.memoryUsage.rss()
  const began = process.cpuUsage()
  let before = 0
  let idle = 0
  return () => {
    const { user, system } = process.cpuUsage(began)
    const used = (user + system) / 1000
    idle = used - before > NOTHING ? 0 : idle + 1
    before = used
    if (used > limits.time) over(`took more than ${Math.round(limits.time / 1000)} s`)
    else if (process.memoryUsage.rss() - memory > limits.memory) over(tooMuchMemory(limits))
    else if (idle >= STANDSTILL) over('came to a standstill')
  }
}

function keep(worker: Worker): void {
  if (idle) void worker.terminate()
  else idle = { worker, timer: setTimeout(dropIdle, IDLE).unref() }
}

function dropIdle(): void {
  void idle?.worker.terminate()
  idle = undefined
}

function overLimit(what: string): ExtractionAnswer {
  const detail = `taking out its text ${what}; save it anew, or as text, with the program it is from`
  return { refused: { reason: 'over-limit', detail } }
}

function tooMuchMemory({ memory }: ExtractionLimits): string {
  return `took more than ${Math.round(memory / (1 << 20))} MB of memory`
}

function broken(message: string): ExtractionAnswer {
  return { refused: { reason: 'damaged', detail: message } }
}
