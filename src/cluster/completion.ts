/** How a word that is being typed may go on, by the words of a cluster; as search/complete.ts. */
import type { Completion } from '../search/complete.ts'
import { NO_DEAD_END } from '../segment/key-cursor.ts'
import { tokenize } from '../text/analyzer.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Words whose chunks are counted. */
const MOST_COUNTED = 1000

/** Completions of the last word of `query`, `limit` at the most, commonest first. */
export async function completions(
  vocabulary: Vocabulary,
  query: string,
  limit: number,
): Promise<Completion[]> {
  const last = tokenize(query).at(-1)
  if (!last || last.end !== query.length) return []
  const words: string[] = []
  const dictionary = await vocabulary.dictionary()
  await dictionary.scan(last.term, key => (words.push(key.key()) < MOST_COUNTED ? NO_DEAD_END : 0))
  const counts = await vocabulary.frequenciesOf(words)
  return words
    .map(word => ({ word, chunks: counts.get(word) ?? 0 }))
    .filter(({ chunks }) => chunks > 0)
    .sort((a, b) => b.chunks - a.chunks || (a.word < b.word ? -1 : 1))
    .slice(0, limit)
}
