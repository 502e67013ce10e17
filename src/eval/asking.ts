/**
 * Asks an index the queries of a collection. A query is a person's words: no sign in it is an operator. What is ranked
 * are documents, by their paths; or passages, where the judgements name them, as `path:line`.
 */
import type { Index } from '../search/index.ts'
import type { SearchOptions } from '../search/options.ts'
import { escaped } from '../search/query-word.ts'
import type { RankedPlace } from '../search/ranking.ts'
import type { Qrels, Query } from './collection.ts'
import type { Run, Scored } from './run.ts'

/** Documents of a run for each query, as TREC has it. */
export const DEPTH = 1000

export interface Asking {
  readonly index: Index
  /** The collection's name for the document at a path. */
  readonly idOf: (path: string) => string
  /** What each search gets besides. */
  readonly options?: SearchOptions | undefined
  /** Judged passages by path; undefined where documents are judged. */
  readonly passages?: ReadonlyMap<string, readonly number[]> | undefined
  readonly onQuery?: ((asked: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/** Ranks for every query; one that finds nothing is in the run too, empty. */
export async function ask(queries: readonly Query[], asking: Asking): Promise<Run> {
  const run = new Map<string, readonly Scored[]>()
  for (const [number, { id, text }] of queries.entries()) {
    asking.signal?.throwIfAborted()
    run.set(id, await rankingOf(plainQuery(text), asking))
    asking.onQuery?.(number + 1)
  }
  return run
}

async function rankingOf(query: string, { index, idOf, options, passages }: Asking): Promise<Scored[]> {
  if (query === '') return []
  const group = passages ? undefined : 'document'
  const ranking = new Map<string, Scored>()
  for (const place of await index.ranking(query, { ...options, limit: DEPTH, group })) {
    const ids = passages ? passageIds(passages, place) : [idOf(place.path)]
    for (const id of ids) if (!ranking.has(id)) ranking.set(id, { id, score: place.score })
  }
  return [...ranking.values()]
}

/**
 * What a passage is called by the judgements: by each line of it that they name, in any of the places where its text
 * stands; else by its first.
 */
function passageIds(passages: ReadonlyMap<string, readonly number[]>, place: RankedPlace): string[] {
  const judged = [place, ...(place.also ?? [])].flatMap(({ path, lines }) =>
    (passages.get(path) ?? [])
      .filter(line => lines && lines[0] <= line && line <= lines[1])
      .map(line => `${path}:${line}`),
  )
  return judged.length > 0 ? judged : [`${place.path}:${place.lines?.[0] ?? 1}`]
}

/** A text of which every word means itself. */
export function plainQuery(text: string): string {
  return text
    .split(/\s+/)
    .filter(word => word !== '')
    .map(escaped)
    .join(' ')
}

/** The lines of judged passages by path; undefined where not every judged id is `path:line`. */
export function judgedPassages(qrels: Qrels): ReadonlyMap<string, readonly number[]> | undefined {
  const lines = new Map<string, number[]>()
  for (const judged of qrels.values()) {
    for (const id of judged.keys()) {
      const place = /^(.+):(\d+)$/.exec(id)
      if (!place) return undefined
      const known = lines.get(place[1]!) ?? []
      known.push(Number(place[2]))
      lines.set(place[1]!, known)
    }
  }
  return lines
}

/** Names documents of any index as the judgements do: by the path, or by the path without its ending. */
export function namesOf(qrels: Qrels): (path: string) => string {
  const judged = new Set([...qrels.values()].flatMap(documents => [...documents.keys()]))
  return path => {
    const bare = path.replace(/\.[^./]+$/, '')
    return !judged.has(path) && judged.has(bare) ? bare : path
  }
}
