/** From what stage 1 found to the order of the answer: ranked, refined, and each text or document once. */
import type { Asked } from './ask.ts'
import { collapse } from './collapse.ts'
import type { Matches } from './match.ts'
import type { SearchOptions } from './options.ts'
import type { Candidate } from './pool.ts'
import { type Ranked, rank } from './rank.ts'
import { refine } from './refine.ts'
import { sequencesOf } from './sequences.ts'

/** Chunks that stage 1 hands on, whatever the caller asks for: so the order is the same on every page. */
export const POOL_SIZE = 1000

/** Of these, chunks that the slice ranks, if no more are wanted: the hits of most pages, and what stage 2 reads. */
const SLICE_SIZE = 100

export interface OrderingOptions extends Pick<SearchOptions, 'rank' | 'without' | 'sort' | 'fuzzy'> {
  /** Whether a hit stands for a document. */
  readonly grouped: boolean
  /** Hits that are wanted, from the first on. */
  readonly through: number
  /** Which of several indexes a segment is of. */
  readonly memberAt: (segment: number) => number
  /** Told which chunks come first, in some order: most of the hits are among them. */
  readonly onHead: (head: readonly Candidate[]) => void
}

/** The hits in their order. By path or plain, as stage 1 has them. */
export async function ordered(
  asked: Asked,
  matches: Matches,
  { rank: how, without = [], sort, fuzzy, grouped, through, memberAt, onHead }: OrderingOptions,
): Promise<Ranked[]> {
  const { collection, tree, language, stem, isKeywords } = asked
  const { segments } = collection
  // In the order of paths stage 1 has scored none, and any may be a hit.
  const depth = sort === 'path' ? POOL_SIZE : Math.min(Math.max(SLICE_SIZE, through), POOL_SIZE)
  const chunks = rank(collection, matches, depth, sort)
  if (how === 'plain' || sort === 'path') {
    onHead(chunks.slice(0, through).map(({ candidate }) => candidate))
    return grouped ? (await documentRanking())(segments, chunks, false) : chunks
  }
  const { leaves } = matches
  const sequences = fuzzy ? [] : sequencesOf(tree)
  const question = { leaves, sequences, language, stem, isKeywords, without, onHead }
  const refined = await refine(collection, chunks.slice(0, POOL_SIZE), question)
  const all = [...refined, ...chunks.slice(POOL_SIZE)]
  return grouped
    ? (await documentRanking())(segments, all, !without.includes('further passages'))
    : collapse(segments, all, { wanted: through, memberAt })
}

/** Loaded where documents are asked for. */
async function documentRanking() {
  return (await import('./document-ranking.ts')).documentRanking
}
