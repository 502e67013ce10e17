/** Query trees, taken apart for tests. */
import type { QueryNode } from '../../src/search/query.ts'

/** Every node of a tree, itself first. */
export function nodesOf(tree: QueryNode): QueryNode[] {
  const children =
    'children' in tree
      ? tree.children
      : 'child' in tree
        ? [tree.child]
        : tree.kind === 'not'
          ? [tree.include, tree.exclude]
          : []
  return [tree, ...children.flatMap(nodesOf)]
}
