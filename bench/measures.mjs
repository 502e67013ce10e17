/**
 * How good is a ranking? The measures of trec_eval, for one query. In come the ids of documents, best first, and a Map
 * of the relevant ones to their relevance (over 0).
 */

/** Discounted cumulative gain of the first k over the best possible; the gain is the relevance itself. */
export function ndcg(ranking, relevant, k) {
  const ideal = gain([...relevant.values()].sort((a, b) => b - a).slice(0, k))
  return gain(ranking.slice(0, k).map(id => relevant.get(id) ?? 0)) / ideal
}

function gain(relevances) {
  return relevances.reduce((sum, relevance, at) => sum + relevance / Math.log2(at + 2), 0)
}

/** Mean of the precision at each relevant document; those never found count 0. */
export function averagePrecision(ranking, relevant) {
  let found = 0
  let sum = 0
  ranking.forEach((id, at) => {
    if (relevant.has(id)) sum += ++found / (at + 1)
  })
  return sum / relevant.size
}

/** Share of relevant documents among the first k places. */
export function precision(ranking, relevant, k) {
  return found(ranking, relevant, k) / k
}

/** Share of the relevant documents that are among the first k. */
export function recall(ranking, relevant, k) {
  return found(ranking, relevant, k) / relevant.size
}

function found(ranking, relevant, k) {
  return ranking.slice(0, k).filter(id => relevant.has(id)).length
}

/** 1 over the place of the first relevant document; 0 where none is among the first k. */
export function reciprocalRank(ranking, relevant, k) {
  const at = ranking.slice(0, k).findIndex(id => relevant.has(id))
  return at < 0 ? 0 : 1 / (at + 1)
}

/** Mean of numbers; 0 of none. */
export function mean(numbers) {
  return numbers.length ? numbers.reduce((sum, number) => sum + number, 0) / numbers.length : 0
}
