/**
 * The thread that searches for an interactive session, so that typing never waits for an answer. It opens the index and
 * answers one question after the other; which ones are still of interest, the other side knows.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { openIndex } from '../../cluster/open.ts'
import { messageOf } from '../../errors.ts'
import type { SourceLines } from '../../render/source-lines.ts'
import type { SearchOptions } from '../../search/options.ts'
import type { Hit, SearchResult } from '../../search/result.ts'
import { linesOfHits } from '../hit-lines.ts'
import { searchUnfinished } from './unfinished.ts'

/** What the thread is started with. */
export interface ThreadData {
  readonly locations: readonly string[]
  readonly cwd: string
}

export type Question =
  | { readonly id: number; readonly kind: 'search'; readonly query: string; readonly options: SearchOptions }
  | { readonly id: number; readonly kind: 'lines'; readonly hit: Hit; readonly context: number }

export type Answer = { readonly id: number } & (
  | { readonly result: SearchResult }
  | { readonly lines: SourceLines }
  | { readonly failure: string }
)

const { locations, cwd } = workerData as ThreadData
const opened = openIndex(locations, { cwd }).then(async index => {
  // Asked for nobody: what the first question has to load is there before it is typed.
  await index.search('a', { limit: 1, freshness: 'hits', suggest: false }).catch(() => {})
  return index
})

parentPort!.on('message', async (question: Question) => {
  const { id } = question
  try {
    parentPort!.postMessage({ id, ...(await answer(question)) } satisfies Answer)
  } catch (thrown) {
    parentPort!.postMessage({ id, failure: messageOf(thrown) } satisfies Answer)
  }
})

async function answer(question: Question): Promise<{ result: SearchResult } | { lines: SourceLines }> {
  const index = await opened
  if (question.kind === 'search')
    return { result: await searchUnfinished(index, question.query, question.options) }
  const [lines] = await linesOfHits(index, [question.hit], { context: question.context, whole: true })
  return { lines: lines! }
}
