/** Does a job: from what is asked to the answer as JSON, or to why there is none. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { GleanError, messageOf } from '../errors.ts'
import { renderJson } from '../render/json.ts'
import type { Index } from '../search/index.ts'
import type { SearchResult } from '../search/result.ts'
import { withVerdict } from '../search/verdict.ts'
import type { Answer, Job, Outcome, SeenFile } from './job.ts'
import type { LiveIndex } from './live-index.ts'

/** The outcome of a job, asked of the index as it is now. Throws nothing. */
export async function outcomeOf(job: Job, live: LiveIndex): Promise<Outcome> {
  try {
    const index = await live.current()
    const { mark } = live
    const given = await answer(job, index)
    return { json: renderJson(given), mark, ...('hits' in given && seenFor(index, given, job)) }
  } catch (thrown) {
    return { code: thrown instanceof GleanError ? thrown.code : undefined, message: messageOf(thrown) }
  }
}

/** As the command answers: within a budget where there is one, and with what it means that nothing was found. */
async function search(
  index: Index,
  { query, options, budget }: Extract<Job, { call: 'search' }>,
): Promise<SearchResult> {
  if (query.trim() === '' && !options.paths?.length && options.where === undefined)
    throw new GleanError('usage', 'nothing to search for: give words, or path or where to filter')
  const result =
    budget === undefined
      ? await index.search(query, options)
      : await (await import('../search/pack.ts')).searchWithin(index, query, options, budget)
  return options.limit === 0 ? result : withVerdict(index, result, options)
}

/**
 * The files an answer was compared with; none, where they are not on this machine. It hangs on others too where it is not
 * of files that are as they were indexed alone: one that is gone may come back, one that has changed may change again.
 */
function seenFor(
  index: Index,
  { freshness, dropped, hits }: SearchResult,
  job: Job,
): Pick<Answer, 'files' | 'hangsOnOthers'> {
  if (freshness === 'none') return {}
  // A filter may ask when other files were changed.
  const isFiltered = job.call === 'search' && job.options.where !== undefined
  const files = hits.flatMap((hit): SeenFile[] => {
    const { size, modified } = hit.file
    const root = index.rootOf(hit)
    if (hit.state !== 'current' || hit.also !== undefined || root === null || modified === undefined)
      return []
    const path = join(root, hit.path)
    const changed = statSync(path, { throwIfNoEntry: false })?.ctimeMs
    return changed === undefined ? [] : [{ path, size, modified, changed }]
  })
  const isOfMore = freshness === 'tree' || dropped > 0 || isFiltered || files.length < hits.length
  return { files, hangsOnOthers: isOfMore }
}

async function answer(job: Job, index: Index): Promise<SearchResult | object> {
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
