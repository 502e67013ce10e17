/**
 * Queries of words alone, as most are: what parse.ts would make of them, told without it. A page need not have the
 * parser for its first answer.
 */
import { ALL, type QueryNode } from './query.ts'

/** What may be more than a character, for the query language; a question mark behind a word is one. */
const MEANT = /[\\"“„«()+~^*/:]|(?:^|\s)-|\?(?!\?|[^\S\ufeff]|$)|(?:^|\s)\?/
const OPERATOR_WORD = /^(?:AND|OR|NOT|NEAR)$/

/** The tree of a query; undefined where it may hold more than words. `all` as in parse.ts. */
export function plainQuery(query: string, all = false): QueryNode | undefined {
  if (MEANT.test(query)) return undefined
  const words = query.split(/[^\S\ufeff]+/).filter(Boolean)
  if (words.some(word => OPERATOR_WORD.test(word))) return undefined
  const children = words.map((text): QueryNode => ({ kind: 'word', text }))
  if (children.length <= 1) return children[0] ?? ALL
  return { kind: all ? 'and' : 'or', children }
}
