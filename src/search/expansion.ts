/** The words of the dictionary that a wildcard, a misspelling or a regular expression stands for, with their weights. */
import { GleanError } from '../errors.ts'
import type { Dictionary } from '../segment/dictionary.ts'
import type { Segment } from '../segment/segment.ts'
import { tokenize } from '../text/analyzer.ts'
import { expandFuzzy } from './fuzzy.ts'
import type { TermGroup } from './leaf.ts'
import { stillThere } from './live-terms.ts'
import type { FuzzyNode, RegexNode, WildcardNode } from './query.ts'
import { expandRegex } from './regex.ts'
import { FORM_WEIGHTS } from './score.ts'
import { expandWildcard } from './wildcard.ts'

export interface Expansion {
  /** How the item is told to the user: as it was typed. */
  readonly label: string
  /** Undefined where the item is no pattern after all, and is to be taken as text. */
  readonly group: TermGroup | undefined
}

/** Expands one item of a query; `formsOf` gives the terms that stand for a plain word. */
export async function expand(
  node: WildcardNode | FuzzyNode | RegexNode,
  segments: readonly Segment[],
  formsOf: (word: string) => Promise<TermGroup>,
): Promise<Expansion> {
  const { label, group } = await expandWith(
    node,
    segments.map(({ dictionary }) => dictionary),
    formsOf,
  )
  if (group === undefined) return { label, group }
  const terms = await stillThere(segments, [...group.keys()])
  return { label, group: new Map(terms.map(term => [term, group.get(term)!])) }
}

/** Expands one item to all terms the dictionaries have. */
export async function expandWith(
  node: WildcardNode | FuzzyNode | RegexNode,
  dictionaries: readonly Dictionary[],
  formsOf: (word: string) => Promise<TermGroup>,
): Promise<Expansion> {
  switch (node.kind) {
    case 'wildcard':
      return {
        label: node.pattern.toLowerCase(),
        group: alike(await expandWildcard(dictionaries, node.pattern, node.asWritten)),
      }
    case 'regex':
      return { label: `/${node.source}/`, group: await regexGroup(node, dictionaries) }
    case 'fuzzy':
      return { label: `${node.text.toLowerCase()}~`, group: await fuzzyGroup(node, dictionaries, formsOf) }
  }
}

function alike(terms: readonly string[]): TermGroup {
  return new Map(terms.map(term => [term, FORM_WEIGHTS.pattern]))
}

/** A pattern that cannot be matched in linear time (a look-ahead, a back reference) is text: no query is an error. */
async function regexGroup(
  { source }: RegexNode,
  dictionaries: readonly Dictionary[],
): Promise<TermGroup | undefined> {
  try {
    return alike(await expandRegex(dictionaries, source))
  } catch (thrown) {
    if (thrown instanceof GleanError && thrown.code === 'usage') return undefined
    throw thrown
  }
}

/** The word with its forms, which weigh what they always do, and the words near it. */
async function fuzzyGroup(
  { text, distance }: FuzzyNode,
  dictionaries: readonly Dictionary[],
  formsOf: (word: string) => Promise<TermGroup>,
): Promise<TermGroup> {
  const word = tokenize(text)[0]?.term ?? text
  const group = new Map<string, number>()
  for (const near of await expandFuzzy(dictionaries, word, distance)) {
    group.set(near.term, near.distance === 0 ? FORM_WEIGHTS.same : FORM_WEIGHTS.distance[near.distance - 1]!)
  }
  for (const [term, weight] of await formsOf(word)) group.set(term, Math.max(weight, group.get(term) ?? 0))
  return new Map([...group].sort(([a], [b]) => (a < b ? -1 : 1)))
}
