/**
 * An open index: answers queries and shows passages. Nothing is written; any number may be open at a time. What it is made
 * of, and how its sources stand to it, is sourced-index.ts's.
 */

import type { ListedDocument } from '../segment/document-list.ts'
import { milliseconds } from '../segment/platform.ts'
import type { Stemmer } from '../text/stem.ts'
import { stemmersFor } from '../text/stem.ts'
import { type Asked, ask } from './ask.ts'
import type { Completion } from './complete.ts'
import type { DocumentPassages } from './document-passages.ts'
import type { IndexFields } from './fields.ts'
import { foresee, HitReader, type HitRequest, type ReadHits } from './hit.ts'
import { type Collection, type CountedLeaf, type Matches, match } from './match.ts'
import { type SearchOptions, wholeNumber } from './options.ts'
import { ordered, POOL_SIZE } from './ordering.ts'
import type { IndexParts } from './parts.ts'
import type { Candidate } from './pool.ts'
import type { Ranked } from './rank.ts'
import type { RankedPlace } from './ranking.ts'
import type { IndexStats, MatchedDocument, PartialAnswer, Passage, SearchResult } from './result.ts'
import { SourcedIndex } from './sourced-index.ts'
import { isBehind } from './stale.ts'
import type { Survey } from './survey.ts'

/** What matches, and what it was found in. */
export interface Found {
  readonly collection: Collection
  readonly matches: Matches
  /** What is to be said of the answer besides. */
  readonly note?: Partial<SearchResult> | undefined
}

/** What a query matched, in order. */
interface Order extends Found {
  /** Whether a hit stands for its document. */
  readonly grouped: boolean
  readonly ranked: readonly Ranked[]
}

export class Index extends SourcedIndex {
  #stemmers: Promise<ReadonlyMap<string, Stemmer>> | undefined

  /** Root of the sources that a hit came from; null where they are not on this machine. */
  rootOf(_hit: { readonly index?: string | undefined }): string | null {
    return this.sourceRoot
  }

  /** The indexes it is: more than this one, where it is several as one. */
  get members(): readonly Index[] {
    return [this]
  }

  /** The index a hit came from: this one, where it is no joint answer of several. */
  memberOf(_hit: { readonly index?: string | undefined }): Index {
    return this
  }

  /**
   * Answers a query: the best chunks first, each with an excerpt and its exact place. Any string is a query. Throws
   * `usage` for options that cannot be taken, `damaged` where the index does not hold what it should.
   */
  async search(query: string, options: SearchOptions = {}): Promise<SearchResult> {
    const began = milliseconds()
    const limit = wholeNumber('limit', options.limit ?? 10)
    const offset = wholeNumber('offset', options.offset ?? 0)
    const asked = await this.ask(query, options)
    const through = offset + limit
    const { collection, matches, note, grouped, ranked } = await this.#order(
      asked,
      options,
      through,
      limit > 0,
    )
    const explaining = options.explain ? await import('./explain.ts') : undefined
    const explain = explaining?.explainer(collection, matches.leaves)
    const depth = options.freshness ?? 'tree'
    const read = await this.readHits(ranked, matches.leaves, {
      collection,
      offset,
      limit,
      compare: depth !== 'none',
      excerptLength: options.excerptLength,
      explain,
    })
    const { hits, dropped, repeats, checked } = read
    const detached = depth === 'none' ? [] : await this.#detachedIn(read, limit)
    const compared = depth === 'tree' ? await this.#comparedWithAll(hits.length, limit, checked) : undefined
    return {
      schema: 'gleaner.search/1',
      query,
      total: matches.total,
      tookMs: milliseconds() - began,
      freshness: compared ? 'tree' : checked && limit > 0 ? 'hits' : 'none',
      hits,
      absent: asked.absent,
      relaxed: asked.relaxed,
      suggestion: options.suggest === false ? null : await this.suggestion(query, asked, options),
      ignored: asked.ignored,
      dropped,
      collapsed: repeats.reduce((sum, count) => sum + count, 0),
      stale: compared && isBehind(compared.stale) ? compared.stale : null,
      indexes: this.figures(detached),
      ...(asked.absentKeys.length > 0 ? { absentKeys: [...asked.absentKeys] } : {}),
      ...(matches.total === 0 && !grouped ? await this.wholeDocuments(asked) : {}),
      ...note,
      ...(explaining ? { parse: explaining.describeQuery(asked.tree) } : {}),
    }
  }

  /**
   * The hits of a search in their order, the first `limit` (10 where left out) from `offset` on, each with its place
   * and score alone: for measuring a ranking, at a fraction of the cost. Nothing is compared with the files.
   */
  async ranking(query: string, options: SearchOptions = {}): Promise<RankedPlace[]> {
    const limit = wholeNumber('limit', options.limit ?? 10)
    const offset = wholeNumber('offset', options.offset ?? 0)
    const asked = await this.ask(query, options)
    const { collection, grouped, ranked } = await this.#order(asked, options, offset + limit)
    const { placesOf } = await import('./ranking.ts')
    return placesOf(this.partsOf(collection), ranked.slice(offset, offset + limit), grouped)
  }

  /**
   * The documents with matching chunks, by their best chunk (or in the order of paths), with how many match. Left out are
   * documents whose files are gone, or have changed and hold nothing of it any more; unless none of the index's files is
   * here. Looks at every file, unless but a few, at the `most`, are wanted.
   */
  async matchedDocuments(
    query: string,
    options: SearchOptions = {},
    most?: number,
  ): Promise<MatchedDocument[]> {
    const { matchedDocuments } = await import('./matched-documents.ts')
    const asked = await this.ask(query, options)
    return matchedDocuments(asked, this.parts, { sort: options.sort, most }, this)
  }

  /** Whether the file of some chunks, all that match of one document, holds any of them or another that matches. */
  async stillHolds(
    chunks: readonly Candidate[],
    leaves: readonly CountedLeaf[],
    collection: Collection,
  ): Promise<boolean> {
    const ranked = chunks.map(candidate => ({ candidate, score: candidate.score }))
    const request = { collection, offset: 0, limit: 1, compare: true }
    return (await this.readHits(ranked, leaves, request)).hits.length > 0
  }

  /** The number of matching chunks. */
  async count(query: string, options: SearchOptions = {}): Promise<number> {
    const { collection, plan } = await this.ask(query, options)
    return (await match(collection, plan, 0)).total
  }

  /**
   * A passage of a document: `path`, `path:12`, `path:12-18`, or a citation. Throws `not-found` for a path or lines
   * that are not there.
   */
  async show(reference: string): Promise<Passage> {
    return (await import('./show.ts')).showPassage(reference, this.parts, this.modifiedOf())
  }

  /** All passages of a document, as the index has them. */
  async passagesOf(document: ListedDocument): Promise<DocumentPassages> {
    return (await import('./document-passages.ts')).indexedPassages(this.parts, document)
  }

  /** How a word that is being typed may go on; see complete.ts. */
  async complete(query: string, limit: number): Promise<Completion[]> {
    return (await import('./complete.ts')).complete(this.parts.segments, query, limit)
  }

  /** What its answers lack at the moment; undefined where nothing. */
  async lacking(): Promise<PartialAnswer | undefined> {
    return undefined
  }

  /** Figures of the index. */
  async stats(): Promise<IndexStats> {
    const { indexStats } = await import('./stats.ts')
    return indexStats(this.parts, this.parts.location)
  }

  /** The keys of the documents' metadata, with counts and ranges: what `where` can ask for. Reads all rows. */
  async fields(): Promise<IndexFields> {
    const source = { ...this.parts, modified: this.modifiedOf() }
    return (await import('./fields.ts')).indexFields(source, this.parts.location)
  }

  /** Begins to fetch what the first search reads in any case, where reading takes long. */
  prefetch(): void {
    const { segments, documents, cards } = this.parts
    for (const segment of segments) segment.prefetch(!cards)
    if (!cards) documents.prefetch()
    // What cannot be loaded fails where it is needed.
    this.#allStemmers().catch(() => {})
  }

  /** The names of the indexes that could not be compared with their files; a number alone has no hits that tell. */
  async #detachedIn({ checked, detached }: ReadHits, limit: number): Promise<readonly string[]> {
    if (limit === 0) return this.detached()
    return detached ?? (checked ? [] : [this.location])
  }

  /** A look at all files, where fewer hits than wanted are a statement about these too; so is a number alone. */
  async #comparedWithAll(hits: number, limit: number, checked: boolean): Promise<Survey | undefined> {
    if (limit === 0) return this.survey()
    return checked && hits < limit ? this.standing.lookOver() : undefined
  }

  /** What is asked, looked up. */
  protected async ask(query: string, options: SearchOptions): Promise<Asked> {
    return ask(query, options, {
      ...this.parts,
      collection: this.#collection(),
      stemmers: await this.#allStemmers(),
      modified: this.modifiedOf(),
    })
  }

  /** What matches, in the order of the answer as far as `through`; `willRead` says whether hits will be made of it. */
  async #order(asked: Asked, options: SearchOptions, through: number, willRead = false): Promise<Order> {
    const grouped = options.group === 'document' || asked.filtersAlone
    const poolSize = grouped ? undefined : Math.max(POOL_SIZE, through)
    const found = await this.matchesOf(asked, poolSize, options.sort)
    const { collection, matches } = found
    const ranked = await ordered({ ...asked, collection }, matches, {
      ...options,
      grouped,
      through,
      memberAt: segment => this.memberAt(segment),
      // Their order is still to be found; whichever come first, their documents will be asked for.
      onHead: head => willRead && foresee(this.partsOf(collection), head),
    })
    return { ...found, grouped, ranked }
  }

  /** What matches; the pool keeps `poolSize` chunks, or all. */
  protected async matchesOf(
    { collection, plan, isKeywords }: Asked,
    poolSize: number | undefined,
    order: SearchOptions['sort'],
  ): Promise<Found> {
    return { collection, matches: await match(collection, plan, poolSize, order, isKeywords) }
  }

  /** What candidates found in a collection are of. */
  protected partsOf(_collection: Collection): Pick<IndexParts, 'segments' | 'documents' | 'order' | 'cards'> {
    return this.parts
  }

  /** Where no passage satisfies the query: how many documents do, taken as a whole. */
  protected async wholeDocuments(asked: Asked): Promise<{ documentsWithAll?: number }> {
    if (asked.plan.kind !== 'and') return {}
    const count = await (await import('./whole-documents.ts')).countWholeDocuments(asked)
    return count === 0 ? {} : { documentsWithAll: count }
  }

  /** A query with its absent words spelled as the index has them; null where there is none that finds anything. */
  protected async suggestion(
    query: string,
    { absent }: Asked,
    options: SearchOptions,
  ): Promise<string | null> {
    if (absent.length === 0 || options.suggest === false) return null
    const { spellingsOf, suggestQuery } = await import('./suggest-query.ts')
    const spellings = spellingsOf(this.parts.segments)
    return suggestQuery(query, absent, spellings, other => this.count(other, options))
  }

  /** What has been ranked as hits; see hit.ts. */
  readHits(
    ranked: readonly Ranked[],
    leaves: readonly CountedLeaf[],
    { offset, limit, compare, ...options }: HitRequest,
  ): Promise<ReadHits> {
    const reader = new HitReader(this.parts, compare ? this.parts.sources : undefined, options)
    return reader.read(ranked, leaves, offset, limit)
  }

  /** Which of several indexes a segment is of. */
  protected memberAt(_segment: number): number {
    return 0
  }

  #collection(): Collection {
    const { chunks, tokens } = this.manifest.totals
    const { segments, order } = this.parts
    return { segments, order, chunks, averageLength: chunks === 0 ? 1 : tokens / chunks }
  }

  /** The stemmers of the index's form tables, loaded once. */
  #allStemmers(): Promise<ReadonlyMap<string, Stemmer>> {
    this.#stemmers ??= stemmersFor(Object.keys(this.manifest.analyzer.stemmers))
    return this.#stemmers
  }
}
