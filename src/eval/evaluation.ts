/** The measures of a run: for each judged query, and their means. */
import { judgedQueries, type Qrels, type Query } from './collection.ts'
import { type Measures, meansOf, measure } from './measures.ts'
import type { Run } from './run.ts'

/** What one query got. */
export interface QueryFigures extends Measures {
  readonly query: string
}

export interface Evaluation {
  /** Name of the collection. */
  readonly collection: string
  /** The judged queries, those that have a relevant document. */
  readonly means: Measures
  readonly byQuery: readonly QueryFigures[]
}

/** Measures a run. A judged query that the run has nothing for counts 0. */
export function evaluate(collection: string, queries: readonly Query[], qrels: Qrels, run: Run): Evaluation {
  const byQuery = judgedQueries(queries, qrels).map(({ id }): QueryFigures => {
    const ranking = (run.get(id) ?? []).map(scored => scored.id)
    return { query: id, ...measure(ranking, qrels.get(id)!) }
  })
  return { collection, means: meansOf(byQuery), byQuery }
}
