/**
 * A thread that answers: one job at a time, each from the index as it is then. Apart from the thread that talks to
 * clients, so that a query that takes too long can be ended, and meanwhile others are served.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { outcomeOf } from './answer.ts'
import type { Job } from './job.ts'
import { LiveIndex } from './live-index.ts'

/** What a worker is started with. */
export interface WorkerData {
  readonly index: string
  readonly cwd: string
}

const { index, cwd } = workerData as WorkerData
const live = new LiveIndex(index, cwd)

parentPort!.on('message', async (job: Job) => {
  parentPort!.postMessage(await outcomeOf(job, live))
})
