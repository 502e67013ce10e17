/** Why a hit has its score: what each leaf adds, by the formula the slice ranks with. */
import { tokenize } from '../text/analyzer.ts'
import { identifierParts } from '../text/identifier.ts'
import { groupsOf } from './leaf.ts'
import type { Collection, CountedLeaf } from './match.ts'
import type { Candidate } from './pool.ts'
import type { LeafShare } from './result.ts'
import { lengthNorms, rounded, saturation } from './score.ts'

export { describeQuery } from './describe.ts'

/** Tells the shares of a candidate's leaves; those that do not count for it are left out. */
export function explainer(
  collection: Collection,
  leaves: readonly CountedLeaf[],
): (candidate: Candidate, text: string) => LeafShare[] {
  const norms = lengthNorms(collection.averageLength)
  return ({ frequencies, length }, text) => {
    const words = new Set(
      tokenize(text).flatMap(({ term, start, end }) => [term, ...identifierParts(text.slice(start, end))]),
    )
    return leaves.flatMap(({ leaf, documentFrequency, idf }, number): LeafShare[] => {
      const frequency = frequencies[number]!
      if (frequency === 0) return []
      const terms = [...new Set(groupsOf(leaf.pattern).flatMap(group => [...group.keys()]))].filter(term =>
        words.has(term),
      )
      const { label, boost } = leaf
      const score = rounded(idf * boost * saturation(frequency, norms[length]!))
      return [{ leaf: label, terms, frequency, documentFrequency, idf: rounded(idf), boost, score }]
    })
  }
}
