/**
 * Makes hits of ranked chunks: reads each chunk's row and text, checks it against its file, and cuts the excerpt. A
 * hit that no longer holds is dropped and the next one takes its place.
 */
import { positionAt } from '../document/marks.ts'
import { chunkHash } from '../segment/chunk-hash.ts'
import type { DocumentCards } from '../segment/document-cards.ts'
import type { DocumentList, ListedFile } from '../segment/document-list.ts'
import type { DocumentOrder } from '../segment/document-order.ts'
import type { DocumentRow, DocumentRows } from '../segment/document-row.ts'
import type { Manifest, SegmentEntry } from '../segment/manifest.ts'
import { readMarks } from '../segment/mark-string.ts'
import type { ChunkRow, TextReader } from '../segment/text-reader.ts'
import { lineAndColumn } from '../text/lines.ts'
import { excerptOf } from './excerpt.ts'
import { fileFacts } from './file-facts.ts'
import type { FreshnessCheck } from './freshness.ts'
import type { Collection, CountedLeaf } from './match.ts'
import type { FoundPassage, Question } from './moved-passage.ts'
import type { Candidate } from './pool.ts'
import type { Ranked } from './rank.ts'
import { citation } from './reference.ts'
import type { Hit, HitState, LeafShare } from './result.ts'
import type { Sources } from './sources.ts'

/** What hits are read from. */
export interface HitSource {
  readonly manifest: { readonly totals: Pick<Manifest['totals'], 'documents'> }
  readonly segments: readonly HitSegment[]
  readonly documents: DocumentList
  readonly order: Pick<DocumentOrder, 'rankOf'>
  /** In place of the list and the rows of documents, where hits are not compared with their files. */
  readonly cards?: Pick<DocumentCards, 'ofChunk'> | undefined
}

/** What of a segment a hit is made of. */
interface HitSegment {
  readonly entry: Pick<SegmentEntry, 'documents'>
  readonly rows: Pick<DocumentRows, 'row' | 'ofChunk' | 'around'>
  readonly text: Pick<TextReader, 'chunk'>
  readonly isFar: boolean
}

/** How hits are made. */
export interface HitOptions {
  /** UTF-16 units of an excerpt at the most. */
  readonly excerptLength?: number | undefined
  /** Tells what a hit's leaves add to its score, where that is wanted. */
  readonly explain?: Explain | undefined
}

/** Which hits are wanted, and how. */
export interface HitRequest extends HitOptions {
  /** What was ranked. */
  readonly collection: Collection
  readonly offset: number
  readonly limit: number
  /** Whether they are compared with their files. */
  readonly compare: boolean
}

/** Hits that were read, each with its place among what was ranked. */
export interface ReadHits {
  readonly hits: Hit[]
  readonly places: readonly number[]
  /** Passed over: their files are gone, or hold the passage no more. */
  readonly dropped: number
  /** For each hit, how many passages repeat it word for word. */
  readonly repeats: readonly number[]
  /** Whether they were compared with their files; of several indexes, those of some. */
  readonly checked: boolean
  /** Of several indexes, where they were to be compared: the names of those that could not be. */
  readonly detached?: readonly string[]
}

type Explain = (candidate: Candidate, text: string) => LeafShare[]

/** A chunk that has been read, with its document. */
interface ReadChunk {
  readonly ranked: Ranked
  readonly row: ChunkRow
  readonly document: ListedFile
  /** What the index knows of the document. */
  readonly about: Pick<DocumentRow, 'title' | 'language' | 'format' | 'metadata' | 'marks'>
}

/**
 * Begins to read which documents some chunks are of, where that takes long: whichever of them will be hits. What fails
 * here fails again when it is needed.
 */
export function foresee(
  { segments, documents, order, cards }: Pick<HitSource, 'segments' | 'documents' | 'order' | 'cards'>,
  chunks: readonly Pick<Candidate, 'segment' | 'chunk' | 'order'>[],
): void {
  if (cards) {
    for (const chunk of chunks) cards.ofChunk(chunk.order).catch(() => {})
    return
  }
  for (const { segment, chunk } of chunks) {
    const { rows, isFar, entry } = segments[segment]!
    if (!isFar) continue
    // It is one of a few documents side by side: what the list says of them is fetched without waiting for which.
    const listed = rows.around(chunk).then(([first, end = entry.documents]) => {
      documents.prefetchAt([first, end - 1].map(number => order.rankOf(segment, number)))
    })
    Promise.all([rows.ofChunk(chunk), listed]).catch(() => {})
  }
}

export class HitReader {
  readonly #source: HitSource
  readonly #check: FreshnessCheck | undefined
  readonly #excerptLength: number | undefined
  /** Passages of changed files that are hits already, by place and path. */
  readonly #taken = new Set<string>()
  readonly #explain: Explain | undefined

  /** `sources` is undefined where hits are not compared with their files. */
  constructor(source: HitSource, sources: Sources | undefined, { excerptLength, explain }: HitOptions) {
    this.#source = source
    this.#excerptLength = excerptLength
    this.#explain = explain
    this.#check = sources?.check()
  }

  /** Hits from place `offset` on, `limit` at the most; `checked` says whether they were compared with files. */
  async read(
    ranked: readonly Ranked[],
    leaves: readonly CountedLeaf[],
    offset: number,
    limit: number,
  ): Promise<ReadHits> {
    const hits: Hit[] = []
    const ranks: number[] = []
    const repeats: number[] = []
    let dropped = 0
    const wanted = ranked.slice(offset, offset + limit)
    foresee(
      this.#source,
      wanted.flatMap(({ twins }) => twins ?? []).map(({ candidate }) => candidate),
    )
    const first = await Promise.all(wanted.map(item => this.#readChunk(item)))
    const attached = (limit > 0 || ranked.length === 0) && (await this.#isAttached(first))
    for (let at = offset; at < ranked.length && hits.length < limit; at++) {
      const chunk = first[at - offset] ?? (await this.#readChunk(ranked[at]!))
      const found = await this.#firstThatHolds(chunk, leaves, attached)
      dropped += found.dropped
      if (!found.hit) continue
      const { also, count } = await this.#placesOf(found.twins, found.hit, attached)
      repeats.push(count)
      hits.push({ ...found.hit, rank: offset + hits.length + 1, ...(also.length > 0 ? { also } : {}) })
      ranks.push(at)
    }
    return { hits, places: ranks, dropped, repeats, checked: attached }
  }

  /** The hit of a chunk, or where its file is gone that of a twin; and the twins that are left. */
  async #firstThatHolds(
    chunk: ReadChunk,
    leaves: readonly CountedLeaf[],
    attached: boolean,
  ): Promise<{ hit?: Hit; twins: readonly Ranked[]; dropped: number }> {
    const twins = [...(chunk.ranked.twins ?? [])]
    let dropped = 0
    for (let next: ReadChunk | undefined = chunk; next; ) {
      const hit = await this.#hit(next, leaves, attached)
      if (hit) return { hit, twins, dropped }
      dropped++
      const twin = twins.shift()
      next = twin && (await this.#readChunk(twin))
    }
    return { twins, dropped }
  }

  /** Where else a hit's text stands, as `path:line`, and how often; files that are gone or have changed are no such place. */
  async #placesOf(twins: readonly Ranked[], { path, line, startLine }: Hit, attached: boolean) {
    const chunks = await Promise.all(twins.map(twin => this.#readChunk(twin)))
    const there = chunks.filter(({ document }) => !attached || this.#check!.stateOf(document) === 'same')
    const places = there.map(
      ({ document, row }) => `${document.path}:${Math.min(row.startLine + line - startLine, row.endLine)}`,
    )
    return { also: [...new Set(places)].filter(place => place !== `${path}:${line}`), count: places.length }
  }

  async #isAttached(chunks: readonly ReadChunk[]): Promise<boolean> {
    const { documents, manifest } = this.#source
    const check = this.#check
    if (!check) return false
    const some = chunks.map(({ document }) => document)
    if (await check.isAttached(some, documents, manifest.totals.documents)) return true
    // Every file may have been edited: one that still holds a passage as it was indexed is the file it came from.
    for (const { document, row } of chunks.length > 0 ? chunks : await this.#samples()) {
      if (check.stateOf(document) !== 'changed') continue
      const wanted = {
        hash: chunkHash(row.text),
        line: row.startLine,
        question: { name: '', isAnsweredBy: () => false },
        taken: () => false,
      }
      if (await check.findPassage(document.path, wanted)) return true
    }
    return false
  }

  /** The first, the middle and the last passage of a few documents. */
  async #samples(): Promise<Pick<ReadChunk, 'document' | 'row'>[]> {
    const { documents, manifest, segments } = this.#source
    const last = manifest.totals.documents - 1
    const samples: Pick<ReadChunk, 'document' | 'row'>[] = []
    for (const place of new Set(last < 0 ? [] : [0, last >> 1, last])) {
      const document = await documents.at(place)
      const { rows, text } = segments[document.segment]!
      const { firstChunk, chunks } = await rows.row(document.document)
      for (const chunk of new Set(chunks === 0 ? [] : [0, chunks >> 1, chunks - 1]))
        samples.push({ document, row: await text.chunk(firstChunk + chunk) })
    }
    return samples
  }

  async #readChunk(ranked: Ranked): Promise<ReadChunk> {
    const { segments, documents, order, cards } = this.#source
    const { segment, chunk } = ranked.candidate
    const { rows, text } = segments[segment]!
    // The chunk's own row tells its document too, but only once its text has been read.
    const ofDocument = async () => {
      if (cards) {
        const { path, size, ...about } = await cards.ofChunk(ranked.candidate.order)
        // Nothing is compared with it: which bytes the file had is not told.
        return { about, document: { path, size, hash: '' } }
      }
      const about = await rows.ofChunk(chunk)
      return { about, document: await documents.at(order.rankOf(segment, about.number)) }
    }
    const [row, known] = await Promise.all([text.chunk(chunk), ofDocument()])
    return { ranked, row, ...known }
  }

  async #hit(chunk: ReadChunk, all: readonly CountedLeaf[], attached: boolean): Promise<Hit | undefined> {
    const { document, row, ranked } = chunk
    const numbers = [...all.keys()].filter(number => ranked.candidate.frequencies[number]! > 0)
    const leaves = numbers.map(number => all[number]!)
    if (!attached) return this.#make(chunk, row, leaves, 'detached')
    const state = this.#check!.stateOf(document)
    if (state === 'gone') return undefined
    if (state === 'same') return this.#make(chunk, row, leaves, 'current')
    const hasAll = (text: string) => leaves.every(leaf => excerptOf(text, [leaf]).highlights.length > 0)
    const found = await this.#findAgain(chunk, { name: `${numbers}`, isAnsweredBy: hasAll })
    return found && this.#make(chunk, found, leaves, 'changed')
  }

  /** The passage in its file as that is now, if it is there and is no other hit yet. */
  async #findAgain({ document, row }: ReadChunk, question: Question): Promise<FoundPassage | undefined> {
    const found = await this.#check!.findPassage(document.path, {
      hash: chunkHash(row.text),
      line: row.startLine,
      question,
      taken: start => this.#taken.has(`${start} ${document.path}`),
    })
    if (found) this.#taken.add(`${found.start} ${document.path}`)
    return found
  }

  #make(
    { ranked, document, about }: ReadChunk,
    passage: FoundPassage | ChunkRow,
    leaves: readonly CountedLeaf[],
    state: HitState,
  ): Hit {
    const { candidate, score } = ranked
    const { title, metadata, marks } = about
    const { text, startLine, endLine, trail } = passage
    const excerpt = excerptOf(text, leaves, this.#excerptLength)
    const lit = excerpt.highlights[0]?.[0] ?? excerpt.start
    const place = lineAndColumn(text, lit, startLine, passage.column)
    const position =
      'positionAt' in passage ? passage.positionAt(place.line) : positionAt(readMarks(marks), place.line)
    return {
      rank: 0,
      score,
      path: document.path,
      ...place,
      ...(position ? { position } : {}),
      startLine,
      endLine,
      title,
      heading: [...trail],
      excerpt: text.slice(excerpt.start, excerpt.end),
      truncated: [excerpt.start > 0, excerpt.end < text.length],
      highlights: excerpt.highlights.map(([start, end]) => [start - excerpt.start, end - excerpt.start]),
      matched: [...new Set(leaves.map(({ leaf }) => leaf.label))],
      citation: citation(document.path, startLine, endLine, chunkHash(text)),
      state,
      metadata,
      file: fileFacts(document, about, state === 'detached' ? undefined : this.#check?.modified(document)),
      ...(ranked.more === undefined ? {} : { more: ranked.more }),
      ...(this.#explain
        ? { explanation: this.#explain(candidate, text), refinement: [...(ranked.shares ?? [])] }
        : {}),
    }
  }
}
