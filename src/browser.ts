/**
 * gleaner in a browser: opens an index on any web server by range requests, and answers as the command does. There is
 * no Node module in it.
 */
import type { Index } from './search/index.ts'
import { type OpenUrlOptions, openUrl } from './search/open-url.ts'

export type { Metadata, MetadataValue } from './document/document.ts'
export type { Position } from './document/marks.ts'
export { type ErrorCode, GleanError } from './errors.ts'
export type { Index } from './search/index.ts'
export { type OpenUrlOptions, openMemory } from './search/open-url.ts'
export type { SearchOptions } from './search/options.ts'
export type {
  Hit,
  HitState,
  IndexFigures,
  IndexStats,
  LeafShare,
  MatchedDocument,
  Passage,
  Range,
  SearchResult,
  Stale,
} from './search/result.ts'

/**
 * Opens the index under a URL, which may be relative to the page. Throws GleanError: `no-index` where there is none,
 * `not-an-index`, `format-too-new`, `format-too-old`, `unknown-analyzer`, `damaged`, `io`.
 */
export function openIndex(location: string | URL, options: OpenUrlOptions = {}): Promise<Index> {
  const base = (globalThis as { document?: { baseURI: string } }).document?.baseURI
  return openUrl(new URL(location, base).href, options)
}
