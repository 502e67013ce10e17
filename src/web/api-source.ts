/** Answers from the API of `glean serve`, which the page came from. */
import type { SearchOptions } from '../search/options.ts'
import type { IndexStats, Passage, SearchResult } from '../search/result.ts'
import type { SearchSource } from './source.ts'

/** How far an update is, as the server tells. */
interface Progress {
  readonly phase: string
  readonly files: number
  readonly totalFiles: number
}

export async function apiSource(): Promise<SearchSource> {
  const { documents } = (await ask('stats', new URLSearchParams())) as IndexStats
  return {
    documents,
    isNear: true,
    search: async (query, options) => (await ask('search', parametersOf(query, options))) as SearchResult,
    show: async reference => (await ask('show', new URLSearchParams({ ref: reference }))) as Passage,
    onChange: listener => listened().addEventListener('index', listener),
    onProgress: listener => {
      const source = listened()
      source.addEventListener('progress', ({ data }) => listener(wordsFor(JSON.parse(data) as Progress)))
      source.addEventListener('update', () => listener(''))
      source.addEventListener('problem', ({ data }) =>
        listener(`The index could not be updated: ${(JSON.parse(data) as { message: string }).message}`),
      )
    },
  }
}

let events: EventSource | undefined

/** One connection for all that is listened for. */
function listened(): EventSource {
  events ??= new EventSource('api/events')
  return events
}

function wordsFor({ phase, files, totalFiles }: Progress): string {
  const of = totalFiles > 0 ? ` of ${totalFiles.toLocaleString('en')}` : ''
  const doing = phase === 'read' ? 'Reading' : phase === 'write' ? 'Writing' : 'Looking at'
  return `The index is being updated. ${doing} ${files.toLocaleString('en')}${of} files …`
}

function parametersOf(query: string, options: SearchOptions): URLSearchParams {
  const parameters = new URLSearchParams({ q: query })
  for (const [name, value] of Object.entries(options)) {
    if (name === 'paths') for (const path of value as string[]) parameters.append('path', path)
    else if (name === 'excerptLength') parameters.set('excerpt', String(value))
    else if (name !== 'suggest' && value !== undefined && value !== false) parameters.set(name, String(value))
  }
  return parameters
}

/** Throws with the server's own words where it answers with an error. */
async function ask(call: string, parameters: URLSearchParams): Promise<unknown> {
  const response = await fetch(`api/${call}?${parameters}`)
  const answer: unknown = await response.json().catch(() => undefined)
  if (response.ok) return answer
  const { error } = (answer ?? {}) as { error?: { message: string } }
  throw new Error(error?.message ?? `the server answered ${response.status}`)
}
