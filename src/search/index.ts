/** An open index: answers queries and shows passages. Nothing is written; any number may be open at a time. */

import type { ReadRules } from '../document/file-identity.ts'
import { positionAt } from '../document/marks.ts'
import { GleanError } from '../errors.ts'
import type { DocumentList, ListedDocument } from '../segment/document-list.ts'
import type { DocumentOrder } from '../segment/document-order.ts'
import type { Manifest } from '../segment/manifest.ts'
import { readMarks } from '../segment/mark-string.ts'
import type { Segment } from '../segment/segment.ts'
import { sliceLines } from '../text/lines.ts'
import type { Stemmer } from '../text/stem.ts'
import { stemmerFor } from '../text/stem.ts'
import { type Asked, ask } from './ask.ts'
import type { IndexFields } from './fields.ts'
import { fileFacts } from './file-facts.ts'
import { foresee, type HitOptions, HitReader, type ReadHits } from './hit.ts'
import { type Collection, type CountedLeaf, match } from './match.ts'
import { type SearchOptions, wholeNumber } from './options.ts'
import { ordered, POOL_SIZE } from './ordering.ts'
import type { Ranked } from './rank.ts'
import { mustHold, parseReference, type Reference } from './reference.ts'
import type { IndexFigures, IndexStats, MatchedDocument, Passage, SearchResult, Stale } from './result.ts'
import type { Sources } from './sources.ts'
import { isBehind } from './stale.ts'
import type { Survey } from './survey.ts'

/**
 * Milliseconds for which the sources need not be looked at again as a whole; longer where looking takes long: so many
 * times what it took.
 */
const MOMENT = 1000
const SHARE = 10

/** What an index is made of, wherever it was opened. */
export interface IndexParts {
  /** As the caller named it. */
  readonly location: string
  /** Undefined where they are not on this machine. */
  readonly sources: Sources | undefined
  readonly manifest: Manifest
  readonly segments: readonly Segment[]
  readonly documents: DocumentList
  readonly order: DocumentOrder
}

/** Which hits are wanted, and how. */
export interface HitRequest extends HitOptions {
  readonly offset: number
  readonly limit: number
  /** Whether they are compared with their files. */
  readonly compare: boolean
}

/** Where a document's file is. */
export type Whereabouts = Pick<MatchedDocument, 'state' | 'index'>

export class Index {
  /** Absolute root of the sources on this machine; null where that folder is not there. */
  readonly sourceRoot: string | null
  readonly #parts: IndexParts
  #stemmers: Promise<ReadonlyMap<string, Stemmer>> | undefined
  #surveyed: { until: number; readonly survey: Promise<Survey> } | undefined

  constructor(parts: IndexParts) {
    this.#parts = parts
    this.sourceRoot = parts.sources?.root ?? null
  }

  /** Root of the sources that a hit came from; null where they are not on this machine. */
  rootOf(_hit: { readonly index?: string | undefined }): string | null {
    return this.sourceRoot
  }

  /** The index a hit came from: this one, where it is no joint answer of several. */
  memberOf(_hit: { readonly index?: string | undefined }): Index {
    return this
  }

  /** The index as the caller named it. */
  get location(): string {
    return this.#parts.location
  }

  /** The manifest it was opened with. */
  get manifest(): Manifest {
    return this.#parts.manifest
  }

  /** How files of its sources are read. */
  get rules(): ReadRules {
    return this.#parts.sources?.rules ?? this.#parts.manifest.source
  }

  /** The segments, for exports. */
  get segments(): readonly Segment[] {
    return this.#parts.segments
  }

  /** Which documents of the segments are in the index. */
  get order(): DocumentOrder {
    return this.#parts.order
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
    const asked = await this.#ask(query, options)
    const grouped = options.group === 'document' || asked.filtersAlone
    const poolSize = grouped ? undefined : Math.max(POOL_SIZE, offset + limit)
    const matches = await match(asked.collection, asked.plan, poolSize, options.sort)
    const ranked = await ordered(asked, matches, {
      ...options,
      grouped,
      through: offset + limit,
      memberAt: segment => this.memberAt(segment),
      // Their order is still to be found; whichever come first, their documents will be asked for.
      onHead: head => {
        if (limit > 0) foresee(this.#parts, head)
      },
    })
    const explaining = options.explain ? await import('./explain.ts') : undefined
    const explain = explaining?.explainer(asked.collection, matches.leaves)
    const depth = options.freshness ?? 'tree'
    const { hits, dropped, collapsed, checked } = await this.readHits(ranked, matches.leaves, {
      offset,
      limit,
      compare: depth !== 'none',
      excerptLength: options.excerptLength,
      explain,
    })
    const isLittle = limit === 0 ? matches.total === 0 : hits.length < limit
    const compared = checked && isLittle && depth === 'tree' ? await this.lookOver() : undefined
    return {
      schema: 'gleaner.search/1',
      query,
      total: matches.total,
      tookMs: performance.now() - began,
      freshness: compared ? 'tree' : checked ? 'hits' : 'none',
      hits,
      absent: asked.absent,
      relaxed: asked.relaxed,
      suggestion: options.suggest === false ? null : await this.#suggestion(query, asked, options),
      ignored: asked.ignored,
      dropped,
      collapsed,
      stale: compared && isBehind(compared.stale) ? compared.stale : null,
      indexes: this.figures(),
      ...(asked.absentKeys.length > 0 ? { absentKeys: [...asked.absentKeys] } : {}),
      ...(matches.total === 0 && !grouped ? await this.#wholeDocuments(asked) : {}),
      ...(explaining ? { parse: explaining.describeQuery(asked.tree) } : {}),
    }
  }

  /**
   * The documents with matching chunks, by their best chunk (or in the order of paths), with how many match. Documents
   * whose files are gone are left out, unless none of the index's files is here.
   */
  async matchedDocuments(query: string, options: SearchOptions = {}): Promise<MatchedDocument[]> {
    const { documents, segments, order } = this.#parts
    const { collection, plan } = await this.#ask(query, options)
    const { pool } = await match(collection, plan, undefined, options.sort)
    const { documentHits } = await import('./document-hits.ts')
    const found = await documentHits(segments, pool)
    const listed = await Promise.all(
      found.map(({ segment, document }) => documents.at(order.rankOf(segment, document))),
    )
    const known = await this.whereabouts(listed)
    return listed.flatMap(({ path }, number): MatchedDocument[] => {
      const whereabouts = known[number]
      return whereabouts ? [{ path, ...whereabouts, hits: found[number]!.chunks.length }] : []
    })
  }

  /** Whether the files of some documents are here; undefined for one that is gone. */
  async whereabouts(documents: readonly ListedDocument[]): Promise<(Whereabouts | undefined)[]> {
    const { manifest, sources, documents: list } = this.#parts
    const check = sources?.check()
    const attached = await check?.isAttached(documents.slice(0, 10), list, manifest.totals.documents)
    if (!attached) return documents.map(() => ({ state: 'detached' }))
    return documents.map(document => (check!.exists(document) ? { state: 'current' } : undefined))
  }

  /** The number of matching chunks. */
  async count(query: string, options: SearchOptions = {}): Promise<number> {
    const { collection, plan } = await this.#ask(query, options)
    return (await match(collection, plan, 0)).total
  }

  /**
   * A passage of a document: `path`, `path:12`, `path:12-18`, or a citation. Throws `not-found` for a path or lines
   * that are not there.
   */
  async show(reference: string): Promise<Passage> {
    const { document, first, last, hash } = await this.#find(reference)
    const segment = this.#parts.segments[document.segment]!
    const row = await segment.rows.row(document.document)
    if (hash !== undefined) await mustHold(segment, row, { first, last, hash }, reference)
    if (first > Math.max(row.lines, 1)) {
      const lines = `${row.lines} ${row.lines === 1 ? 'line' : 'lines'}`
      throw new GleanError('not-found', `${document.path} has ${lines}, there is no line ${first}`)
    }
    const text = await segment.text.text(row.place, row.place + row.length)
    const endLine = Math.min(last, row.lines)
    const position = positionAt(readMarks(row.marks), first)
    return {
      path: document.path,
      title: row.title,
      startLine: first,
      endLine,
      lines: row.lines,
      text: sliceLines(text, first, endLine),
      ...(position ? { position } : {}),
      metadata: row.metadata,
      file: fileFacts(document, row, this.modifiedOf()(document)),
    }
  }

  /** Figures of the index. */
  async stats(): Promise<IndexStats> {
    const { indexStats } = await import('./stats.ts')
    return indexStats(this.#parts, this.#parts.location)
  }

  /** The keys of the documents' metadata, with counts and ranges: what `where` can ask for. Reads all rows. */
  async fields(): Promise<IndexFields> {
    const source = { ...this.#parts, modified: this.modifiedOf() }
    return (await import('./fields.ts')).indexFields(source, this.#parts.location)
  }

  /**
   * How far the index lags behind its sources; null where it does not, or where these are not on this machine. Looks at
   * every file.
   */
  async staleness(): Promise<Stale | null> {
    const survey = await this.survey()
    return survey && isBehind(survey.stale) ? survey.stale : null
  }

  /** How its sources stand to it; undefined where these are not on this machine. Looks at every file. */
  async survey(): Promise<Survey | undefined> {
    return (await this.isAttached()) ? this.lookOver() : undefined
  }

  /** Whether the files it was made of are on this machine: some at least, spread over the index, are as they were. */
  async isAttached(): Promise<boolean> {
    const { checked } = await new HitReader(this.#parts, this.#parts.sources, {}).read([], [], 0, 0)
    return checked
  }

  /** Begins to fetch what the first search reads in any case, where reading takes long. */
  prefetch(): void {
    for (const segment of this.#parts.segments) segment.prefetch()
    this.#parts.documents.prefetch()
    // What cannot be loaded fails where it is needed.
    this.#allStemmers().catch(() => {})
  }

  /** Closes its files. The index cannot be used afterwards. */
  async close(): Promise<void> {
    for (const segment of this.#parts.segments) segment.close()
    this.#parts.documents.close()
  }

  async #ask(query: string, options: SearchOptions): Promise<Asked> {
    return ask(query, options, {
      ...this.#parts,
      collection: this.#collection(),
      stemmers: await this.#allStemmers(),
      modified: this.modifiedOf(),
    })
  }

  /** Where no passage satisfies the query: how many documents do, taken as a whole. */
  async #wholeDocuments({ plan, collection }: Asked): Promise<{ documentsWithAll?: number }> {
    if (plan.kind !== 'and') return {}
    const [{ documentPlan }, { documentHits }] = await Promise.all([
      import('./document-plan.ts'),
      import('./document-hits.ts'),
    ])
    const { pool } = await match(collection, await documentPlan(collection, plan), undefined)
    const documents = await documentHits(this.#parts.segments, pool)
    return documents.length === 0 ? {} : { documentsWithAll: documents.length }
  }

  /** A query with its absent words spelled as the index has them; null where there is none that finds anything. */
  async #suggestion(query: string, { absent }: Asked, options: SearchOptions): Promise<string | null> {
    if (absent.length === 0 || options.suggest === false) return null
    const { suggestQuery } = await import('./suggest-query.ts')
    return suggestQuery(query, absent, this.#parts.segments, other => this.count(other, options))
  }

  /** What has been ranked as hits; see hit.ts. */
  readHits(
    ranked: readonly Ranked[],
    leaves: readonly CountedLeaf[],
    { offset, limit, compare, ...options }: HitRequest,
  ): Promise<ReadHits> {
    const reader = new HitReader(this.#parts, compare ? this.#parts.sources : undefined, options)
    return reader.read(ranked, leaves, offset, limit)
  }

  /** Which of several indexes a segment is of. */
  protected memberAt(_segment: number): number {
    return 0
  }

  /** What of the index took part in an answer. */
  protected figures(): IndexFigures[] {
    const { documents, chunks } = this.manifest.totals
    return [{ index: this.location, documents, chunks }]
  }

  /** What {@link survey} says, or said a moment ago; of sources that are known to be here. */
  protected lookOver(): Promise<Survey> {
    const { documents, sources } = this.#parts
    const began = performance.now()
    if (this.#surveyed && began < this.#surveyed.until) return this.#surveyed.survey
    const surveyed = { until: began + MOMENT, survey: sources!.survey(documents) }
    this.#surveyed = surveyed
    const took = (): void => {
      surveyed.until = Math.max(surveyed.until, began + SHARE * (performance.now() - began))
    }
    surveyed.survey.then(took, () => {})
    return surveyed.survey
  }

  /** Tells when a document's file was last changed; undefined where it is not here. */
  modifiedOf(): (document: ListedDocument) => string | undefined {
    const files = this.#parts.sources?.check()
    return document => files?.modified(document)
  }

  #collection(): Collection {
    const { chunks, tokens } = this.manifest.totals
    const { segments, order } = this.#parts
    return { segments, order, chunks, averageLength: chunks === 0 ? 1 : tokens / chunks }
  }

  /** The stemmers of the index's form tables, loaded once. */
  #allStemmers(): Promise<ReadonlyMap<string, Stemmer>> {
    this.#stemmers ??= this.#loadStemmers(Object.keys(this.manifest.analyzer.stemmers))
    return this.#stemmers
  }

  async #loadStemmers(languages: readonly string[]): Promise<ReadonlyMap<string, Stemmer>> {
    return new Map(
      await Promise.all(languages.map(async language => [language, await stemmerFor(language)] as const)),
    )
  }

  /** A path may itself end in what looks like a line: the whole reference is tried as a path first. */
  async #find(reference: string): Promise<Reference & { document: ListedDocument }> {
    for (const meant of parseReference(reference)) {
      const document = await this.#parts.documents.find(meant.path)
      if (document) return { ...meant, document }
    }
    throw new GleanError(
      'not-found',
      `${this.#parts.location} has no document ${reference}; paths are relative to the indexed folder, as glean search --json gives them`,
    )
  }
}
