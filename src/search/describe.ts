/**
 * The canonical form of a query, with its operators spelt out: what `--explain` shows. In comes a tree, out comes a
 * query that parses to an equal one.
 */
import { isFilter, isOptional, type QueryNode } from './query.ts'
import { escaped, hasToken } from './query-word.ts'
import { scan } from './scan.ts'

/**
 * Writes a tree as a query. Parsed again, without `all`, it gives an equal tree, if that is one a query can give and
 * nests no deeper than the language does. Every chunk is the empty query.
 */
export function describeQuery(node: QueryNode): string {
  switch (node.kind) {
    case 'word':
      return written(node.text)
    case 'phrase':
      return quoted(node.text) + (node.slop > 0 ? `~${node.slop}` : '')
    case 'near':
      return node.children.map(describeQuery).join(` NEAR/${node.distance} `)
    case 'wildcard':
      return node.pattern
    case 'fuzzy':
      return `${node.text}~${node.distance}`
    case 'regex':
      return `/${node.source}/`
    case 'path':
      return `path:${/^[\w*./?-]+$/.test(node.pattern) ? node.pattern : quoted(node.pattern)}`
    case 'field':
      return `${node.field}:${tight(node.child, TIGHT)}`
    case 'boost':
      return `${tight(node.child, BOOSTABLE)}^${node.factor}`
    case 'or':
      return node.children.map(child => operand(child)).join(' OR ')
    case 'and':
      return describeAll(node.children)
    case 'not':
      return `${node.include.kind === 'all' ? '' : `${operand(node.include)} AND `}NOT ${operand(node.exclude)}`
    case 'all':
      return ''
  }
}

/** What needs no parentheses after a field, before a boost, beside an operator. */
const TIGHT = ['word', 'phrase', 'wildcard', 'fuzzy', 'regex']
const BOOSTABLE = [...TIGHT, 'field']
const SIMPLE = [...BOOSTABLE, 'path', 'boost']

function operand(node: QueryNode): string {
  return SIMPLE.includes(node.kind) ? describeQuery(node) : `(${describeQuery(node)})`
}

/** A sign, a field or a boost does not stand at what holds no word. */
function tight(node: QueryNode, kinds: readonly string[]): string {
  const isBare = kinds.includes(node.kind) && (node.kind !== 'word' || hasToken(node.text))
  return isBare ? describeQuery(node) : `(${describeQuery(node)})`
}

function describeAll(children: readonly QueryNode[]): string {
  const last = children.at(-1)!
  if (!isOptional(last)) return children.map(operand).join(' AND ')
  const must = children.slice(0, -1).map(required)
  const may = last.children.slice(0, -1)
  // Bare, a path would be a filter.
  if (may.some(isFilter)) return `${must.join(' ')} (${may.map(operand).join(' OR ')})`
  return [...must, ...may.map(operand)].join(' ')
}

function required(node: QueryNode): string {
  const text = tight(node, SIMPLE)
  // What the sign would make an arrow or an increment.
  return /^[=>]/.test(text) ? `+(${text})` : `+${text}`
}

/** A word as it is typed: with backslashes, where it would be something else without. */
function written(text: string): string {
  const tokens = scan(text)
  const node = tokens[0]?.kind === 'leaf' ? tokens[0].node : undefined
  const isItself = tokens.length === 1 && node?.kind === 'word' && node.text === text
  // Not only by itself, but also between other words, in a group and with a sign.
  const isRisky =
    /^[-+]?["“„«]|^(?:title|heading|text|path):|[\\()]/.test(text) || (/^[-+]/.test(text) && hasToken(text))
  return isItself && !isRisky ? text : escaped(text)
}

/** No text holds all closing marks, or it could not have been quoted. */
function quoted(text: string): string {
  if (!text.includes('"')) return `"${text}"`
  return text.includes('”') ? `«${text}»` : `“${text}”`
}
