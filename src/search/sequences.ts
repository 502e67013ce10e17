/** The plain words of a query in the order they were typed, and which of them follow one another. */
import type { QueryNode } from './query.ts'

/** Texts of words side by side in the query, stretch by stretch; any other clause parts two stretches. */
export function sequencesOf(tree: QueryNode): string[][] {
  const sequences: string[][] = [[]]
  const visit = (node: QueryNode): void => {
    if (node.kind === 'word') sequences.at(-1)!.push(node.text)
    else if (node.kind === 'boost' && node.child.kind === 'word') visit(node.child)
    else if (node.kind === 'or' || node.kind === 'and') node.children.forEach(visit)
    else if (node.kind === 'not') visit(node.include)
    else if (sequences.at(-1)!.length > 0) sequences.push([])
  }
  visit(tree)
  return sequences.filter(words => words.length > 0)
}
