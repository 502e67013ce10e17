/**
 * Parses what was typed. Any string is a query: what is no operator is text.
 *
 *     word      any of the words, best first
 *     +word     must be there; words without a sign are then optional
 *     -word     must not be there
 */
import { ALL, type QueryNode } from './query.ts'

/** The tree of a query. With `all`, every word without a sign must be there too. */
export function parseQuery(query: string, all = false): QueryNode {
  const must: QueryNode[] = []
  const may: QueryNode[] = []
  const mustNot: QueryNode[] = []
  for (const run of query.split(/\s+/u)) {
    if (run === '') continue
    const sign = run.length > 1 ? run[0] : ''
    if (sign === '+') must.push({ kind: 'word', text: run.slice(1) })
    else if (sign === '-') mustNot.push({ kind: 'word', text: run.slice(1) })
    else (all ? must : may).push({ kind: 'word', text: run })
  }
  const include = combined(must, may)
  return mustNot.length === 0 ? include : { kind: 'not', include, exclude: either(mustNot) }
}

/** `+a b`: a, and b adds to the score where it is. */
function combined(must: QueryNode[], may: QueryNode[]): QueryNode {
  if (must.length === 0) return may.length === 0 ? ALL : either(may)
  const optional: QueryNode[] = may.length === 0 ? [] : [{ kind: 'or', children: [...may, ALL] }]
  const children = [...must, ...optional]
  return children.length === 1 ? children[0]! : { kind: 'and', children }
}

function either(nodes: QueryNode[]): QueryNode {
  return nodes.length === 1 ? nodes[0]! : { kind: 'or', children: nodes }
}
