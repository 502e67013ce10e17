/**
 * A plan as the engine's MATCH has it. The engine only chooses candidates, the ranking is ours: so what it has no exact
 * words for is asked more widely, and the expression says that it is wider. It is made of keywords and of operators
 * written here, and of nothing that was typed.
 */
import { GleanError } from '../errors.ts'
import type { Leaf, Pattern, Plan, TermGroup } from '../search/leaf.ts'
import { MARK } from './row.ts'
import { keyword } from './sql.ts'

export interface MatchExpression {
  readonly text: string
  /** Whether it matches just what the plan does; otherwise that and more. */
  readonly isExact: boolean
}

/** What is known besides the plan. */
export interface MatchContext {
  /** What an occurrence of a leaf's term is worth to the engine; 1 where left out. */
  readonly worthOf?: ((leaf: Leaf, term: string) => number) | undefined
}

/** Every chunk, worth next to nothing. */
export const EVERY_CHUNK = `(@mark ${MARK.chunk}^0.0001)`

/** Phrases that one with word forms may be written out as. */
const MOST_PHRASES = 128
/** Words of one leaf that are written out; of more, what they begin with is asked for, if that is the same. */
const FEW_WORDS = 200
/** Words that are written out at the most, where they do not begin alike. */
const MOST_WORDS = 2000

const WIDE: MatchExpression = { text: EVERY_CHUNK, isExact: false }

/** The expression of a plan; undefined where it matches nothing. */
export function matchExpression(plan: Plan, context: MatchContext = {}): MatchExpression | undefined {
  switch (plan.kind) {
    case 'leaf':
      return leafExpression(plan.leaf, context)
    case 'and':
      return conjunction(plan.children, context)
    case 'or':
      return disjunction(plan.children, context)
    case 'not': {
      const include = matchExpression(plan.include, context)
      if (!include) return undefined
      const exclude = matchExpression(plan.exclude, context)
      if (!exclude) return include
      // What is excluded must be excluded by all means: a wider one would take away too much.
      if (!exclude.isExact) return { ...include, isExact: false }
      return { text: `(${include.text} -${exclude.text})`, isExact: include.isExact }
    }
    case 'ranges':
      return WIDE
    case 'all':
      return { text: EVERY_CHUNK, isExact: true }
    case 'none':
      return undefined
  }
}

function conjunction(children: readonly Plan[], context: MatchContext): MatchExpression | undefined {
  const must: MatchExpression[] = []
  const may: MatchExpression[] = []
  for (const child of children) {
    const optional = optionalOf(child)
    if (optional) {
      const wanted = disjunction(optional, context)
      if (wanted) may.push(wanted)
      continue
    }
    const expression = matchExpression(child, context)
    if (!expression) return undefined
    must.push(expression)
  }
  // The engine's own word for it, MAYBE, finds nothing where what is nice to have is nowhere.
  if (may.length > 0) {
    const text = `(${[...may.map(each => each.text), EVERY_CHUNK].join(' | ')})`
    must.push({ text, isExact: true })
  }
  return must.length === 0 ? { text: EVERY_CHUNK, isExact: true } : joined(must, ' ')
}

/** The alternatives of what is nice to have: beside every chunk. */
function optionalOf(plan: Plan): readonly Plan[] | undefined {
  if (plan.kind !== 'or' || !plan.children.some(({ kind }) => kind === 'all')) return undefined
  return plan.children.filter(({ kind }) => kind !== 'all')
}

function disjunction(children: readonly Plan[], context: MatchContext): MatchExpression | undefined {
  if (children.some(({ kind }) => kind === 'all')) return conjunction([{ kind: 'or', children }], context)
  const expressions = children.flatMap(child => matchExpression(child, context) ?? [])
  return expressions.length === 0 ? undefined : joined(expressions, ' | ')
}

function joined(expressions: readonly MatchExpression[], operator: string): MatchExpression {
  if (expressions.length === 1) return expressions[0]!
  return {
    text: `(${expressions.map(({ text }) => text).join(operator)})`,
    isExact: expressions.every(({ isExact }) => isExact),
  }
}

function leafExpression(leaf: Leaf, { worthOf }: MatchContext): MatchExpression | undefined {
  const worth = worthOf && ((term: string) => worthOf(leaf, term))
  const pattern = beginning(leaf) ?? patternExpression(leaf.pattern, worth)
  if (!pattern) return undefined
  const [ofText, ofHeading, ofTitle] = leaf.fieldWeights.map(weight => weight > 0)
  if (ofText && ofHeading && ofTitle) return pattern
  // The field of all words holds headings and titles too.
  if (ofText) return { text: pattern.text, isExact: false }
  const fields = [...(ofHeading ? ['heading'] : []), ...(ofTitle ? ['title'] : [])]
  if (fields.length === 0) return undefined
  // Fields of their own hold the words alone: what stands between two headings is not there.
  return {
    text: `(@(${fields.join(',')}) ${pattern.text})`,
    isExact: pattern.isExact && leaf.pattern.kind === 'word',
  }
}

/** Very many words that begin alike, as the engine's own wildcard: `un*`, and for `un*ed` the same, which is wider. */
function beginning({ label, pattern }: Leaf): MatchExpression | undefined {
  // Without a label it is asked for by words that are to be counted.
  if (pattern.kind !== 'word' || pattern.group.size <= FEW_WORDS || label === '') return undefined
  const shared = [...pattern.group.keys()].reduce(sharedBeginning)
  // Its own sign is one of ours only where it is a keyword as it stands.
  if (shared === '' || keyword(shared) !== shared) return undefined
  return { text: `${shared}*`, isExact: label === `${shared}*` }
}

function sharedBeginning(one: string, other: string): string {
  let length = 0
  while (length < one.length && one[length] === other[length]) length++
  // Half of a pair is no character.
  return one.slice(0, /[\ud800-\udbff]/.test(one[length - 1] ?? '') ? length - 1 : length)
}

type Worth = ((term: string) => number) | undefined

function patternExpression(pattern: Pattern, worth: Worth): MatchExpression | undefined {
  switch (pattern.kind) {
    case 'word':
      return groupExpression(pattern.group, worth)
    case 'phrase':
      return phraseExpression(pattern.groups, pattern.slop)
    case 'near':
      return nearExpression(pattern.parts, pattern.distance)
  }
}

function groupExpression(group: TermGroup, worth: Worth): MatchExpression | undefined {
  if (group.size === 0) return undefined
  if (group.size > MOST_WORDS) {
    throw new GleanError(
      'usage',
      `a pattern that does not say how its words begin may stand for ${MOST_WORDS} of them in a cluster, this one stands for ${group.size}: write more of it`,
    )
  }
  const words = [...group.keys()].map(term => keyword(term) + (worth ? boost(worth(term)) : ''))
  return { text: words.length === 1 ? words[0]! : `(${words.join(' | ')})`, isExact: true }
}

const LEAST_BOOST = 0.0001
const MOST_BOOST = 10_000

function boost(worth: number): string {
  const bounded = Math.min(Math.max(worth, LEAST_BOOST), MOST_BOOST)
  return `^${(Number.isFinite(bounded) ? bounded : 1).toFixed(4)}`
}

/** With forms a phrase is written out, one form in each place; where that is too much, its words need only be near. */
function phraseExpression(groups: readonly TermGroup[], slop: number): MatchExpression | undefined {
  if (groups.some(({ size }) => size === 0)) return undefined
  const count = groups.reduce((product, { size }) => product * size, 1)
  if (slop > 0 || count > MOST_PHRASES) {
    const parts = groups.map((group): Pattern => ({ kind: 'word', group }))
    return nearExpression(parts, slop)
  }
  let phrases: string[][] = [[]]
  for (const group of groups)
    phrases = phrases.flatMap(phrase => [...group.keys()].map(term => [...phrase, keyword(term)]))
  const quoted = phrases.map(words => `"${words.join(' ')}"`)
  return { text: quoted.length === 1 ? quoted[0]! : `(${quoted.join(' | ')})`, isExact: true }
}

/**
 * The engine's NEAR is of two sides: a third one has been seen to bring it down. So of more parts each pair of neighbours
 * is asked for, as widely as all may lie apart.
 */
function nearExpression(parts: readonly Pattern[], distance: number): MatchExpression | undefined {
  const expressions: MatchExpression[] = []
  for (const part of parts) {
    const expression = patternExpression(part, undefined)
    if (!expression) return undefined
    if (expression === WIDE) return WIDE
    expressions.push(expression)
  }
  if (expressions.length === 1) return { ...expressions[0]!, isExact: false }
  const words = parts.reduce((sum, part) => sum + lengthOf(part), 0)
  const apart = (parts.length - 1) * distance + words
  const pairs = expressions
    .slice(1)
    .map(({ text }, place) => `(${expressions[place]!.text} NEAR/${apart} ${text})`)
  return { text: pairs.length === 1 ? pairs[0]! : `(${pairs.join(' ')})`, isExact: false }
}

function lengthOf(pattern: Pattern): number {
  switch (pattern.kind) {
    case 'word':
      return 1
    case 'phrase':
      return pattern.groups.length + pattern.slop
    case 'near':
      return pattern.parts.reduce((sum, part) => sum + lengthOf(part) + pattern.distance, 0)
  }
}
