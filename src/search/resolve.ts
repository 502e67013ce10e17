/**
 * Turns a query's words into leaves: analyzes each as the documents were analyzed, looks up its forms, and settles
 * what a run of several tokens stands for. Done once for all segments.
 */

import { formKey } from '../segment/form-table.ts'
import type { Segment } from '../segment/segment.ts'
import { forEachToken } from '../text/analyzer.ts'
import { classOf, SOLO, SOLO_MARK } from '../text/character.ts'
import { fold } from '../text/fold.ts'
import type { Stemmer } from '../text/stem.ts'
import type { Leaf, Plan, TermGroup } from './leaf.ts'
import { phrasePostings } from './phrase.ts'
import type { QueryNode } from './query.ts'
import { FIELD_WEIGHTS, FORM_WEIGHTS } from './score.ts'

export interface ResolveContext {
  readonly segments: readonly Segment[]
  /** Stemmers of the index's form tables, by language. */
  readonly stemmers: ReadonlyMap<string, Stemmer>
  /** Whether words match only as they are written. */
  readonly exact: boolean
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
  const plan = await resolver.plan(query)
  return { plan, absent: resolver.absent, relaxed: resolver.relaxed }
}

class Resolver {
  readonly absent: string[] = []
  readonly relaxed: string[] = []
  readonly #context: ResolveContext

  constructor(context: ResolveContext) {
    this.#context = context
  }

  async plan(node: QueryNode): Promise<Plan> {
    switch (node.kind) {
      case 'word':
        return (await this.#word(node.text)) ?? { kind: 'none' }
      case 'and':
      case 'or':
        return this.#combination(node)
      case 'not': {
        const include = await this.plan(node.include)
        const exclude = await new Resolver(this.#context).plan(node.exclude)
        return exclude.kind === 'none' ? include : { kind: 'not', include, exclude }
      }
      case 'all':
        return { kind: 'all' }
    }
  }

  /** Words without a token (a dash, a smiley) ask for nothing: they neither match nor stand in the way. */
  async #combination({ kind, children }: Extract<QueryNode, { kind: 'and' | 'or' }>): Promise<Plan> {
    const plans: Plan[] = []
    for (const child of children) {
      const plan = child.kind === 'word' ? await this.#word(child.text) : await this.plan(child)
      if (plan) plans.push(plan)
    }
    if (plans.length === 0) return { kind: 'none' }
    return plans.length === 1 ? plans[0]! : { kind, children: plans }
  }

  /** What a run of characters stands for; undefined where it has no token. */
  async #word(text: string): Promise<Plan | undefined> {
    const terms: string[] = []
    forEachToken(text, 0, text.length, term => terms.push(term))
    if (terms.length === 0) return undefined
    const label = text.toLowerCase()
    const plan = terms.length === 1 ? await this.#leafPlan(label, terms) : await this.#run(label, terms)
    if (plan.kind === 'none') this.absent.push(label)
    return plan
  }

  /** Several tokens typed together: what has them side by side, or else, what has any of their parts. */
  async #run(label: string, terms: readonly string[]): Promise<Plan> {
    const whole = await this.#leafPlan(label, terms)
    if (whole.kind === 'leaf' && (await this.#stands(whole.leaf))) return whole
    const children: Plan[] = []
    for (const part of runParts(terms)) {
      const plan = await this.#leafPlan(label, part)
      if (plan.kind !== 'none') children.push(plan)
    }
    if (children.length === 0) return { kind: 'none' }
    this.relaxed.push(label)
    return children.length === 1 ? children[0]! : { kind: 'or', children }
  }

  /** A leaf for terms side by side; `none` where one of them is in no dictionary. */
  async #leafPlan(label: string, terms: readonly string[]): Promise<Plan> {
    const groups = await Promise.all(terms.map(term => this.#group(term)))
    if (groups.some(group => group.length === 0)) return { kind: 'none' }
    return { kind: 'leaf', leaf: { label, groups, fieldWeights: FIELD_WEIGHTS, boost: 1 } }
  }

  /** The terms of the dictionaries that stand for a word, the word itself first, then in order. */
  async #group(word: string): Promise<TermGroup> {
    const { segments, stemmers, exact } = this.#context
    const terms = new Set([word])
    if (!exact) {
      for (const [language, stem] of stemmers) {
        const key = formKey(word, stem)
        for (const segment of segments) for (const form of await segment.forms(language, key)) terms.add(form)
      }
    }
    const folded = fold(word)
    const group: { term: string; weight: number }[] = []
    for (const term of [...terms].sort()) {
      const known = await Promise.all(segments.map(segment => segment.dictionary.find(term)))
      if (!known.some(information => information !== undefined)) continue
      const { same, folded: sameFold, form } = FORM_WEIGHTS
      group.push({ term, weight: term === word ? same : fold(term) === folded ? sameFold : form })
    }
    return group
  }

  /** Whether any chunk has the words of a leaf side by side. */
  async #stands(leaf: Leaf): Promise<boolean> {
    for (const segment of this.#context.segments) {
      const groups = await Promise.all(
        leaf.groups.map(async group => {
          const lists = await Promise.all(group.map(({ term }) => segment.postings(term)))
          return lists.filter(list => list !== undefined)
        }),
      )
      const postings = await phrasePostings(groups, [true, true, true])
      if (postings.documentFrequency > 0) return true
    }
    return false
  }
}

/**
 * The parts a run is matched by where it stands nowhere whole: words singly; characters of scripts without spaces in
 * overlapping pairs.
 */
function runParts(terms: readonly string[]): string[][] {
  const parts: string[][] = []
  for (let at = 0; at < terms.length; at++) {
    const solo = isSolo(terms[at]!)
    const next = terms[at + 1]
    if (solo && next !== undefined && isSolo(next)) parts.push([terms[at]!, next])
    else if (!solo || at === 0 || !isSolo(terms[at - 1]!)) parts.push([terms[at]!])
  }
  return parts
}

/** Whether a term is one character of a script written without spaces. */
function isSolo(term: string): boolean {
  const character = classOf(term.codePointAt(0)!)
  return character === SOLO || character === SOLO_MARK
}
