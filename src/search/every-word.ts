/**
 * A few keywords are all wanted: a chunk that has every one of them comes before any that lacks one. In comes a
 * ranking, out comes one in which those that were too low are lifted, by the least that does it.
 */
import type { CountedLeaf } from './match.ts'
import { byScore, type Ranked, withShare } from './rank.ts'

/** Share of the best score by which the lifted come before the others. */
const MARGIN = 1e-6

/** Tells whether a chunk has every word of the query; leaves of one word (the parts of a run) share its label. */
export function hasEveryWord(leaves: readonly CountedLeaf[]): (ranked: Ranked) => boolean {
  const labels = [...new Set(leaves.map(({ leaf }) => leaf.label))]
  const numbers = labels.map(label =>
    leaves.flatMap(({ leaf }, number) => (leaf.label === label ? number : [])),
  )
  return ({ candidate: { frequencies } }) =>
    numbers.every(parts => parts.some(number => frequencies[number]! > 0))
}

/** Lifts the chunks that are `full` over those that are not. */
export function liftOver(ranked: readonly Ranked[], isFull: (ranked: Ranked) => boolean): Ranked[] {
  const full: Ranked[] = []
  const others: Ranked[] = []
  for (const each of ranked) (isFull(each) ? full : others).push(each)
  const lowest = full.reduce((least, { score }) => Math.min(least, score), Number.POSITIVE_INFINITY)
  const highest = others.reduce((most, { score }) => Math.max(most, score), 0)
  const lift = lowest > highest ? 0 : highest - lowest + MARGIN * highest
  return [...full.map(each => withShare(each, 'every word', lift)), ...others].sort(byScore)
}
