/**
 * The candidates of a query: the best chunks by the engine's reckoning, from all shards. It comes close to ours, for the
 * engine is told what each word is worth; but how they score and in which order they stand is settled afterwards, over
 * an index of them alone (candidate-segment.ts).
 */
import { type Leaf, type Plan, scoredLeaves } from '../search/leaf.ts'
import { B, FIELD_WEIGHTS, idf, K } from '../search/score.ts'
import { tablesOf } from './address.ts'
import type { Row } from './connection.ts'
import { matchExpression } from './match-expression.ts'
import type { ClusterReader } from './reader.ts'
import { type HeldChunk, READ_COLUMNS, readChunk } from './row.ts'
import { integer, keyword, literal } from './sql.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What is asked of the engine. */
export interface CandidateRequest {
  readonly plan: Plan
  /** Documents that may be looked at; all where left out. */
  readonly documents?: readonly bigint[] | undefined
  /** Candidates wanted. */
  readonly most: number
  readonly order: 'score' | 'path'
  /** Figures of the whole cluster: chunks, and their average length in tokens. */
  readonly chunks: number
  readonly averageLength: number
}

export interface Candidates {
  /** In the order of the index. */
  readonly chunks: readonly HeldChunk[]
  /** What the engine says matches. */
  readonly total: number
  /** Whether that is what the query asks, and no more. */
  readonly isExact: boolean
  /** How many chunks of the cluster have a leaf that scores. */
  readonly frequencyOf: (leaf: Leaf) => number
  /** Servers that did not answer. */
  readonly silent: readonly string[]
}

/** Documents that one filter may name. */
const MOST_NAMED = 4000

/**
 * Of what a wildcard of the engine's own finds so many times more is looked at: in memory that is not written to disk yet
 * it counts a word several times.
 */
const WILDCARD_FACTOR = 3

/** The engine's weights are whole numbers: a score is told in hundred thousandths. */
const SCALE = 100_000

/** What an occurrence counts once more in the fields beside that of all words. */
const FURTHER = { heading: FIELD_WEIGHTS[1] - FIELD_WEIGHTS[0], title: FIELD_WEIGHTS[2] - FIELD_WEIGHTS[0] }

/** Fetches the candidates. */
export async function fetchCandidates(
  reader: ClusterReader,
  vocabulary: Vocabulary,
  request: CandidateRequest,
): Promise<Candidates> {
  const leaves = scoredLeaves(request.plan)
  const counted = await vocabulary.frequencies(leaves)
  const worthOf = (leaf: Leaf, term: string): number => {
    const { total, byTerm } = counted.get(leaf) ?? { total: 0, byTerm: new Map<string, number>() }
    const weight = leaf.pattern.kind === 'word' ? (leaf.pattern.group.get(term) ?? 1) : 1
    // What the engine takes a word to be worth: with `idf='plain'` the logarithm of this share.
    const own = Math.log(request.chunks / Math.max(byTerm.get(keyword(term)) ?? 1, 1))
    return (idf(total, request.chunks) * leaf.boost * weight) / Math.max(own, 1e-6)
  }
  const frequencyOf = (leaf: Leaf): number => counted.get(leaf)!.total
  const expression = matchExpression(request.plan, { worthOf })
  if (!expression || request.documents?.length === 0)
    return { chunks: [], total: 0, isExact: true, frequencyOf, silent: [...vocabulary.silent] }
  const isWildcard = /^[^ ()]+\*$/.test(expression.text)
  const most = request.most * (isWildcard ? WILDCARD_FACTOR : 1)
  const answers = await reader.askAll(
    batchesOf(request.documents).map(documents =>
      selectOf(reader, expression.text, documents, ranker(isWildcard, leaves.length, request), {
        ...request,
        most,
      }),
    ),
  )
  const rows = new Map(answers.flatMap(each => each.rows.map(row => [`${row.doc} ${row.ordinal}`, row])))
  const best = [...rows.values()].sort(request.order === 'path' ? byPlace : byWeight).slice(0, most)
  return {
    chunks: best.sort(byPlace).map(readChunk),
    total: answers.reduce((sum, { total }) => sum + total, 0),
    isExact: expression.isExact,
    frequencyOf,
    silent: [...new Set([...answers.flatMap(({ silent }) => silent), ...vocabulary.silent])],
  }
}

function batchesOf(documents: readonly bigint[] | undefined): (readonly bigint[] | undefined)[] {
  if (documents === undefined) return [undefined]
  const batches: (readonly bigint[])[] = []
  for (let from = 0; from < documents.length; from += MOST_NAMED)
    batches.push(documents.slice(from, from + MOST_NAMED))
  return batches
}

function selectOf(
  { address }: ClusterReader,
  expression: string,
  documents: readonly bigint[] | undefined,
  ranking: string,
  { most, order }: CandidateRequest,
): string {
  const filter = documents ? ` AND doc IN (${documents.map(integer).join(',')})` : ''
  const sorted = order === 'path' ? 'path ASC, ordinal ASC' : 'w DESC, path ASC, ordinal ASC'
  return [
    `SELECT ${READ_COLUMNS}, WEIGHT() w FROM ${tablesOf(address).chunks}`,
    `WHERE MATCH(${literal(expression)})${filter} ORDER BY ${sorted} LIMIT ${integer(most)}`,
    `OPTION ranker=expr(${literal(ranking)}), max_matches=${integer(most)},`,
    `idf='plain,tfidf_unnormalized', field_weights=(heading=${FURTHER.heading}, title=${FURTHER.title})`,
  ].join(' ')
}

/**
 * BM25 as near as the engine's figures allow: it tells the sum of frequency times idf, and all occurrences together. So
 * the words that a chunk has are taken to occur equally often there; of one word alone this is no supposition. Of a
 * wildcard of the engine's own each word would have its own idf: there only how often any of them stands is looked at.
 */
function ranker(isWildcard: boolean, leaves: number, { averageLength }: CandidateRequest): string {
  const average = averageLength.toFixed(6)
  const occurrences = `sum(user_weight*hit_count)/min(doc_word_count,${Math.max(leaves, 1)})`
  const norm = `${K}*(${1 - B}+${B}*max(len,${average}*0.5)/${average})`
  if (isWildcard) return `${SCALE}*sum(user_weight*hit_count)/(sum(user_weight*hit_count)+${norm})`
  return `${SCALE}*sum(user_weight*tf_idf)/(${occurrences}+${norm})`
}

/** By weight, then by place: as the engine orders the rows of one statement. */
function byWeight(a: Row, b: Row): number {
  return Number(b.w) - Number(a.w) || byPlace(a, b)
}

function byPlace(a: Row, b: Row): number {
  return a.path! < b.path! ? -1 : a.path! > b.path! ? 1 : Number(a.ordinal) - Number(b.ordinal)
}
