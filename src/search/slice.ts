/**
 * The slice: a MiniSearch that holds just what one query needs, and ranks it. Its documents are the chunks of the
 * pool, its terms the query's leaves, and its postings those of stage 1. What makes this exact although it holds a
 * part of the index only: MiniSearch scores a term from the number of documents, the average length, the lengths of
 * the documents in the term's postings, the frequencies, and the `size` of the postings map, which here is the leaf's
 * document frequency in the whole index.
 */
import MiniSearch from 'minisearch'
import type { Collection, CountedLeaf } from './match.ts'
import type { Candidate } from './pool.ts'
import { B, countedLength, K } from './score.ts'

const FIELD = 'chunk'

/** Postings of one leaf in the pool; `size` is the document frequency in the whole index. */
class SlicePostings extends Map<number, number> {
  readonly #documentFrequency: number

  constructor(documentFrequency: number, postings: Iterable<[number, number]>) {
    super(postings)
    this.#documentFrequency = documentFrequency
  }

  // The base class sets nothing through it; MiniSearch reads it as the number of documents that have the term.
  override get size(): number {
    return this.#documentFrequency
  }
}

class Slice extends MiniSearch<{ id: number }> {
  constructor(collection: Collection, leaves: readonly CountedLeaf[], pool: readonly Candidate[]) {
    super({ fields: [FIELD], tokenize: text => [text], processTerm: term => term })
    this._documentCount = collection.chunks
    this._avgFieldLength = [collection.averageLength]
    pool.forEach(({ length }, place) => {
      this._documentIds.set(place, place)
      this._fieldLength.set(place, [countedLength(length, collection.averageLength)])
    })
    for (const [number, { documentFrequency }] of leaves.entries()) {
      const postings: [number, number][] = []
      pool.forEach(({ frequencies }, place) => {
        if (frequencies[number]! > 0) postings.push([place, frequencies[number]!])
      })
      this._index.set(leafName(number), new Map([[0, new SlicePostings(documentFrequency, postings)]]))
    }
  }
}

function leafName(number: number): string {
  return `leaf ${number}`
}

/**
 * Scores of the pool's chunks, in its order. MiniSearch multiplies by the number of query terms a document matches,
 * which costs a fifth of ranking quality on public collections; that factor is divided out again.
 */
export function sliceScores(
  collection: Collection,
  leaves: readonly CountedLeaf[],
  pool: readonly Candidate[],
): Float64Array {
  const scores = new Float64Array(pool.length)
  if (leaves.length === 0 || pool.length === 0) return scores
  const slice = new Slice(collection, leaves, pool)
  const boosts = new Map(leaves.map(({ leaf }, number) => [leafName(number), leaf.boost]))
  const results = slice.search(
    { combineWith: 'OR', queries: [...boosts.keys()] },
    { bm25: { k: K, b: B, d: 0 }, boostTerm: term => boosts.get(term) ?? 1 },
  )
  for (const { id, score, queryTerms } of results) scores[id as number] = score / (queryTerms.length || 1)
  return scores
}
