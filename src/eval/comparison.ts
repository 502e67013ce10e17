/** Two runs beside each other: means, whether they differ by more than chance, and which queries make the difference. */
import type { Evaluation } from './evaluation.ts'
import { MEASURE_NAMES, type MeasureName, type Measures } from './measures.ts'
import { pairedP } from './randomization.ts'

/** A query whose measure differs: `change` is b less a. */
export interface QueryChange {
  readonly query: string
  readonly a: number
  readonly b: number
  readonly change: number
}

export interface Comparison {
  readonly collection: string
  readonly queries: number
  readonly a: Measures
  readonly b: Measures
  /** Two-sided p value of each measure's difference, by the paired randomization test. */
  readonly p: Measures
  /** By nDCG@10, the greatest change first. */
  readonly gained: readonly QueryChange[]
  readonly lost: readonly QueryChange[]
}

/** The measure that queries are compared by. */
const COMPARED: MeasureName = 'ndcg@10'

/** Compares two evaluations of the same queries; names up to `most` queries either way. */
export function compare(a: Evaluation, b: Evaluation, most = 5): Comparison {
  const differences = (name: MeasureName) => b.byQuery.map((row, at) => row[name] - a.byQuery[at]![name])
  const changes = a.byQuery.map((row, at): QueryChange => {
    const [before, after] = [row[COMPARED], b.byQuery[at]![COMPARED]]
    return { query: row.query, a: before, b: after, change: after - before }
  })
  return {
    collection: a.collection,
    queries: a.byQuery.length,
    a: a.means,
    b: b.means,
    p: Object.fromEntries(
      MEASURE_NAMES.map(name => [name, pairedP(differences(name))]),
    ) as unknown as Measures,
    gained: changes
      .filter(({ change }) => change > 0)
      .sort((one, other) => other.change - one.change)
      .slice(0, most),
    lost: changes
      .filter(({ change }) => change < 0)
      .sort((one, other) => one.change - other.change)
      .slice(0, most),
  }
}
