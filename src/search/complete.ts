/** How a word that is being typed may go on: the words of the index that begin with its last letters, commonest first. */
import { NO_DEAD_END } from '../segment/key-cursor.ts'
import { PostingList } from '../segment/posting-list.ts'
import type { Segment } from '../segment/segment.ts'
import { tokenize } from '../text/analyzer.ts'

export interface Completion {
  readonly word: string
  /** Chunks that have it. */
  readonly chunks: number
}

/** Words looked at: of a letter or two there are very many, and the first thousands will do. */
const MOST_LOOKED_AT = 20_000

/** Completions of the last word of `query`, `limit` at the most; none where it does not end in a word. */
export async function complete(
  segments: readonly Segment[],
  query: string,
  limit: number,
): Promise<Completion[]> {
  const last = tokenize(query).at(-1)
  if (!last || last.end !== query.length) return []
  const counts = new Map<string, number>()
  for (const { dictionary } of segments) {
    let looked = 0
    await dictionary.scan(last.term, key => {
      const word = key.key()
      counts.set(word, (counts.get(word) ?? 0) + PostingList.frequencyIn(key.information()))
      return ++looked < MOST_LOOKED_AT ? NO_DEAD_END : 0
    })
  }
  return [...counts]
    .map(([word, chunks]) => ({ word, chunks }))
    .sort((a, b) => b.chunks - a.chunks || (a.word < b.word ? -1 : 1))
    .slice(0, limit)
}
