/** Does a job: from what is asked to the answer as JSON, or to why there is none. */
import { GleanError, messageOf } from '../errors.ts'
import { renderJson } from '../render/json.ts'
import type { Index } from '../search/index.ts'
import type { SearchResult } from '../search/result.ts'
import { withVerdict } from '../search/verdict.ts'
import type { Job, Outcome } from './job.ts'
import type { LiveIndex } from './live-index.ts'

/** The outcome of a job, asked of the index as it is now. Throws nothing. */
export async function outcomeOf(job: Job, live: LiveIndex): Promise<Outcome> {
  try {
    return { json: renderJson(await answer(job, await live.current())) }
  } catch (thrown) {
    return { code: thrown instanceof GleanError ? thrown.code : undefined, message: messageOf(thrown) }
  }
}

/** As the command answers: within a budget where there is one, and with what it means that nothing was found. */
async function search(
  index: Index,
  { query, options, budget }: Extract<Job, { call: 'search' }>,
): Promise<SearchResult> {
  const result =
    budget === undefined
      ? await index.search(query, options)
      : await (await import('../search/pack.ts')).searchWithin(index, query, options, budget)
  return options.limit === 0 ? result : withVerdict(index, result, options)
}

async function answer(job: Job, index: Index): Promise<object> {
  switch (job.call) {
    case 'search':
      return search(index, job)
    case 'show':
      return { schema: 'gleaner.passage/1', ...(await index.show(job.reference)) }
    case 'suggest': {
      const words = await index.complete(job.query, job.limit)
      return { schema: 'gleaner.suggest/1', query: job.query, words }
    }
    case 'stats':
      return index.stats()
    case 'paths': {
      const paths: string[] = []
      for await (const { path } of index.documents.from()) {
        if (paths.push(path) >= job.limit) break
      }
      return { paths }
    }
  }
}
