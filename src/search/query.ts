/**
 * A query as a tree: what the parser makes of what was typed, before anything is looked up. Every node that stands for
 * typed text carries it, for `matched`, `absent` and `--explain`.
 */
import type { FieldName } from '../text/field.ts'

/** A run of characters without white space; what the analyzer makes of it decides what it matches. */
export interface WordNode {
  readonly kind: 'word'
  readonly text: string
}

/** Words that stand one after the other, as they are written; `slop` further words may stand among them. */
export interface PhraseNode {
  readonly kind: 'phrase'
  /** What stood between the quotes. */
  readonly text: string
  readonly slop: number
}

/** Two or more words or phrases, in any order, with at most `distance` words between one and the next. */
export interface NearNode {
  readonly kind: 'near'
  readonly children: readonly (WordNode | PhraseNode)[]
  readonly distance: number
}

/** A pattern over the words of the dictionary: `*` is any run of characters, `?` any one. */
export interface WildcardNode {
  readonly kind: 'wildcard'
  readonly pattern: string
  /** Whether marks must be as they are typed. */
  readonly asWritten?: boolean
}

/** Words within an edit distance (insertions, deletions, substitutions, transpositions of neighbours). */
export interface FuzzyNode {
  readonly kind: 'fuzzy'
  readonly text: string
  readonly distance: 1 | 2
}

/** Words of the dictionary that a regular expression matches whole. */
export interface RegexNode {
  readonly kind: 'regex'
  readonly source: string
}

/** Documents whose path matches a glob; scores nothing. */
export interface PathNode {
  readonly kind: 'path'
  readonly pattern: string
}

export type QueryNode =
  | WordNode
  | PhraseNode
  | NearNode
  | WildcardNode
  | FuzzyNode
  | RegexNode
  | PathNode
  /** Only matches in one field count. */
  | { readonly kind: 'field'; readonly field: FieldName; readonly child: QueryNode }
  /** What the child scores counts this many times. */
  | { readonly kind: 'boost'; readonly factor: number; readonly child: QueryNode }
  | { readonly kind: 'and'; readonly children: readonly QueryNode[] }
  | { readonly kind: 'or'; readonly children: readonly QueryNode[] }
  /** What `include` matches and `exclude` does not. */
  | { readonly kind: 'not'; readonly include: QueryNode; readonly exclude: QueryNode }
  /** Every chunk, at no score. */
  | { readonly kind: 'all' }

/** Every chunk. */
export const ALL: QueryNode = { kind: 'all' }

/** Whether a node asks for nothing but paths: what scores nothing, and so is of no use as an alternative. */
export function isFilter(node: QueryNode): boolean {
  switch (node.kind) {
    case 'path':
    case 'all':
      return true
    case 'and':
    case 'or':
      return node.children.every(isFilter)
    case 'not':
      return isFilter(node.include) && isFilter(node.exclude)
    default:
      return false
  }
}

/** Whether a node is what an AND would like to have and does without: its last alternative is every chunk. */
export function isOptional(node: QueryNode): node is Extract<QueryNode, { kind: 'or' }> {
  return node.kind === 'or' && node.children.at(-1)?.kind === 'all'
}
