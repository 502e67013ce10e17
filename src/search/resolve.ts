/**
 * Turns a query's words into leaves: analyzes each as the documents were analyzed, looks up the terms that stand for
 * it, and settles what a run of several tokens stands for. Done once for all segments.
 */
import { GleanError } from '../errors.ts'
import { forEachToken } from '../text/analyzer.ts'
import { FIELDS } from '../text/field.ts'
import { identifierParts } from '../text/identifier.ts'
import type { Expansion } from './expansion.ts'
import type { Pattern, Plan, TermGroup } from './leaf.ts'
import type { Lookup } from './lookup.ts'
import type { QueryNode } from './query.ts'
import { isSentence, runParts } from './run.ts'
import { FIELD_WEIGHTS } from './score.ts'
import type { FoundWord } from './words.ts'

export interface ResolveContext {
  readonly lookup: Lookup
  /** Whether words match only as they are written. */
  readonly exact: boolean
  /** Whether words also match others that differ from them by a letter or two. */
  readonly fuzzy?: boolean
}

export interface Resolved {
  readonly plan: Plan
  /** Query words that no chunk has. */
  readonly absent: string[]
  /** Clauses that are matched by their parts, because no chunk has them as they stand. */
  readonly relaxed: string[]
}

/** Looks up the words of a query. */
export async function resolveQuery(query: QueryNode, context: ResolveContext): Promise<Resolved> {
  const resolver = new Resolver(context)
  resolver.begin(query)
  const plan = (await resolver.plan(query, { fieldWeights: FIELD_WEIGHTS, boost: 1 })) ?? { kind: 'none' }
  return { plan, absent: [...resolver.absent], relaxed: [...resolver.relaxed] }
}

/** Characters from which a misspelt word may differ by two letters. */
const LONG_WORD = 6

/** Characters of a part of a word, as in o'neil~, that may be misspelt. */
const SHORTEST_MISSPELT = 3

/** Leaves of a query: each needs memory of its own while it is matched. */
const MOST_LEAVES = 1000

/** What the nodes above a word say of it. */
interface Scope {
  readonly fieldWeights: readonly number[]
  readonly boost: number
}

type NodeOf<K extends QueryNode['kind']> = Extract<QueryNode, { kind: K }>

class Resolver {
  readonly absent = new Set<string>()
  readonly relaxed = new Set<string>()
  readonly #context: ResolveContext
  readonly #words = new Map<string, Promise<FoundWord>>()
  #leaves = 0

  constructor(context: ResolveContext) {
    this.#context = context
  }

  /** Begins to look up the words of a query, all at once: where reading takes long, each would wait for the one before. */
  begin(node: QueryNode): void {
    if (node.kind === 'word' || node.kind === 'phrase') {
      const exact = node.kind === 'phrase' || this.#context.exact
      // A word that cannot be read fails where it is needed.
      for (const term of termsOf(node.text)) this.#group(term, exact).catch(() => {})
    } else if (node.kind === 'not') for (const child of [node.include, node.exclude]) this.begin(child)
    else if ('children' in node) for (const child of node.children) this.begin(child)
    else if ('child' in node) this.begin(node.child)
  }

  /** Undefined for what asks for nothing (a dash, a smiley): it neither matches nor stands in the way. */
  async plan(node: QueryNode, scope: Scope): Promise<Plan | undefined> {
    switch (node.kind) {
      case 'word':
        return this.#word(node, scope)
      case 'phrase':
      case 'near':
        return this.#positional(node, scope)
      case 'wildcard':
      case 'fuzzy':
      case 'regex':
        return this.#expansion(node, scope)
      case 'path':
        return this.#path(node)
      case 'field':
        return this.plan(node.child, { ...scope, fieldWeights: only(node.field) })
      case 'boost':
        return this.plan(node.child, { ...scope, boost: scope.boost * node.factor })
      case 'and':
      case 'or':
        return this.#combination(node, scope)
      case 'not':
        return this.#exclusion(node, scope)
      case 'all':
        return { kind: 'all' }
    }
  }

  async #combination({ kind, children }: NodeOf<'and' | 'or'>, scope: Scope): Promise<Plan | undefined> {
    const plans: Plan[] = []
    for (const [child, times] of counted(children)) {
      const plan = await this.plan(child, { ...scope, boost: scope.boost * times })
      if (plan) plans.push(plan)
    }
    return plans.length <= 1 ? plans[0] : { kind, children: plans }
  }

  /** A word that is excluded and nowhere to be found is no news: it is not told as absent. */
  async #exclusion({ include, exclude }: NodeOf<'not'>, scope: Scope): Promise<Plan> {
    const wanted = (await this.plan(include, scope)) ?? { kind: 'all' }
    const unwanted = await new Resolver(this.#context).plan(exclude, scope)
    if (!unwanted || unwanted.kind === 'none') return wanted
    return { kind: 'not', include: wanted, exclude: unwanted }
  }

  /**
   * A run of characters: a word; or several tokens side by side, or else any of their parts. Of a sentence in a script
   * without spaces the parts count in any case, and the whole besides where it stands.
   */
  async #word({ text }: NodeOf<'word'>, scope: Scope): Promise<Plan | undefined> {
    const terms = termsOf(text)
    if (terms.length === 0) return undefined
    const label = text.toLowerCase()
    if (this.#context.fuzzy && terms.length === 1) {
      const distance = terms[0]!.length < LONG_WORD ? 1 : 2
      return this.#expansion({ kind: 'fuzzy', text, distance }, scope)
    }
    const whole = await this.#run(terms)
    const stands = whole !== undefined && (terms.length === 1 || (await this.#context.lookup.stands(whole)))
    const sentence = isSentence(terms)
    if (stands && !sentence) return this.#leaf(label, whole, scope)
    const parted = terms.length === 1 ? await this.#parted(text) : undefined
    if (parted) {
      this.relaxed.add(label)
      return this.#leaf(label, parted, scope)
    }
    const children: Plan[] = stands ? [this.#leaf(label, whole, scope)] : []
    for (const part of terms.length === 1 ? [] : runParts(terms)) {
      const pattern = await this.#run(part)
      if (pattern) children.push(this.#leaf(label, pattern, scope))
    }
    if (children.length === 0) return this.#nothing(label)
    if (!sentence) this.relaxed.add(label)
    return children.length === 1 ? children[0]! : { kind: 'or', children }
  }

  /** An identifier as others write it: the parts of parseHtmlTree side by side, as in parse_html_tree. */
  async #parted(text: string): Promise<Pattern | undefined> {
    const parts = identifierParts(text)
    const pattern = parts.length > 1 ? await this.#run(parts) : undefined
    return pattern && (await this.#context.lookup.stands(pattern)) ? pattern : undefined
  }

  /** Terms side by side, each in any of its forms; undefined where one of them is in no dictionary. */
  async #run(terms: readonly string[]): Promise<Pattern | undefined> {
    const words = await Promise.all(terms.map(term => this.#group(term, this.#context.exact)))
    if (words.some(({ group }) => group.size === 0)) return undefined
    if (words.length === 1) return { kind: 'word', ...words[0]! }
    return { kind: 'phrase', groups: words.map(({ group }) => group), slop: 0 }
  }

  async #positional(node: NodeOf<'phrase' | 'near'>, scope: Scope): Promise<Plan | undefined> {
    const label =
      node.kind === 'phrase'
        ? node.text.toLowerCase()
        : node.children.map(child => child.text.toLowerCase()).join(' ')
    const pattern = await this.#pattern(node)
    if (pattern === undefined) return undefined
    return pattern === 'absent' ? { kind: 'none' } : this.#leaf(label, pattern, scope)
  }

  /** Quoted words stand for themselves alone; the operands of NEAR, unless quoted, for their forms too. */
  async #pattern(node: NodeOf<'word' | 'phrase' | 'near'>): Promise<Pattern | 'absent' | undefined> {
    if (node.kind === 'near') {
      const parts: Pattern[] = []
      for (const child of node.children) {
        const part = await this.#pattern(child)
        if (part === 'absent') return 'absent'
        if (part) parts.push(part)
      }
      return parts.length <= 1 ? parts[0] : { kind: 'near', parts, distance: node.distance }
    }
    const quoted = node.kind === 'phrase'
    const groups: TermGroup[] = []
    for (const term of termsOf(node.text)) {
      const { group } = await this.#group(term, quoted || this.#context.exact)
      if (group.size === 0) this.absent.add(term)
      groups.push(group)
    }
    if (groups.some(group => group.size === 0)) return 'absent'
    if (groups.length <= 1) return groups[0] && { kind: 'word', group: groups[0] }
    return { kind: 'phrase', groups, slop: quoted ? node.slop : 0 }
  }

  /** Words of the dictionary that a pattern, a misspelling or a regular expression stands for. */
  async #expansion(node: NodeOf<'wildcard' | 'fuzzy' | 'regex'>, scope: Scope): Promise<Plan | undefined> {
    const isOne = node.kind !== 'fuzzy' || termsOf(node.text).length === 1
    const { label, group } = isOne ? await this.#expand(node) : { label: `${node.text.toLowerCase()}~` }
    if (isOne && group === undefined) return this.#word({ kind: 'word', text: label }, scope)
    const pattern = group?.size ? ({ kind: 'word', group } as const) : await this.#apart(node)
    return pattern ? this.#leaf(label, pattern, scope) : this.#nothing(label)
  }

  /** A pattern over what the analyzer takes for several words: these side by side; undefined where one is in no dictionary. */
  async #apart(node: NodeOf<'wildcard' | 'fuzzy' | 'regex'>): Promise<Pattern | undefined> {
    if (node.kind === 'regex') return undefined
    const { patternParts } = await import('./query-word.ts')
    const parts = patternParts(node.kind === 'fuzzy' ? node.text : node.pattern)
    const groups = await Promise.all(
      parts.map(async part => {
        if (node.kind === 'fuzzy' && part.length >= SHORTEST_MISSPELT)
          return (await this.#expand({ ...node, text: part })).group!
        if (/[*?]/.test(part)) return (await this.#expand({ kind: 'wildcard', pattern: part })).group!
        return (await this.#group(part.toLowerCase(), this.#context.exact)).group
      }),
    )
    if (groups.length === 0 || groups.some(group => group.size === 0)) return undefined
    return groups.length === 1 ? { kind: 'word', group: groups[0]! } : { kind: 'phrase', groups, slop: 0 }
  }

  #expand(node: NodeOf<'wildcard' | 'fuzzy' | 'regex'>): Promise<Expansion> {
    const { exact, lookup } = this.#context
    const formsOf = async (word: string) => (await this.#group(word, exact)).group
    return lookup.expand(node.kind === 'wildcard' && exact ? { ...node, asWritten: true } : node, formsOf)
  }

  async #path({ pattern }: NodeOf<'path'>): Promise<Plan> {
    const { pathFilter } = await import('../crawl/path-filter.ts')
    const filter = pathFilter([pattern], [])
    return this.#context.lookup.paths(path => filter.includes(path))
  }

  /** The terms that stand for a word; see words.ts. */
  #group(word: string, exact: boolean): Promise<FoundWord> {
    const key = `${exact} ${word}`
    const known = this.#words.get(key) ?? this.#context.lookup.word(word, exact)
    this.#words.set(key, known)
    return known
  }

  #leaf(label: string, pattern: Pattern, { fieldWeights, boost }: Scope): Plan {
    if (++this.#leaves > MOST_LEAVES) {
      throw new GleanError(
        'usage',
        `a query may stand for ${MOST_LEAVES} words and phrases, this one for more; ask for its rarest words`,
      )
    }
    return { kind: 'leaf', leaf: { label, pattern, fieldWeights, boost } }
  }

  #nothing(label: string): Plan {
    this.absent.add(label)
    return { kind: 'none' }
  }
}

/** The different nodes, each with how often it stands: what is said twice counts twice, and is looked up once. */
function counted(nodes: readonly QueryNode[]): Map<QueryNode, number> {
  const first = new Map<string, QueryNode>()
  const counts = new Map<QueryNode, number>()
  for (const node of nodes) {
    const key = JSON.stringify(node)
    const known = first.get(key) ?? node
    first.set(key, known)
    counts.set(known, (counts.get(known) ?? 0) + 1)
  }
  return counts
}

function termsOf(text: string): string[] {
  const terms: string[] = []
  forEachToken(text, 0, text.length, term => terms.push(term))
  return terms
}

function only(field: string): number[] {
  return FIELDS.map((name, number) => (name === field ? FIELD_WEIGHTS[number]! : 0))
}
