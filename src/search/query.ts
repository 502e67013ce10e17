/**
 * A query as a tree: what the parser makes of what was typed, before anything is looked up.
 */

export type QueryNode =
  /** A run of characters without white space; what the analyzer makes of it decides what it matches. */
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'and'; readonly children: readonly QueryNode[] }
  | { readonly kind: 'or'; readonly children: readonly QueryNode[] }
  /** What `include` matches and `exclude` does not. */
  | { readonly kind: 'not'; readonly include: QueryNode; readonly exclude: QueryNode }
  /** Every chunk, at no score. */
  | { readonly kind: 'all' }

/** Every chunk. */
export const ALL: QueryNode = { kind: 'all' }
