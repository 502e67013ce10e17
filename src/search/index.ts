/** An open index: answers queries and shows passages. Nothing is written; any number may be open at a time. */
import { existsSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { GleanError } from '../errors.ts'
import type { DocumentList, ListedDocument } from '../segment/document-list.ts'
import type { Manifest } from '../segment/manifest.ts'
import type { Segment } from '../segment/segment.ts'
import { sliceLines } from '../text/lines.ts'
import type { Stemmer } from '../text/stem.ts'
import { stemmerFor } from '../text/stem.ts'
import { sourceRootOf } from './freshness.ts'
import { HitReader } from './hit.ts'
import { type Collection, match } from './match.ts'
import { parseQuery } from './parse.ts'
import { rank } from './rank.ts'
import { parseReference } from './reference.ts'
import { resolveQuery } from './resolve.ts'
import type { IndexStats, Passage, SearchResult } from './result.ts'

/** Chunks that stage 1 hands on, whatever the caller asks for: so the order is the same on every page. */
export const POOL_SIZE = 1000

/** Options of a search. */
export interface SearchOptions {
  /** Hits at the most; 10 where left out. */
  readonly limit?: number | undefined
  /** Hits to pass over first; 0 where left out. */
  readonly offset?: number | undefined
  /** Every word must be there; any where left out. */
  readonly all?: boolean | undefined
  /** Words match only as they are written, but for case. */
  readonly exact?: boolean | undefined
  /** UTF-16 units of an excerpt at the most. */
  readonly excerptLength?: number | undefined
  /** For tests: another size of the pool. */
  readonly poolSize?: number | undefined
}

interface IndexParts {
  readonly location: string
  readonly folder: string
  readonly manifest: Manifest
  readonly segments: readonly Segment[]
  readonly documents: DocumentList
}

export class Index {
  /** Absolute root of the sources on this machine; null where that folder is not there. */
  readonly sourceRoot: string | null
  readonly #parts: IndexParts
  #stemmers: Promise<ReadonlyMap<string, Stemmer>> | undefined

  constructor(parts: IndexParts) {
    this.#parts = parts
    const root = sourceRootOf(parts.folder, parts.manifest.source.root)
    this.sourceRoot = existsSync(root) ? root : null
  }

  /** The manifest it was opened with. */
  get manifest(): Manifest {
    return this.#parts.manifest
  }

  /** The segments, for exports. */
  get segments(): readonly Segment[] {
    return this.#parts.segments
  }

  /** The list of documents, for exports. */
  get documents(): DocumentList {
    return this.#parts.documents
  }

  /**
   * Answers a query: the best chunks first, each with an excerpt and its exact place. Any string is a query. Throws
   * `usage` for options that cannot be taken, `damaged` where the index does not hold what it should.
   */
  async search(query: string, options: SearchOptions = {}): Promise<SearchResult> {
    const began = performance.now()
    const limit = wholeNumber('limit', options.limit ?? 10)
    const offset = wholeNumber('offset', options.offset ?? 0)
    const collection = this.#collection()
    this.#stemmers ??= this.#loadStemmers()
    const tree = parseQuery(query, { all: options.all })
    const context = {
      segments: collection.segments,
      documents: this.#parts.documents,
      stemmers: await this.#stemmers,
      exact: options.exact ?? false,
    }
    const { plan, absent, relaxed } = await resolveQuery(tree, context)
    const poolSize = options.poolSize ?? Math.max(POOL_SIZE, offset + limit)
    const matches = await match(collection, plan, poolSize)
    const ranked = rank(collection, matches, POOL_SIZE)
    const reader = new HitReader(this.#parts, this.sourceRoot, options.excerptLength)
    const { hits, dropped, checked } = await reader.read(ranked, matches.leaves, offset, limit)
    const { totals } = this.manifest
    return {
      schema: 'gleaner.search/1',
      query,
      total: matches.total,
      tookMs: performance.now() - began,
      freshness: checked ? 'hits' : 'none',
      hits,
      absent,
      relaxed,
      suggestion: null,
      dropped,
      collapsed: 0,
      stale: null,
      indexes: [{ index: this.#parts.location, documents: totals.documents, chunks: totals.chunks }],
    }
  }

  /**
   * A passage of a document: `path`, `path:12`, `path:12-18`, or a citation. Throws `not-found` for a path or lines
   * that are not there.
   */
  async show(reference: string): Promise<Passage> {
    const { document, first, last } = await this.#find(reference)
    const segment = this.#parts.segments[document.segment]!
    const row = await segment.rows.row(document.document)
    if (first > Math.max(row.lines, 1)) {
      const lines = `${row.lines} ${row.lines === 1 ? 'line' : 'lines'}`
      throw new GleanError('not-found', `${document.path} has ${lines}, there is no line ${first}`)
    }
    const text = await segment.text.text(row.place, row.place + row.length)
    const endLine = Math.min(last, row.lines)
    return {
      path: document.path,
      title: row.title,
      startLine: first,
      endLine,
      lines: row.lines,
      text: sliceLines(text, first, endLine),
      metadata: row.metadata,
    }
  }

  /** Figures of the index. */
  async stats(): Promise<IndexStats> {
    const { manifest, location } = this.#parts
    const { totals, segments, documents, analyzer } = manifest
    const manifestBytes = Buffer.byteLength(JSON.stringify(manifest))
    return {
      schema: 'gleaner.stats/1',
      index: location,
      root: manifest.source.root,
      formatVersion: manifest.version,
      analyzer: `${analyzer.id} ${analyzer.version}, Unicode ${analyzer.unicode}`,
      documents: totals.documents,
      chunks: totals.chunks,
      terms: segments.reduce((sum, segment) => sum + segment.terms, 0),
      tokens: totals.tokens,
      textBytes: totals.textBytes,
      indexBytes: segments.reduce((sum, segment) => sum + segment.bytes, documents.bytes + manifestBytes),
      segments: segments.map(({ name, bytes, documents, chunks, sections }) => ({
        name,
        bytes,
        documents,
        chunks,
        sections,
      })),
      languages: totals.languages,
      formats: totals.formats,
    }
  }

  /** Closes its files. The index cannot be used afterwards. */
  async close(): Promise<void> {
    for (const segment of this.#parts.segments) segment.close()
    this.#parts.documents.close()
  }

  #collection(): Collection {
    const { chunks, tokens } = this.manifest.totals
    return { segments: this.#parts.segments, chunks, averageLength: chunks === 0 ? 1 : tokens / chunks }
  }

  async #loadStemmers(): Promise<ReadonlyMap<string, Stemmer>> {
    const languages = Object.keys(this.manifest.analyzer.stemmers)
    return new Map(
      await Promise.all(languages.map(async language => [language, await stemmerFor(language)] as const)),
    )
  }

  /** A path may itself end in what looks like a line: the whole reference is tried as a path first. */
  async #find(reference: string): Promise<{ document: ListedDocument; first: number; last: number }> {
    for (const { path, first, last } of parseReference(reference)) {
      const document = await this.#parts.documents.find(path)
      if (document) return { document, first, last }
    }
    throw new GleanError(
      'not-found',
      `${this.#parts.location} has no document ${reference}; paths are relative to the indexed folder, as glean search --json gives them`,
    )
  }
}

function wholeNumber(option: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value
  throw new GleanError('usage', `${option} must be a whole number from 0 on, got ${value}`)
}
