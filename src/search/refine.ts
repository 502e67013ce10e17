/**
 * Stage 2: the first of the ranking, read and looked at more closely. In comes the order of stage 1, out comes one that
 * knows of headings, of words that stand side by side, of what the best have in common, and of what is alike. It reads
 * the texts of the first {@link depthFor} and nothing else, whoever asks, so that every reader gives the same answer. What
 * each part is worth is in docs/ranking.md.
 */
import { tokenize } from '../text/analyzer.ts'
import { askingWords } from '../text/asking-words.ts'
import { HEADING } from '../text/field.ts'
import type { Stemmer } from '../text/stem.ts'
import { hasEveryWord, liftOver } from './every-word.ts'
import { feedbackShares } from './feedback.ts'
import { leadShares } from './lead.ts'
import type { Collection, CountedLeaf } from './match.ts'
import { type AskedWord, pairShares } from './pairs.ts'
import { type Passage, passageOf, type WordKeys, wordKeys } from './passage.ts'
import type { Candidate } from './pool.ts'
import { byScore, type Ranked, type RankPart, withShare } from './rank.ts'
import { lengthNorms, saturation } from './score.ts'
import { smoothed } from './smoothing.ts'

/** Passages that are read. With four less nDCG@10 loses 0.005, with 16 more it gains 0.003. */
const DEPTH = 24

/** Passages read for a query of a leaf or two: with eight more nDCG@10 gains no more than 0.003 there. */
const DEPTH_OF_FEW = 16
const FEW = 2

/** What a word of a heading above a passage counts, of what it counts for the passage that begins with it. */
const HEADING_SHARE = 0.5

/**
 * Of what a query's leaves are worth, the least that must be plain words. All else (phrases, patterns, the parts of a run
 * of a script without spaces) stage 2 does not look for, and should not judge by the few words beside it.
 */
const LEAST_WORDS = 0.25

/** What stage 2 knows of the query. */
export interface Question {
  /** The leaves of stage 1, in the order of its candidates' frequencies. */
  readonly leaves: readonly CountedLeaf[]
  /** Plain words that follow one another, as typed. */
  readonly sequences: readonly (readonly string[])[]
  /** The language it is in, an ISO 639-1 code, and that language's stemmer. */
  readonly language: string
  readonly stem: Stemmer
  /** Whether it is a few words, each of which is wanted. */
  readonly isKeywords: boolean
  /** Parts of the ranking that are not to count. */
  readonly without: readonly string[]
  /** Told which chunks are looked at. */
  readonly onHead?: (head: readonly Candidate[]) => void
}

/** A leaf of a plain word, with the key of the word. */
interface WordLeaf extends AskedWord {
  readonly number: number
  readonly leaf: CountedLeaf['leaf']
}

/** The ranking refined; `ranked` is in the order of stage 1. */
export async function refine(
  collection: Collection,
  ranked: readonly Ranked[],
  question: Question,
): Promise<Ranked[]> {
  const isFull = question.isKeywords ? hasEveryWord(question.leaves) : undefined
  const ordered = isFull ? [...ranked.filter(isFull), ...ranked.filter(each => !isFull(each))] : ranked
  const depth = depthFor(question)
  const head = ordered.slice(0, depth)
  question.onHead?.(head.map(({ candidate }) => candidate))
  const refined = await refineHead(collection, head, question)
  const all = [...refined, ...ordered.slice(depth)]
  return isFull ? liftOver(all, isFull) : all
}

/** How many passages are read. Stage 1 says nearly all there is to say of few words, and each costs a reader far away. */
function depthFor({ leaves }: Question): number {
  return leaves.length <= FEW ? DEPTH_OF_FEW : DEPTH
}

async function refineHead(
  collection: Collection,
  head: readonly Ranked[],
  question: Question,
): Promise<Ranked[]> {
  const keys = await keysOf(question)
  const words = wordLeavesOf(question, keys)
  const leaves = [...words.values()]
  const worth = leaves.reduce((sum, { weight, idf }) => sum + weight * idf, 0)
  const whole = question.leaves.reduce((sum, { leaf, idf }) => sum + leaf.boost * idf, 0)
  if (worth === 0 || worth < LEAST_WORDS * whole || head.length < 2) return [...head]
  const { passages, numbers } = await readPassages(collection, head, keys)
  const scores = Float64Array.from(passages, ({ ranked }) => ranked.score)
  const parts: [RankPart, Float64Array][] = []
  const add = (part: RankPart, sharesOf: () => Float64Array): void => {
    if (question.without.includes(part)) return
    const shares = sharesOf()
    parts.push([part, shares])
    for (const place of scores.keys()) scores[place]! += shares[place]!
  }
  const asked = new Set(leaves.map(({ key }) => key))
  add('headings', () => headingShares(passages, leaves))
  add('pairs', () => pairShares(passages, sequencesIn(question, words)))
  add('lead', () => leadShares(passages, leaves))
  add('feedback', () => feedbackShares(passages, scores, asked, worth))
  add('neighbours', () => smoothed(passages, scores).map((score, place) => score - scores[place]!))
  return head
    .map((each, place) =>
      parts.reduce((sum, [part, shares]) => withShare(sum, part, shares[numbers[place]!]!), each),
    )
    .sort(byScore)
}

/** A function word that is asked for all the same is a word like any other. */
async function keysOf({ sequences, language, stem }: Question): Promise<WordKeys> {
  const asked = new Set(sequences.flat().flatMap(text => tokenize(text).map(({ term }) => term)))
  const { functionWords } = await askingWords(language)
  return wordKeys(stem, new Set([...functionWords].filter(word => !asked.has(word))))
}

/** The leaves of the query's plain words, by label; what is matched by other words than its forms is no such leaf. */
function wordLeavesOf({ leaves, sequences }: Question, keys: WordKeys): Map<string, WordLeaf> {
  const found = new Map<string, WordLeaf>()
  const keyByLabel = new Map<string, string>()
  for (const text of sequences.flat()) {
    const terms = tokenize(text)
    const key = terms.length === 1 ? keys.of(terms[0]!.term) : undefined
    if (key !== undefined) keyByLabel.set(text.toLowerCase(), key)
  }
  for (const [number, { leaf, idf }] of leaves.entries()) {
    const key = keyByLabel.get(leaf.label)
    if (key === undefined || leaf.pattern.kind !== 'word' || found.has(leaf.label)) continue
    found.set(leaf.label, { number, leaf, key, idf, weight: leaf.boost })
  }
  return found
}

/**
 * The different passages of the head, and for each of the head the number of its own: what stands in several places
 * word for word speaks once.
 */
async function readPassages(
  { segments, averageLength }: Collection,
  head: readonly Ranked[],
  keys: WordKeys,
): Promise<{ passages: Passage[]; numbers: number[] }> {
  const norms = lengthNorms(averageLength)
  const rows = await Promise.all(
    head.map(({ candidate: { segment, chunk } }) => segments[segment]!.text.chunk(chunk)),
  )
  const passages: Passage[] = []
  const known = new Map<string, number>()
  const numbers = head.map((ranked, place) => {
    const row = rows[place]!
    const content = [ranked.score, ...row.trail, row.text].join('\n')
    const number = known.get(content) ?? passages.length
    if (number === passages.length) {
      passages.push(passageOf(ranked, row, norms[ranked.candidate.length]!, keys))
      known.set(content, number)
    }
    return number
  })
  return { passages, numbers }
}

/** What the headings above a passage add, where they do not stand in the passage and so have not been counted. */
function headingShares(passages: readonly Passage[], leaves: readonly WordLeaf[]): Float64Array {
  return Float64Array.from(passages, ({ ranked, headings, norm }) => {
    const above = headings.filter(({ isInText }) => !isInText)
    let sum = 0
    for (const { key, idf, weight, leaf, number } of leaves) {
      const own = ranked.candidate.frequencies[number]!
      let frequency = own
      for (const heading of leaf.fieldWeights[HEADING]! > 0 ? above : [])
        frequency += HEADING_SHARE * heading.weight * heading.words.filter(word => word === key).length
      if (frequency > own) sum += weight * idf * (saturation(frequency, norm) - saturation(own, norm))
    }
    return sum
  })
}

function sequencesIn({ sequences }: Question, words: ReadonlyMap<string, WordLeaf>): AskedWord[][] {
  return sequences.map(texts =>
    texts.flatMap(text => {
      const word = words.get(text.toLowerCase())
      return word ? [word] : []
    }),
  )
}
