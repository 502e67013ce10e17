/** gleaner as a library: everything a program may use, by name. */
export { type BuildOptions, buildIndex } from './build/build.ts'
export type { BuildProgress, BuildReport } from './build/report.ts'
export { type IndexWatch, type WatchOptions, watchIndex } from './build/watch.ts'
export type { LeftOut, LeftOutReason } from './crawl/file.ts'
export type { Metadata, MetadataValue } from './document/document.ts'
export type { Position } from './document/marks.ts'
export { type ErrorCode, GleanError } from './errors.ts'
export type { Index } from './search/index.ts'
export { openIndex } from './search/open.ts'
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
