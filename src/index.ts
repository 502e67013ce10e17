/** gleaner as a library: everything a program may use, by name. */
export type { BuildOptions } from './build/build.ts'
export type { BuildProgress, BuildReport, DocumentChanges, Doubt, RebuildReason } from './build/report.ts'
export type { IndexWatch, WatchOptions } from './build/watch.ts'
export type { CheckOptions, CheckProgress } from './check/check.ts'
export { type RepairOptions, repairIndex } from './check/repair.ts'
export type { CheckReport, Damage, OutOfDate } from './check/report.ts'
export { buildIndex, watchIndex } from './cluster/build.ts'
export { checkIndex } from './cluster/check.ts'
export { openIndex } from './cluster/open.ts'
export type { LeftOut, LeftOutReason } from './crawl/file.ts'
export type { Metadata, MetadataValue } from './document/document.ts'
export { type Extracted, TextBuilder } from './document/extracted.ts'
export {
  type BytesExtractor,
  type Extractor,
  Refusal,
  type TextExtractor,
} from './document/extractor.ts'
export type { Mark, Position } from './document/marks.ts'
export { type ErrorCode, GleanError } from './errors.ts'
export {
  type Claims,
  type LexicalProfile,
  lexicalProfile,
  type ProfileOptions,
  type TypicalWord,
  type WordCount,
} from './profile/profile.ts'
export type { Readability } from './profile/readability.ts'
export { checkCitation } from './search/cited.ts'
export type { FieldFigures, IndexFields, ValueType } from './search/fields.ts'
export type { FileFacts } from './search/file-facts.ts'
export type { Index } from './search/index.ts'
export type { OpenOptions } from './search/open.ts'
export type { SearchOptions } from './search/options.ts'
export { searchWithin } from './search/pack.ts'
export type { RankedPlace } from './search/ranking.ts'
export type {
  CheckedPassage,
  CitationVerdict,
  Hit,
  HitState,
  IndexFigures,
  IndexStats,
  LeafShare,
  MatchedDocument,
  NotIndexed,
  PartialAnswer,
  Passage,
  Range,
  SearchResult,
  SearchVerdict,
  Stale,
  UnindexedFile,
} from './search/result.ts'
export { withVerdict } from './search/verdict.ts'
