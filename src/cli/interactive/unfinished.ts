/**
 * A query that is still being typed: its last word may be the beginning of a longer one. As long as it is a word itself,
 * the answer is that of any other search; where no passage has it, it stands for all words that begin so.
 */
import type { Index } from '../../search/index.ts'
import type { SearchOptions } from '../../search/options.ts'
import type { SearchResult } from '../../search/result.ts'

/** Answers the query as far as it has come. */
export async function searchUnfinished(
  index: Pick<Index, 'search'>,
  query: string,
  options: SearchOptions,
): Promise<SearchResult> {
  const asTyped = await index.search(query, options)
  const word = wordUnderWay(query)
  const absent = asTyped.absent.filter(each => each !== word.toLowerCase())
  if (options.exact || word === '' || absent.length === asTyped.absent.length) return asTyped
  const goingOn = await index.search(`${query}*`, { ...options, suggest: false })
  if (goingOn.absent.length > absent.length) return asTyped
  return { ...goingOn, query, absent, tookMs: asTyped.tookMs + goingOn.tookMs }
}

/** The last word, from three letters on; '' where it is finished, or is none. */
export function wordUnderWay(query: string): string {
  const isOpen = (query.split('"').length - 1) % 2 === 1
  const [, word = ''] = /(?:^|[\s(+-])([\p{L}\p{N}]{3,})$/u.exec(query) ?? []
  const isOperator = /^(AND|OR|NOT)$/.test(word)
  return isOpen || isOperator ? '' : word
}
