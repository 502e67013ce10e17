/**
 * How good is a ranking? The measures of trec_eval, for one query. In come the ids of documents, best first, each once,
 * and the judgements; relevant is what is judged higher than 0. A query without a relevant document measures 0.
 */
import type { Judgements } from './collection.ts'

/** The measures of one query, or their means. Names as `glean eval --json` has them. */
export interface Measures {
  'ndcg@10': number
  map: number
  mrr: number
  'p@10': number
  'recall@100': number
}

export type MeasureName = keyof Measures

/** In the order they are shown in. */
export const MEASURES: Readonly<
  Record<MeasureName, (ranking: readonly string[], judged: Judgements) => number>
> = {
  'ndcg@10': (ranking, judged) => ndcg(ranking, judged, 10),
  map: averagePrecision,
  mrr: reciprocalRank,
  'p@10': (ranking, judged) => precision(ranking, judged, 10),
  'recall@100': (ranking, judged) => recall(ranking, judged, 100),
}

export const MEASURE_NAMES = Object.keys(MEASURES) as MeasureName[]

/** All measures of a ranking. */
export function measure(ranking: readonly string[], judged: Judgements): Measures {
  return Object.fromEntries(
    MEASURE_NAMES.map(name => [name, MEASURES[name](ranking, judged)]),
  ) as unknown as Measures
}

/** The mean of each measure; 0 of none. */
export function meansOf(rows: readonly Measures[]): Measures {
  return Object.fromEntries(
    MEASURE_NAMES.map(name => [name, mean(rows.map(row => row[name]))]),
  ) as unknown as Measures
}

/**
 * Normalised discounted cumulative gain of the first k (Järvelin and Kekäläinen, TOIS 20(4), 2002), as trec_eval's
 * `ndcg_cut`: the gain is the relevance itself, the discount log2(rank + 1), and what it is divided by is the gain of
 * the best order of all judged documents, cut at k.
 */
export function ndcg(ranking: readonly string[], judged: Judgements, k: number): number {
  const best = gain([...judged.values()].sort((a, b) => b - a).slice(0, k))
  return best === 0 ? 0 : gain(ranking.slice(0, k).map(id => judged.get(id) ?? 0)) / best
}

function gain(relevances: readonly number[]): number {
  return relevances.reduce((sum, relevance, at) => sum + Math.max(relevance, 0) / Math.log2(at + 2), 0)
}

/**
 * Average precision (Buckley and Voorhees, SIGIR 2000; trec_eval's `map`): the mean, over all relevant documents, of
 * the precision at the rank of each; those never found count 0.
 */
export function averagePrecision(ranking: readonly string[], judged: Judgements): number {
  let found = 0
  let sum = 0
  for (const [at, id] of ranking.entries()) if (isRelevant(id, judged)) sum += ++found / (at + 1)
  return over(sum, relevantOf(judged))
}

/** One over the rank of the first relevant document (Voorhees, TREC-8, 1999; `recip_rank`); 0 where there is none. */
export function reciprocalRank(ranking: readonly string[], judged: Judgements): number {
  const at = ranking.findIndex(id => isRelevant(id, judged))
  return at < 0 ? 0 : 1 / (at + 1)
}

/** Share of relevant documents among the first k ranks, filled or not (`P_10`). */
export function precision(ranking: readonly string[], judged: Judgements, k: number): number {
  return foundIn(ranking, judged, k) / k
}

/** Share of the relevant documents that are among the first k (`recall_100`). */
export function recall(ranking: readonly string[], judged: Judgements, k: number): number {
  return over(foundIn(ranking, judged, k), relevantOf(judged))
}

/** Mean of numbers; 0 of none. */
export function mean(numbers: readonly number[]): number {
  return over(
    numbers.reduce((sum, number) => sum + number, 0),
    numbers.length,
  )
}

function foundIn(ranking: readonly string[], judged: Judgements, k: number): number {
  return ranking.slice(0, k).filter(id => isRelevant(id, judged)).length
}

function relevantOf(judged: Judgements): number {
  return [...judged.values()].filter(relevance => relevance > 0).length
}

function isRelevant(id: string, judged: Judgements): boolean {
  return (judged.get(id) ?? 0) > 0
}

function over(sum: number, count: number): number {
  return count === 0 ? 0 : sum / count
}
