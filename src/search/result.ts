/**
 * What a search answers: the shape `glean search --json` prints and `index.search()` returns. Fields may be added,
 * never changed; `schema` names the shape.
 */
import type { LeftOutReason } from '../crawl/file.ts'
import type { Metadata } from '../document/document.ts'
import type { Position } from '../document/marks.ts'
import type { FileFacts } from './file-facts.ts'
import type { RankShare } from './rank.ts'

/** Half-open range of UTF-16 units in an excerpt. */
export type Range = [start: number, end: number]

/** How a hit stands to the file it came from. */
export type HitState =
  | 'current' // the file holds this passage as it is given
  | 'changed' // the file has changed since it was indexed; the passage is as the file has it now
  | 'detached' // the files are not on this machine; the passage is as the index has it

/** One ranked chunk. */
export interface Hit {
  /** From 1; goes on counting over `offset`. */
  rank: number
  score: number
  /** Relative to the index's root, with `/`. */
  path: string
  /** Where several were asked: the index it is of, as the caller named it. */
  index?: string
  /** 1-based line of the first highlighted match of the excerpt (of the excerpt's start where nothing is lit). */
  line: number
  /** 1-based column of the same, in UTF-16 units. */
  column: number
  /** Where that line is, in a document that has pages, slides, sheets, chapters or times: `{ page: 3 }`. */
  position?: Position
  /** 1-based lines of the chunk. */
  startLine: number
  endLine: number
  /** The document's title, '' where it has none. */
  title: string
  /** Heading trail, outermost first. */
  heading: string[]
  /** The source text as it stands, line breaks kept. */
  excerpt: string
  /** Whether the chunk goes on before and after the excerpt. */
  truncated: [before: boolean, after: boolean]
  /** Ranges of `excerpt` that match, ascending, not overlapping. */
  highlights: Range[]
  /** The query's words (as typed, lower-cased) that this chunk has. */
  matched: string[]
  /** `path:12-18@hash`: what `glean show` resolves. */
  citation: string
  state: HitState
  metadata: Metadata
  /** What is known of its file besides. */
  file: FileFacts
  /** Where the same text stands besides, as `path:line`. */
  also?: string[]
  /** Under `group: 'document'`: further chunks of the document that match. */
  more?: number
  /** Under a budget: tokens of the text and the citation. */
  tokens?: number
  /** Under `explain`: what each leaf adds to the score. With `refinement` they add up to it. */
  explanation?: LeafShare[]
  /** Under `explain`: what ranking adds to the words' own score. */
  refinement?: RankShare[]
}

/** A leaf's share of a hit's score. */
export interface LeafShare {
  /** The query word the leaf comes from. */
  leaf: string
  /** Terms of the dictionary that stand for it and that this chunk has. */
  terms: string[]
  /** Weighted occurrences in the chunk, over forms and fields. */
  frequency: number
  /** Chunks of the index that have it. */
  documentFrequency: number
  idf: number
  boost: number
  score: number
}

/** Changes to the source since the index was built; null where nothing was looked for or nothing found. */
export interface Stale {
  new: number
  changed: number
  gone: number
}

/** An index that took part in an answer. */
export interface IndexFigures {
  /** As it was named by the caller. */
  index: string
  documents: number
  chunks: number
  /** Files of its sources that could not be indexed, by reason; absent where the index does not say. */
  leftOut?: Record<string, number>
  /** Where files were to be looked at: those of this index are not on this machine. */
  detached?: true
}

/** The answer to one query. */
export interface SearchResult {
  schema: 'gleaner.search/1'
  query: string
  /** Matching chunks in the index, before dropping and collapsing. */
  total: number
  /** Milliseconds from the call to the answer. */
  tookMs: number
  /** What was compared with the files, where these are here: nothing, the hits, or the whole tree. */
  freshness: 'none' | 'hits' | 'tree'
  hits: Hit[]
  /** Query words that no chunk has. */
  absent: string[]
  /** Clauses that nothing matched as they stand and that were matched by their parts instead. */
  relaxed: string[]
  suggestion: string | null
  /** Function words of the query that were left out: what has no other word of it is not found. */
  ignored: readonly string[]
  /** Hits whose files are gone, or hold the passage no more. */
  dropped: number
  /** Passages that repeat one of the hits word for word; `also` says where they are. */
  collapsed: number
  stale: Stale | null
  indexes: IndexFigures[]
  /** Keys of `where` that no document has, where there are any; `modified` is among them where the files are not here. */
  absentKeys?: string[]
  /** Where no passage satisfies the query: documents that do as a whole, which `group: 'document'` would find. */
  documentsWithAll?: number
  /** Of a cluster that did not answer whole: what is missing. */
  partial?: PartialAnswer
  /** Under `explain`: the query as it was understood, in the query language. */
  parse?: string
  /** Under a budget: what there was, what was used of it, and how many hits better than the last did not fit. */
  budget?: { tokens: number; used: number; passedOver: number }
  /** What the answer means, where that was asked. */
  verdict?: SearchVerdict
  /** Beside a verdict without hits: the files of the sources that are not indexed. */
  notIndexed?: NotIndexed
}

/** What an answer of a cluster lacks. */
export interface PartialAnswer {
  /** Share of the documents, 0 to 1, that was not looked at, by the virtual shards of the shards that were silent. */
  missing: number
  /** Share that may be older than the rest: of shards, or copies of them, that were away during an update. */
  lagging: number
  /** The shards concerned, from 0. */
  shards: number[]
}

/** What an answer means. */
export type SearchVerdict =
  | 'found'
  | 'not-there' // no passage has it, and the index is as the files are (or they are not on this machine)
  | 'not-indexed' // a file the query seems to mean is not in the index
  | 'stale' // no passage has it, but the index is behind the files

/** Files of the sources that are not in the index. */
export interface NotIndexed {
  files: number
  /** How many for each reason. */
  reasons: Partial<Record<LeftOutReason, number>>
  /** Those the query seems to mean: by its paths, else by a word in their name. Five at the most. */
  likely: UnindexedFile[]
}

export interface UnindexedFile {
  path: string
  /** `ignored`: passed over by a rule of the last build. */
  reason: LeftOutReason | 'ignored'
  detail: string
}

/** A document with hits. */
export interface MatchedDocument {
  path: string
  /** Whether its file is here, and as it was when it was indexed. */
  state: HitState
  /** Chunks of it that match. */
  hits: number
  /** Of several indexes, that which the document is of. */
  index?: string
}

/** A passage of a document, from the index itself. */
export interface Passage {
  path: string
  title: string
  /** 1-based first and last line of `text`. */
  startLine: number
  endLine: number
  /** Where its first line is, in a document that has pages, slides, sheets, chapters or times: `{ page: 3 }`. */
  position?: Position
  /** Lines in the whole document. */
  lines: number
  /** The lines as they stand, line ends kept. */
  text: string
  metadata: Metadata
  /** What is known of its file besides; absent where a citation was given. */
  file?: FileFacts
}

/** How a citation stands to what is there today. */
export type CitationVerdict =
  | 'same' // the passage stands where it stood
  | 'moved' // it stands on other lines, or in another file
  | 'changed' // something like it stands in its place
  | 'gone' // nothing does

/**
 * A citation that was checked again, with the passage it stands for today: for `gone` as the index still has it, without
 * text where it does not.
 */
export interface CheckedPassage extends Passage {
  /** As it was given. */
  citation: string
  verdict: CitationVerdict
  /** The citation of the passage given; null where that is gone. */
  now: string | null
  /** What was looked at: the files, or the index where they are not on this machine. */
  against: 'files' | 'index'
}

/** Figures of an index. */
export interface IndexStats {
  schema: 'gleaner.stats/1'
  index: string
  /** Root of the sources, relative to the index folder. */
  root: string
  formatVersion: number
  analyzer: string
  documents: number
  chunks: number
  /** Distinct terms; where there are several segments, their sum. */
  terms: number
  tokens: number
  /** UTF-8 bytes of the documents' text. */
  textBytes: number
  /** Bytes of the index folder's files that belong to the index. */
  indexBytes: number
  segments: {
    name: string
    bytes: number
    documents: number
    chunks: number
    sections: Record<string, number>
  }[]
  /** Files of the sources that could not be indexed, by reason; absent where the index does not say. */
  leftOut?: Record<string, number>
  /** Documents by language code and by format. */
  languages: Record<string, number>
  formats: Record<string, number>
  /** Documents by the folder they are in, below the folder all share; of files right there, by that. */
  folders: Record<string, number>
  /** Documents by the size of their file: up to so many bytes, a power of two. */
  sizes: Record<string, number>
  /** The words that most passages have, function words of the index's languages left out. */
  topTerms: { term: string; chunks: number }[]
}
