/**
 * How typical a word is of a text against another: the log-likelihood ratio of Dunning, "Accurate Methods for the
 * Statistics of Surprise and Coincidence", Computational Linguistics 19 (1993). It asks how much likelier the counts are
 * if the word has a rate of its own in each of the two texts than if it has one rate in both.
 */

/**
 * The ratio `-2 log λ`: 0 where the rates are alike; from 10.83 on chance is an explanation once in a thousand words.
 * `count` occurrences among `tokens`, against `otherCount` among `otherTokens`.
 */
export function logLikelihood(
  count: number,
  tokens: number,
  otherCount: number,
  otherTokens: number,
): number {
  const rate = (count + otherCount) / (tokens + otherTokens)
  const apart =
    logOf(count / tokens, count, tokens) + logOf(otherCount / otherTokens, otherCount, otherTokens)
  const together = logOf(rate, count, tokens) + logOf(rate, otherCount, otherTokens)
  return Math.max(0, 2 * (apart - together))
}

/** log of p^k (1-p)^(n-k); nothing to the power of nothing is 1. */
function logOf(p: number, k: number, n: number): number {
  return (k === 0 ? 0 : k * Math.log(p)) + (n === k ? 0 : (n - k) * Math.log(1 - p))
}
