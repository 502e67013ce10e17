/** A query that is still being typed: its last word may be the beginning of a longer one. */
import type { SearchResult } from '../../search/result.ts'

/** The word under way also stands for all words that begin so, once it has three letters. */
export function withPrefix(query: string): string {
  const word = wordUnderWay(query)
  return word === '' ? query : `${query.slice(0, -word.length)}(${word} OR ${word}*^0.2)`
}

/** Whether no word begins as the one under way does, by the answer to {@link withPrefix}. */
export function isPrefixAbsent(query: string, { absent }: Pick<SearchResult, 'absent'>): boolean {
  return absent.includes(`${wordUnderWay(query).toLowerCase()}*`)
}

/** '' where the last word is finished, or is none. */
function wordUnderWay(query: string): string {
  const isOpen = (query.split('"').length - 1) % 2 === 1
  const [, word = ''] = /(?:^|[\s(+-])([\p{L}\p{N}]{3,})$/u.exec(query) ?? []
  const isOperator = /^(AND|OR|NOT)$/.test(word)
  return isOpen || isOperator ? '' : word
}
