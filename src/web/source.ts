/** Where the page gets its answers from: the API of a server, or an index it reads by itself. */
import type { SearchOptions } from '../search/options.ts'
import type { Passage, SearchResult } from '../search/result.ts'

export interface SearchSource {
  readonly documents: number
  /** Whether looking through all words (for another spelling) and all paths costs little. */
  readonly isNear: boolean
  search(query: string, options: SearchOptions): Promise<SearchResult>
  show(reference: string): Promise<Passage>
  /** Calls back whenever the index has become another. */
  onChange?(listener: () => void): void
  /** Calls back with how far an update of the index is; with '' when it has ended. */
  onProgress?(listener: (words: string) => void): void
}
