/**
 * What counts 0 though the ranking may not be to blame: a run that has nothing for a query, a judged document that is
 * not there. Each comes out as a line for a person; most often ids are not the same in two files.
 */
import type { Qrels, Query } from './collection.ts'
import type { Run } from './run.ts'

/** Of a run that was read from a file. */
export function doubtsOfRun(queries: readonly Query[], qrels: Qrels, run: Run): string[] {
  const without = queries.filter(({ id }) => (run.get(id)?.length ?? 0) === 0)
  if (without.length > 0) {
    return [
      `the run has nothing for ${without.length} of ${queries.length} judged queries, such as ${without[0]!.id}; they count 0`,
    ]
  }
  const isKnown = queries.some(({ id }) => run.get(id)!.some(scored => qrels.get(id)!.has(scored.id)))
  return isKnown ? [] : ['the run has no judged document: are its ids those of the judgements?']
}

/** Of a corpus, by the ids of its documents. */
export function doubtsOfCorpus(queries: readonly Query[], qrels: Qrels, ids: Iterable<string>): string[] {
  const known = new Set(ids)
  const relevant = new Set(
    queries.flatMap(query =>
      [...qrels.get(query.id)!].flatMap(([id, relevance]) => (relevance > 0 ? [id] : [])),
    ),
  )
  const missing = [...relevant].filter(id => !known.has(id))
  if (missing.length === 0) return []
  return [`the corpus lacks ${missing.length} of ${relevant.size} relevant documents, such as ${missing[0]}`]
}

/** Of an index: of its documents only those are known that were ranked. */
export function doubtsOfIndex(queries: readonly Query[], qrels: Qrels, run: Run): string[] {
  const judged = new Set(queries.flatMap(({ id }) => [...qrels.get(id)!.keys()]))
  const isKnown = [...run.values()].some(ranking => ranking.some(({ id }) => judged.has(id)))
  return isKnown
    ? []
    : ['no judged document was found: documents are named by their path in the index, passages path:line']
}
