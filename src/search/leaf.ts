/**
 * A leaf: one scorable thing of a query, with the terms that stand for it. Leaves are resolved once for all segments,
 * so that every segment answers the same question.
 */

/** A term of the dictionary that stands for a query word, and what an occurrence of it counts. */
export interface WeightedTerm {
  readonly term: string
  readonly weight: number
}

/** The terms that may stand at one place. */
export type TermGroup = readonly WeightedTerm[]

export interface Leaf {
  /** The query word it comes from, lower-cased; several leaves may share one. */
  readonly label: string
  /** One group for a word; several for words that must follow one another. */
  readonly groups: readonly TermGroup[]
  /** What an occurrence counts in each field; 0 where the leaf does not look. */
  readonly fieldWeights: readonly number[]
  readonly boost: number
}

/** A query whose words have been looked up. */
export type Plan =
  | { readonly kind: 'leaf'; readonly leaf: Leaf }
  | { readonly kind: 'and'; readonly children: readonly Plan[] }
  | { readonly kind: 'or'; readonly children: readonly Plan[] }
  | { readonly kind: 'not'; readonly include: Plan; readonly exclude: Plan }
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }

/** The leaves that add to a score, in the order of the query. */
export function scoredLeaves(plan: Plan): Leaf[] {
  switch (plan.kind) {
    case 'leaf':
      return [plan.leaf]
    case 'and':
    case 'or':
      return plan.children.flatMap(scoredLeaves)
    case 'not':
      return scoredLeaves(plan.include)
    default:
      return []
  }
}
