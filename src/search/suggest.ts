/**
 * A spelling to suggest for a word that no chunk has: the term that most likely was meant, by its edits and by how many
 * chunks have it. Suggests nothing rather than something far off.
 */
import type { Dictionary } from '../segment/dictionary.ts'
import { PostingList } from '../segment/posting-list.ts'
import { DistanceMatcher } from './fuzzy.ts'
import { scanTerms } from './term-scan.ts'

export interface SuggestOptions {
  /**
   * Whether a query for a term would find anything: asked of the likeliest terms, best first, until it says yes.
   * Without it, having postings is enough.
   */
  readonly finds?: (term: string) => boolean | Promise<boolean>
  /** How many chunks have a term, where the dictionaries do not tell because some of their chunks were deleted. */
  readonly frequencyOf?: ((term: string) => Promise<number>) | undefined
}

/** Letters a word has at least to be corrected: of fewer, nearly everything is an edit away. */
const SHORTEST = 3

/** Letters it has at most for one edit to be all that is forgiven. */
const SHORT = 4

/**
 * What an edit, and a first letter that differs (seldom mistyped), take from a term's weight. A term one edit away
 * yields to one two edits away only where that is in a hundred times as many chunks.
 */
const EDIT_COST = 1 / 100
const FIRST_LETTER_COST = 1 / 20

/** Terms asked about by {@link SuggestOptions.finds}. */
const ASKED = 5

interface Candidate {
  readonly term: string
  readonly distance: number
  /** Chunks that have it, in all dictionaries. */
  frequency: number
}

/**
 * The likeliest term within one edit of `word` (two for words of five letters or more), never `word` itself; null where
 * there is none. `word` is a term of the analyzer. Digits are not corrected, for another number is not another spelling;
 * nor are words of one or two letters.
 */
export async function suggest(
  dictionaries: readonly Dictionary[],
  word: string,
  options: SuggestOptions = {},
): Promise<string | null> {
  const letters = [...word].length
  if (letters < SHORTEST || !/\p{L}/u.test(word)) return null
  const { finds, frequencyOf } = options
  const found = await candidatesFor(dictionaries, word, letters <= SHORT ? 1 : 2)
  if (frequencyOf) for (const candidate of found) candidate.frequency = await frequencyOf(candidate.term)
  const candidates = likeliestFirst(found, word)
  if (!finds) return candidates[0]?.term ?? null
  for (const { term } of candidates.slice(0, ASKED)) if (await finds(term)) return term
  return null
}

async function candidatesFor(
  dictionaries: readonly Dictionary[],
  word: string,
  distance: number,
): Promise<Candidate[]> {
  const matcher = new DistanceMatcher(word, distance)
  const candidates = new Map<string, Candidate>()
  const digits = digitsOf(word)
  await scanTerms(dictionaries, '', matcher, (key, length) => {
    const frequency = PostingList.frequencyIn(key.information())
    const term = key.key()
    if (frequency === 0 || length < SHORTEST - 1 || term === word || digitsOf(term) !== digits) return
    const known = candidates.get(term)
    if (known) known.frequency += frequency
    else candidates.set(term, { term, distance: matcher.distanceAt(length), frequency })
  })
  return [...candidates.values()]
}

/** Of equals, the first in the order of a dictionary comes first. */
function likeliestFirst(candidates: readonly Candidate[], word: string): Candidate[] {
  const first = firstLetter(word)
  const weight = ({ term, distance, frequency }: Candidate) =>
    frequency * EDIT_COST ** distance * (firstLetter(term) === first ? 1 : FIRST_LETTER_COST)
  return candidates
    .filter(({ frequency }) => frequency > 0)
    .sort((a, b) => weight(b) - weight(a) || (a.term < b.term ? -1 : 1))
}

function digitsOf(term: string): string {
  return term.replace(/\P{Nd}+/gu, '')
}

function firstLetter(term: string): string {
  return String.fromCodePoint(term.codePointAt(0)!)
}
