/**
 * A thread that answers: one job at a time, each from the index as it is then. Apart from the thread that talks to
 * clients, so that a query that takes too long can be ended, and meanwhile others are served.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { GleanError, messageOf } from '../errors.ts'
import { renderJson } from '../render/json.ts'
import { complete } from '../search/complete.ts'
import type { Job, Outcome } from './job.ts'
import { LiveIndex } from './live-index.ts'

/** What a worker is started with. */
export interface WorkerData {
  readonly index: string
  readonly cwd: string
}

const { index, cwd } = workerData as WorkerData
const live = new LiveIndex(index, cwd)

parentPort!.on('message', async (job: Job) => {
  parentPort!.postMessage(await outcomeOf(job))
})

async function outcomeOf(job: Job): Promise<Outcome> {
  try {
    return { json: renderJson(await answer(job)) }
  } catch (thrown) {
    return { code: thrown instanceof GleanError ? thrown.code : undefined, message: messageOf(thrown) }
  }
}

async function answer(job: Job): Promise<object> {
  const opened = await live.current()
  switch (job.call) {
    case 'search':
      return opened.search(job.query, job.options)
    case 'show':
      return { schema: 'gleaner.passage/1', ...(await opened.show(job.reference)) }
    case 'suggest':
      return {
        schema: 'gleaner.suggest/1',
        query: job.query,
        words: await complete(opened.segments, job.query, job.limit),
      }
    case 'stats':
      return opened.stats()
  }
}
