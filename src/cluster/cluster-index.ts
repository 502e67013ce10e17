/**
 * A cluster as an open index: it answers as any other does. Words are looked up in the cluster's vocabulary, candidates
 * come from all shards, and from there on everything is as it always is, over a small index of these.
 */
import type { Extractor } from '../document/extractor.ts'
import { GleanError } from '../errors.ts'
import { type Asked, ask } from '../search/ask.ts'
import type { Completion } from '../search/complete.ts'
import type { DocumentPassages } from '../search/document-passages.ts'
import type { IndexFields } from '../search/fields.ts'
import { HitReader, type HitRequest, type ReadHits } from '../search/hit.ts'
import { type Found, Index } from '../search/index.ts'
import { termsOf } from '../search/leaf.ts'
import { type Collection, type CountedLeaf, match } from '../search/match.ts'
import { byDocument, stillMatching } from '../search/matched-documents.ts'
import type { SearchOptions } from '../search/options.ts'
import { POOL_SIZE } from '../search/ordering.ts'
import type { Ranked } from '../search/rank.ts'
import type { IndexStats, MatchedDocument, PartialAnswer, Passage } from '../search/result.ts'
import type { Sources } from '../search/sources.ts'
import type { ListedDocument } from '../segment/document-list.ts'
import { DocumentOrder } from '../segment/document-order.ts'
import type { Manifest } from '../segment/manifest.ts'
import { type Stemmer, stemmerFor } from '../text/stem.ts'
import { candidateSegment } from './candidate-segment.ts'
import { fetchCandidates } from './candidates.ts'
import { clusterLookup } from './cluster-lookup.ts'
import { DocumentFilters } from './document-filter.ts'
import { documentRow, listed } from './documents.ts'
import { heldPassage, heldPassages } from './held-passage.ts'
import { type Candidates, hitSource } from './hit-source.ts'
import { KnownState } from './known-state.ts'
import { clusterSources } from './manifest.ts'
import { notesOn } from './partial.ts'
import type { ClusterReader } from './reader.ts'
import type { ClusterState } from './state.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Candidates where a hit stands for a document, and so many passages go into one. */
const MOST_GROUPED = 5000

/** What one query is asked with. */
interface Asking {
  readonly vocabulary: Vocabulary
  readonly filters: DocumentFilters
}

export class ClusterIndex extends Index {
  readonly #reader: ClusterReader
  readonly #sources: Sources | undefined
  readonly #known: KnownState
  readonly #stemmers = new Map<string, Promise<Stemmer>>()
  readonly #asking = new WeakMap<Asked, Asking>()
  readonly #candidates = new WeakMap<Collection, Candidates>()

  /** `state` is that of the cluster a moment ago. */
  constructor(reader: ClusterReader, state: ClusterState, formats?: readonly Extractor[]) {
    const known = new KnownState(reader, state)
    const sources = clusterSources(reader.address, state, formats)
    super({
      location: reader.address.location,
      sources,
      manifest: known.manifest,
      segments: [],
      documents: known.documents.list(),
      order: new DocumentOrder([], 0),
    })
    this.#reader = reader
    this.#sources = sources
    this.#known = known
  }

  override get manifest(): Manifest {
    return this.#known.manifest
  }

  override get documents() {
    return this.#known.documents.list()
  }

  /** Throws `usage`: what reads an index by its segments cannot read a cluster. */
  override get segments(): never {
    throw new GleanError(
      'usage',
      `${this.location} is a cluster: exports and lexical profiles are made from an index in a folder; build one: glean index DIR`,
    )
  }

  override async count(query: string, options: SearchOptions = {}): Promise<number> {
    return (await this.matchesOf(await this.ask(query, options), POOL_SIZE, 'score')).matches.total
  }

  override async matchedDocuments(query: string, options: SearchOptions = {}): Promise<MatchedDocument[]> {
    const asked = await this.ask(query, options)
    const { collection, matches } = await this.matchesOf(asked, undefined, options.sort)
    const { chunks } = this.#candidates.get(collection)!
    const own = byDocument(matches.pool, candidate => chunks[candidate.chunk]!.document)
    const counts = new Map([...own].map(([document, some]) => [document, some.length]))
    // Of more than could be fetched, the engine tells the documents; those that came first keep their places.
    if (matches.total > matches.pool.length)
      for (const [document, hits] of await this.#allMatched(asked)) counts.set(document, hits)
    await this.#known.documents.know([...counts.keys()])
    const found = [...counts].map(([number, hits]) => {
      const document = this.#known.documents.get(number)
      return { document, path: document.path, hits, chunks: own.get(number) ?? [] }
    })
    const places = await this.whereabouts(found.map(({ document }, place) => listed(document, place)))
    return stillMatching(found, places, some => this.stillHolds(some, matches.leaves, collection))
  }

  override async show(reference: string): Promise<Passage> {
    await this.#known.refresh()
    const found = await heldPassage(reference, this.#known.documents, this.modifiedOf())
    if (found) return found
    this.#known.mustBeWhole()
    throw new GleanError(
      'not-found',
      `${this.location} has no document ${reference}; paths are relative to the indexed folder, as glean search --json gives them`,
    )
  }

  override async passagesOf({ path }: ListedDocument): Promise<DocumentPassages> {
    const document = await this.#known.documents.find(path)
    if (document) return heldPassages(document, await this.#known.documents.content(document))
    throw new GleanError('not-found', `${this.location} has no document ${path}`)
  }

  override async complete(query: string, limit: number): Promise<Completion[]> {
    await this.#known.refresh()
    const vocabulary = this.#lookup(new DocumentFilters(), new Map()).vocabulary
    return (await import('./completion.ts')).completions(vocabulary, query, limit)
  }

  override async stats(): Promise<IndexStats> {
    await this.#known.refresh()
    this.#known.mustBeWhole()
    const { clusterStats } = await import('./stats.ts')
    return clusterStats(this.#reader, this.#known.state, this.#known.manifest, this.documents)
  }

  override async fields(): Promise<IndexFields> {
    const { indexFields } = await import('../search/fields.ts')
    const all = await this.#known.documents.all()
    this.#known.mustBeWhole()
    const rows = async function* () {
      for (const document of all) yield documentRow(document)
    }
    const source = {
      segments: [{ rows: { all: rows } }],
      documents: this.documents,
      modified: this.modifiedOf(),
    }
    return indexFields(source, this.location)
  }

  override async isAttached(): Promise<boolean> {
    const check = this.#sources?.check()
    return (await check?.isAttached([], this.documents, this.#known.manifest.totals.documents)) ?? false
  }

  override async close(): Promise<void> {
    this.#reader.close()
  }

  override async readHits(
    ranked: readonly Ranked[],
    leaves: readonly CountedLeaf[],
    { collection, offset, limit, compare, ...options }: HitRequest,
  ): Promise<ReadHits> {
    if (ranked.length === 0) {
      const checked = compare && (await this.isAttached())
      return { hits: [], places: [], dropped: 0, repeats: [], checked }
    }
    const candidates = this.#candidates.get(collection)!
    const wanted = ranked.slice(offset, offset + limit).flatMap(each => [each, ...(each.twins ?? [])])
    await this.#known.documents.know(
      wanted.map(({ candidate }) => candidates.chunks[candidate.chunk]!.document),
    )
    const source = hitSource(candidates, this.#known.documents, this.documents)
    const reader = new HitReader(source, compare ? this.#sources : undefined, options)
    return reader.read(ranked, leaves, offset, limit)
  }

  protected override async ask(query: string, options: SearchOptions): Promise<Asked> {
    await this.#known.refresh()
    const stemmers = await this.#allStemmers()
    const { chunks, tokens } = this.#known.manifest.totals
    const collection: Collection = {
      segments: [],
      order: new DocumentOrder([], 0),
      chunks,
      averageLength: chunks === 0 ? 1 : tokens / chunks,
    }
    const filters = new DocumentFilters()
    const lookup = this.#lookup(filters, stemmers)
    const asked = await ask(query, options, {
      manifest: this.#known.manifest,
      segments: [],
      documents: this.documents,
      order: collection.order,
      collection,
      stemmers,
      modified: this.modifiedOf(),
      lookup,
    })
    this.#asking.set(asked, { vocabulary: lookup.vocabulary, filters })
    return asked
  }

  protected override async matchesOf(
    asked: Asked,
    poolSize: number | undefined,
    order: SearchOptions['sort'] = 'score',
  ): Promise<Found> {
    const { vocabulary, filters } = this.#asking.get(asked)!
    const { chunks, averageLength } = asked.collection
    const { documents, rest } = filters.taken(asked.plan)
    const fetched = await fetchCandidates(this.#reader, vocabulary, {
      plan: rest,
      documents: documents && [...documents],
      most: poolSize === undefined ? MOST_GROUPED : Math.max(poolSize, POOL_SIZE),
      order,
      chunks,
      averageLength,
    })
    const made = await candidateSegment(fetched.chunks, termsOf(asked.plan))
    const collection: Collection = {
      segments: [made.segment],
      order: made.order,
      chunks,
      averageLength,
      frequencyOf: fetched.frequencyOf,
    }
    this.#candidates.set(collection, { ...made, chunks: fetched.chunks })
    const placed = filters.placed(asked.plan, made.documents)
    const matches = await match(collection, placed, poolSize, order, asked.isKeywords)
    // Where all that matches was fetched, it has been counted here, by the rules of the query language.
    const total = fetched.total > fetched.chunks.length ? fetched.total : matches.total
    const partial = await this.#known.lackingOf([...fetched.silent])
    return { collection, matches: { ...matches, total }, note: partial ? notesOn(partial) : {} }
  }

  protected override partsOf(collection: Collection) {
    const candidates = this.#candidates.get(collection)!
    const { documents } = hitSource(candidates, this.#known.documents, this.documents)
    return { segments: collection.segments, documents, order: candidates.order }
  }

  override async lacking(): Promise<PartialAnswer | undefined> {
    await this.#known.refresh()
    return this.#known.lacking
  }

  protected override async suggestion(
    query: string,
    asked: Asked,
    options: SearchOptions,
  ): Promise<string | null> {
    if (asked.absent.length === 0) return null
    const { vocabulary } = this.#asking.get(asked)!
    const { suggestQuery } = await import('../search/suggest-query.ts')
    const spellings = {
      dictionaries: [await vocabulary.dictionary()],
      frequencyOf: (term: string) => vocabulary.frequencyOf(term),
    }
    return suggestQuery(query, asked.absent, spellings, other => this.count(other, options))
  }

  /** Documents as a whole are not counted beside passages: that would take every one of them. */
  protected override async wholeDocuments(): Promise<Record<string, never>> {
    return {}
  }

  #lookup(filters: DocumentFilters, stemmers: ReadonlyMap<string, Stemmer>) {
    return clusterLookup({
      reader: this.#reader,
      documents: this.#known.documents,
      filters,
      stemmers,
      modified: this.modifiedOf(),
      dictionary: read => this.#known.dictionary(read),
    })
  }

  async #allMatched(asked: Asked): Promise<Map<bigint, number>> {
    const { vocabulary, filters } = this.#asking.get(asked)!
    const { documents, rest } = filters.taken(asked.plan)
    const all = await vocabulary.documents(rest)
    return documents ? new Map([...all].filter(([number]) => documents.has(number))) : all
  }

  async #allStemmers(): Promise<Map<string, Stemmer>> {
    const languages = Object.keys(this.#known.manifest.analyzer.stemmers)
    for (const language of languages)
      if (!this.#stemmers.has(language)) this.#stemmers.set(language, stemmerFor(language))
    const loaded = languages.map(async each => [each, await this.#stemmers.get(each)!] as const)
    return new Map(await Promise.all(loaded))
  }
}
