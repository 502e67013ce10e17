/**
 * A leaf: one scorable thing of a query, with the terms that stand for it. Leaves are resolved once for all segments,
 * so that every segment answers the same question.
 */

/** The terms that may stand at one place, each with what an occurrence of it counts. */
export type TermGroup = ReadonlyMap<string, number>

/** How the words of a leaf must stand to each other. */
export type Pattern =
  /** One word; `frequencies`, where known, are the chunks of each segment that have any of its terms. */
  | {
      readonly kind: 'word'
      readonly group: TermGroup
      readonly frequencies?: readonly (number | undefined)[] | undefined
    }
  /** Words in order, with `slop` others among them at the most. */
  | { readonly kind: 'phrase'; readonly groups: readonly TermGroup[]; readonly slop: number }
  /** Parts in any order, with `distance` words at the most between one and the next. */
  | { readonly kind: 'near'; readonly parts: readonly Pattern[]; readonly distance: number }

export interface Leaf {
  /** The query word it comes from, lower-cased; several leaves may share one. */
  readonly label: string
  readonly pattern: Pattern
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
  /** Chunks given as ranges `[start, end)` for each segment, ascending: what a filter lets through. */
  | { readonly kind: 'ranges'; readonly ranges: readonly (readonly (readonly [number, number])[])[] }
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }

/** The groups of a pattern, in the order of the query. */
export function groupsOf(pattern: Pattern): readonly TermGroup[] {
  switch (pattern.kind) {
    case 'word':
      return [pattern.group]
    case 'phrase':
      return pattern.groups
    case 'near':
      return pattern.parts.flatMap(groupsOf)
  }
}

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

/** The terms of all leaves, those of what is excluded among them. */
export function termsOf(plan: Plan): ReadonlySet<string> {
  const terms = new Set<string>()
  const collect = (node: Plan): void => {
    if (node.kind === 'leaf')
      for (const group of groupsOf(node.leaf.pattern)) for (const term of group.keys()) terms.add(term)
    else if (node.kind === 'and' || node.kind === 'or') node.children.forEach(collect)
    else if (node.kind === 'not') [node.include, node.exclude].forEach(collect)
  }
  collect(plan)
  return terms
}
