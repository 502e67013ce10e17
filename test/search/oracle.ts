/**
 * The oracle: MiniSearch over a whole corpus, indexed by MiniSearch itself with the project's analyzer, and then given
 * the project's chunk lengths and their average, in place of its own (which count distinct words, and run).
 */
import MiniSearch, { type Query } from 'minisearch'
import { readDocument } from '../../src/document/read.ts'
import type { QueryNode } from '../../src/search/query.ts'
import { B, countedLength, FIELD_WEIGHTS, K, rounded } from '../../src/search/score.ts'
import { lengthCode } from '../../src/segment/length-code.ts'
import { countTokens, forEachToken } from '../../src/text/analyzer.ts'
import { cutChunks } from '../../src/text/chunk.ts'
import { TITLE } from '../../src/text/field.ts'
import { fieldRanges } from '../../src/text/field-ranges.ts'

/** A chunk as a bag of words: each as often as its field weighs. */
export interface OracleChunk {
  readonly id: number
  readonly path: string
  readonly words: readonly string[]
  readonly length: number
}

/** The chunks of files, in the order an index numbers them. */
export function chunksOf(files: Readonly<Record<string, string>>): OracleChunk[] {
  const chunks: OracleChunk[] = []
  for (const path of Object.keys(files).sort()) {
    const document = readDocument(path, files[path]!)
    for (const [ordinal, chunk] of cutChunks(document, countTokens).entries()) {
      const words: string[] = []
      let length = 0
      const take = (text: string, start: number, end: number, weight: number): void => {
        length += forEachToken(text, start, end, term => words.push(...Array<string>(weight).fill(term)))
      }
      for (const { start, end, field } of fieldRanges(document, chunk)) {
        take(document.text, start, end, FIELD_WEIGHTS[field])
      }
      if (ordinal === 0 && !document.titleSpan)
        take(document.title, 0, document.title.length, FIELD_WEIGHTS[TITLE])
      chunks.push({ id: chunks.length, path, words, length })
    }
  }
  return chunks
}

/** MiniSearch over all chunks. */
export class Oracle extends MiniSearch<OracleChunk> {
  constructor(chunks: readonly OracleChunk[]) {
    super({
      fields: ['words'],
      extractField: (chunk, field) => (field === 'id' ? String(chunk.id) : chunk.words.join(' ')),
      tokenize: text => text.split(' ').filter(word => word !== ''),
      processTerm: term => term,
    })
    this.addAll(chunks)
    const tokens = chunks.reduce((sum, { length }) => sum + length, 0)
    const average = chunks.length === 0 ? 1 : tokens / chunks.length
    this._avgFieldLength = [average]
    for (const { id, length } of chunks)
      this._fieldLength.set(id, [countedLength(lengthCode(length), average)])
  }

  /** Ids and scores of all chunks that match, best first, ties in order of place. */
  answer(tree: QueryNode): { id: number; score: number }[] {
    return this.search(queryOf(tree), { bm25: { k: K, b: B, d: 0 } })
      .map(({ id, score, queryTerms }) => ({
        id: Number(id),
        score: rounded(score / (queryTerms.length || 1)),
      }))
      .sort((a, b) => b.score - a.score || a.id - b.id)
  }
}

/** A tree of single words as MiniSearch takes it. */
function queryOf(node: QueryNode): Query {
  switch (node.kind) {
    case 'word':
      return node.text
    case 'and':
      return { combineWith: 'AND', queries: node.children.map(queryOf) }
    case 'or':
      return { combineWith: 'OR', queries: node.children.map(queryOf) }
    case 'not':
      return { combineWith: 'AND_NOT', queries: [queryOf(node.include), queryOf(node.exclude)] }
    default:
      throw new Error(`the oracle has no ${node.kind}`)
  }
}
