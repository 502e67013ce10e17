/**
 * What the words of a query are, and so what each is worth. In comes a query as it was typed, out comes one in which
 * function words are left out, words about the request count less, and what is said again counts less each time. Only
 * words that are alternatives to one another are weighed: what is quoted, boosted, demanded or given to an operator
 * stands as it was typed.
 */
import { formKey } from '../segment/form-table.ts'
import { forEachToken, tokenize } from '../text/analyzer.ts'
import { type AskingWords, askingWords } from '../text/asking-words.ts'
import type { Stemmer } from '../text/stem.ts'
import { isFilter, type QueryNode, type WordNode } from './query.ts'
import { isSentence } from './run.ts'

/** What a word that speaks of the request counts. Anything from 0 to 0.5 is as good, within 0.001. */
const REQUEST_WEIGHT = 0.3

/** Words a query has at least for words like "article" to speak of the request where no function word says so. */
const LONG_QUERY = 6

/** Words of a query of which each is wanted, whatever it is: `if let syntax`. */
const SHORT_QUERY = 3

/** Words that must be left for others to be left out. */
const LEAST_KEPT = 2

/** Words a query has at the most to be keywords, all of which are wanted. */
const MOST_KEYWORDS = 4

/** Share of the chunks that have a word from which it is a function word, in languages that have no list of them. */
const COMMON = 0.3

export interface WeighingContext {
  /** Documents of the index by language. */
  readonly languages: Readonly<Record<string, number>>
  readonly stemmers: ReadonlyMap<string, Stemmer>
  /** Share of the index's chunks that have a word in any of its forms. */
  readonly shareOf: (word: string) => Promise<number>
}

export interface Weighed {
  readonly tree: QueryNode
  /** The language the query is taken to be in, an ISO 639-1 code. */
  readonly language: string
  /** Words that were left out, as typed. */
  readonly ignored: readonly string[]
  /** Whether the query is a few words, each of which is wanted. */
  readonly isKeywords: boolean
}

/** Weighs the words of a query. */
export async function weighWords(tree: QueryNode, context: WeighingContext): Promise<Weighed> {
  const alternatives = alternativesOf(tree)
  const words = alternatives?.children.filter(isWord) ?? []
  const language = await languageOf(words, context.languages)
  const as = (weighed: QueryNode, ignored: readonly string[], isKeywords: boolean): Weighed => ({
    tree: alternatives ? replaced(tree, alternatives, weighed) : tree,
    language,
    ignored,
    isKeywords,
  })
  if (!alternatives) return as(tree, [], false)
  const lists = await askingWords(language)
  const functionWords = await functionWordsAmong(words, lists, context)
  const content = alternatives.children.filter(child => !isWord(child) || !functionWords.has(child))
  const isLeft = words.length > SHORT_QUERY && content.length >= LEAST_KEPT
  const kept = isLeft ? content : alternatives.children
  const ignored = isLeft ? [...functionWords].map(({ text }) => text) : []
  const asks = ignored.length > 0 || words.length >= LONG_QUERY
  const weights = weightsOf(kept.filter(isWord), lists, asks, context.stemmers.get(language))
  const children = kept.map((child): QueryNode => {
    const factor = isWord(child) ? weights.get(child)! : 1
    return factor === 1 ? child : { kind: 'boost', factor, child }
  })
  const isKeywords =
    functionWords.size === 0 &&
    words.length === alternatives.children.length &&
    words.length <= MOST_KEYWORDS &&
    // Who asks in a script without spaces types several words as one.
    !words.some(({ text }) => isSentence(tokenize(text).map(({ term }) => term)))
  const weighed: QueryNode = children.length === 1 ? children[0]! : { kind: 'or', children }
  return as(weighed, ignored, isKeywords)
}

type Alternatives = Extract<QueryNode, { kind: 'or' }>

/** The words any of which may match; undefined where the query is something else. */
function alternativesOf(node: QueryNode): Alternatives | undefined {
  if (node.kind === 'or') return node
  if (node.kind === 'not') return alternativesOf(node.include)
  if (node.kind !== 'and') return undefined
  const wanted = node.children.filter(child => !isFilter(child))
  return wanted.length === 1 ? alternativesOf(wanted[0]!) : undefined
}

/** A tree with another node in the place of one of its own. */
function replaced(node: QueryNode, old: QueryNode, by: QueryNode): QueryNode {
  if (node === old) return by
  if (node.kind === 'not') return { ...node, include: replaced(node.include, old, by) }
  if (node.kind !== 'and') return node
  return { ...node, children: node.children.map(child => replaced(child, old, by)) }
}

function isWord(node: QueryNode): node is WordNode {
  return node.kind === 'word'
}

/**
 * The language of most documents, unless the query has two function words more of another one of the index: a word
 * alone may be another language's function word (German `war`).
 */
async function languageOf(
  words: readonly WordNode[],
  languages: Readonly<Record<string, number>>,
): Promise<string> {
  const documents = Object.values(languages).reduce((sum, count) => sum + count, 0)
  const spoken = Object.entries(languages)
    .filter(([, count]) => count >= documents / 100)
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .map(([language]) => language)
  const [first = 'en', ...others] = spoken
  if (others.length === 0) return first
  const hits = async (language: string): Promise<number> => {
    const { functionWords } = await askingWords(language)
    return words.filter(({ text }) => functionWords.has(text.toLowerCase())).length
  }
  let best = { language: first, hits: await hits(first) }
  for (const language of others) {
    const own = { language, hits: await hits(language) }
    if (own.hits >= best.hits + 2) best = own
  }
  return best.language
}

/** The function words of a query. One in capitals among words that are not (IT, US, vitamin A) is a name. */
async function functionWordsAmong(
  words: readonly WordNode[],
  { functionWords, isListed }: AskingWords,
  { shareOf }: WeighingContext,
): Promise<Set<WordNode>> {
  const found = new Set<WordNode>()
  const shouting = words.every(({ text }) => text === text.toUpperCase())
  for (const [place, word] of words.entries()) {
    const { text } = word
    const isName = !shouting && isInCapitals(text) && text !== 'I' && (text.length > 1 || place > 0)
    if (isName) continue
    const bare = text.toLowerCase().replace(/[.,;:!?]+$/, '')
    if (functionWords.has(bare) || isAbbreviation(bare)) found.add(word)
    else {
      const terms = termsOf(text)
      const isFunction =
        terms.length > 0 &&
        (terms.every(term => functionWords.has(term)) ||
          (!isListed && terms.length === 1 && (await shareOf(terms[0]!)) > COMMON))
      if (isFunction) found.add(word)
    }
  }
  return found
}

/** Small letters are told first: to compile what knows all letters takes a process half a millisecond. */
function isInCapitals(text: string): boolean {
  return !/^[a-z]+$/.test(text) && /^\p{Lu}+$/u.test(text)
}

/** `e.g`, `i.e`: what no one asks for. */
function isAbbreviation(word: string): boolean {
  return word === 'e.g' || word === 'i.e' || word === 'z.b' || word === 'd.h'
}

/** What each word counts: 3c / (c + 2) for one that is said c times in any of its forms, shared among them. */
function weightsOf(
  words: readonly WordNode[],
  { requestWords }: AskingWords,
  isSentence: boolean,
  stem: Stemmer = term => term,
): Map<WordNode, number> {
  const keyed = words.map(word => ({ word, terms: termsOf(word.text) }))
  const keyOf = (terms: readonly string[]): string => terms.map(term => formKey(term, stem)).join(' ')
  const counts = new Map<string, number>()
  for (const { terms } of keyed) counts.set(keyOf(terms), (counts.get(keyOf(terms)) ?? 0) + 1)
  return new Map(
    keyed.map(({ word, terms }) => {
      const isRequest = isSentence && terms.length === 1 && requestWords.has(terms[0]!)
      const weight = (3 / (counts.get(keyOf(terms))! + 2)) * (isRequest ? REQUEST_WEIGHT : 1)
      return [word, Number(weight.toFixed(3))]
    }),
  )
}

function termsOf(text: string): string[] {
  const terms: string[] = []
  forEachToken(text, 0, text.length, term => terms.push(term))
  return terms
}
