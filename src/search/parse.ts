/**
 * Parses what was typed: in comes any string, out comes the tree of query.ts. What is no operator, or lacks what it
 * applies to, is text. docs/query-language.md describes the language and its grammar, whose rules are the methods here.
 * Looks nothing up.
 */
import { ALL, isFilter, isOptional, type QueryNode } from './query.ts'
import { type LeafToken, type OperatorToken, scan, type Token } from './scan.ts'

/** Options of parsing. */
export interface ParseOptions {
  /** Words side by side must all be there; otherwise any of them. */
  readonly all?: boolean | undefined
}

/** The tree of a query. Takes linear time, throws on no string; an empty query is every chunk. */
export function parseQuery(query: string, options: ParseOptions = {}): QueryNode {
  return new Parser(settle(scan(query)), options.all ?? false).sequence()
}

/** Makes words of the operators that lack an operand. */
function settle(tokens: Token[]): Token[] {
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at]!
    if (isOperator(token, 'NOT') && !begins(tokens[at + 1])) tokens[at] = asWord(token)
  }
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!
    if (token.kind !== 'operator' || token.name === 'NOT') continue
    const before = tokens[at - 1]
    const after = tokens[at + 1]
    const hasOperands =
      token.name === 'NEAR'
        ? isNearable(before) && isNearable(after) && after.sign === ''
        : (before?.kind === 'leaf' || before?.kind === 'close') && begins(after)
    if (!hasOperands) tokens[at] = asWord(token)
  }
  return tokens
}

function asWord({ text }: OperatorToken): LeafToken {
  return { kind: 'leaf', sign: '', node: { kind: 'word', text }, start: 0 }
}

function isOperator(token: Token | undefined, name: OperatorToken['name']): token is OperatorToken {
  return token?.kind === 'operator' && token.name === name
}

/** Whether an operand begins here. */
function begins(token: Token | undefined): boolean {
  return token?.kind === 'leaf' || token?.kind === 'open' || isOperator(token, 'NOT')
}

type Nearable = Extract<QueryNode, { kind: 'word' | 'phrase' }>

function isNearable(token: Token | undefined): token is LeafToken & { node: Nearable } {
  return token?.kind === 'leaf' && (token.node.kind === 'word' || token.node.kind === 'phrase')
}

/** Operands joined by AND. */
interface Conjunction {
  readonly include: QueryNode[]
  readonly exclude: QueryNode[]
  /** Whether it is one operand with a plus. */
  readonly required: boolean
}

/** Reads tokens that are known to fit together. A method stands for each rule of the grammar. */
class Parser {
  readonly #tokens: readonly Token[]
  readonly #all: boolean
  #at = 0

  constructor(tokens: readonly Token[], all: boolean) {
    this.#tokens = tokens
    this.#all = all
  }

  /** All of the query, or all of a group. */
  sequence(): QueryNode {
    const must: QueryNode[] = []
    const may: QueryNode[] = []
    const mustNot: QueryNode[] = []
    const filters: QueryNode[] = []
    while (this.#at < this.#tokens.length && this.#tokens[this.#at]!.kind !== 'close') {
      const first = this.#conjunction()
      const alternatives = [nodeOf(first)]
      while (this.#take('OR')) alternatives.push(nodeOf(this.#conjunction()))
      const node = anyOf(alternatives)
      const isSingle = alternatives.length === 1
      if (isSingle && first.include.length === 0) mustNot.push(anyOf(first.exclude))
      else if (this.#all || (isSingle && first.required)) must.push(node)
      else if (isFilter(node)) filters.push(node)
      else may.push(node)
    }
    return without(combined(must, may, filters), mustNot)
  }

  #conjunction(): Conjunction {
    const include: QueryNode[] = []
    const exclude: QueryNode[] = []
    let required: boolean
    let count = 0
    do {
      const { node, sign } = this.#signed()
      if (sign === '-') exclude.push(node)
      else include.push(node)
      required = sign === '+' && count === 0
      count++
    } while (this.#take('AND'))
    return { include, exclude, required }
  }

  /** Two negations are none. */
  #signed(): { node: QueryNode; sign: '' | '+' | '-' } {
    let isNegated = false
    let isDenied = false
    while (this.#take('NOT')) {
      isNegated = !isNegated
      isDenied = true
    }
    const token = this.#tokens[this.#at]!
    const sign = token.kind === 'leaf' || token.kind === 'open' ? token.sign : ''
    if (sign === '-') isNegated = !isNegated
    const node = this.#near()
    return { node, sign: isNegated ? '-' : sign === '+' && !isDenied ? '+' : '' }
  }

  /** Operands of one distance are one node; where the distance changes, both sides must hold. */
  #near(): QueryNode {
    const first = this.#tokens[this.#at]!
    const node = this.#operand()
    if (!isNearable(first)) return node
    const nodes: QueryNode[] = []
    let children: Nearable[] = [first.node]
    let distance = -1
    for (let near = this.#take('NEAR'); near; near = this.#take('NEAR')) {
      if (near.distance !== distance && children.length > 1) {
        nodes.push({ kind: 'near', children, distance })
        children = [children.at(-1)!]
      }
      distance = near.distance
      children.push(this.#operand() as Nearable)
    }
    if (children.length === 1) return node
    return allOf([...nodes, { kind: 'near', children, distance }])
  }

  #operand(): QueryNode {
    const token = this.#tokens[this.#at++]!
    if (token.kind === 'leaf') return token.node
    if (token.kind !== 'open') throw new TypeError(`no operand: ${token.kind}`)
    let node = this.sequence()
    const closing = this.#tokens[this.#at++]
    if (token.field !== undefined) node = { kind: 'field', field: token.field, child: node }
    const factor = closing?.kind === 'close' ? closing.boost : undefined
    return factor === undefined ? node : { kind: 'boost', factor, child: node }
  }

  #take(name: OperatorToken['name']): OperatorToken | undefined {
    const token = this.#tokens[this.#at]
    if (!isOperator(token, name)) return undefined
    this.#at++
    return token
  }
}

function nodeOf({ include, exclude }: Conjunction): QueryNode {
  return without(include.length === 0 ? ALL : allOf(include), exclude)
}

function without(include: QueryNode, excluded: readonly QueryNode[]): QueryNode {
  return excluded.length === 0 ? include : { kind: 'not', include, exclude: anyOf(excluded) }
}

/** `+a b`: a, and b adds to the score where it is. Filters narrow, and make nothing optional. */
function combined(
  must: readonly QueryNode[],
  may: readonly QueryNode[],
  filters: readonly QueryNode[],
): QueryNode {
  if (must.length + may.length + filters.length === 0) return ALL
  if (may.length === 0) return allOf([...must, ...filters])
  const any = must.length === 0 ? anyOf(may) : { kind: 'or' as const, children: [...flat('or', may), ALL] }
  return allOf([...must, any, ...filters])
}

function anyOf(nodes: readonly QueryNode[]): QueryNode {
  return nodes.length === 1 ? nodes[0]! : { kind: 'or', children: flat('or', nodes) }
}

/** What is optional comes last, and is one node. */
function allOf(nodes: readonly QueryNode[]): QueryNode {
  if (nodes.length === 1) return nodes[0]!
  const children = flat('and', nodes)
  const optional = children.filter(isOptional)
  if (optional.length === 0) return { kind: 'and', children }
  const may = optional.flatMap(child => child.children.slice(0, -1))
  const must = children.filter(child => !isOptional(child))
  return { kind: 'and', children: [...must, { kind: 'or', children: [...may, ALL] }] }
}

/** Takes the operands of nodes of this kind for the nodes themselves. */
function flat(kind: 'and' | 'or', nodes: readonly QueryNode[]): QueryNode[] {
  const operands: QueryNode[] = []
  for (const node of nodes) {
    if (node.kind === kind) for (const child of node.children) operands.push(child)
    else operands.push(node)
  }
  return operands
}
