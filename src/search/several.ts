/**
 * Several indexes as one: their segments are ranked together, by statistics over all of them, so that a passage has the
 * score it would have in one index over everything. Of passages that score alike, those of the index named first come
 * first. Each hit is read, and compared with its files, by the index it is of.
 */
import { GleanError } from '../errors.ts'
import type { DocumentList, ListedDocument } from '../segment/document-list.ts'
import { DocumentOrder, type DocumentRun } from '../segment/document-order.ts'
import type { Manifest, Totals } from '../segment/manifest.ts'
import type { HitRequest, ReadHits } from './hit.ts'
import { Index } from './index.ts'
import type { CountedLeaf } from './match.ts'
import type { Ranked } from './rank.ts'
import type { Hit, IndexFigures, Passage } from './result.ts'
import { jointStanding } from './standing.ts'

/** An index among others, with what stands before it. */
interface Member {
  readonly index: Index
  readonly segmentsBefore: number
  readonly documentsBefore: number
}

export class SeveralIndexes extends Index {
  readonly #members: readonly Member[]

  /** Takes open indexes over: closing it closes them. */
  constructor(indexes: readonly Index[]) {
    const members = membersOf(indexes)
    const runs = members.flatMap(({ index, segmentsBefore }) =>
      index.manifest.documents.runs.map(
        ([segment, ...run]): DocumentRun => [segment + segmentsBefore, ...run],
      ),
    )
    const segments = indexes.flatMap(index => index.segments)
    const parts = {
      location: indexes.map(({ location }) => location).join(', '),
      sources: undefined,
      manifest: joinedManifest(indexes),
      segments,
      order: new DocumentOrder(runs, segments.length),
      documents: joinedDocuments(members),
    }
    super(
      parts,
      jointStanding(indexes, segment => memberAt(members, segment)),
    )
    this.#members = members
  }

  /** By place: each index reads its own, and then they are put in order. */
  override async readHits(
    ranked: readonly Ranked[],
    leaves: readonly CountedLeaf[],
    request: HitRequest,
  ): Promise<ReadHits> {
    const { offset, limit } = request
    const read = await Promise.all(
      this.#members.map(async ({ index, segmentsBefore }, number) => {
        const places: number[] = []
        const own = ranked.flatMap((item, place): Ranked[] => {
          const { segment } = item.candidate
          if (place < offset || this.memberAt(segment) !== number) return []
          places.push(place)
          const moved = (each: Ranked): Ranked => ({
            ...each,
            candidate: { ...each.candidate, segment: each.candidate.segment - segmentsBefore },
          })
          return [{ ...moved(item), ...(item.twins ? { twins: item.twins.map(moved) } : {}) }]
        })
        const { hits, ...rest } = await index.readHits(own, leaves, { ...request, offset: 0 })
        const named = hits.map((hit): Hit => ({ ...hit, index: index.location }))
        const read = named.map((hit, at) => ({
          hit,
          place: places[rest.places[at]!]!,
          repeated: rest.repeats[at]!,
        }))
        return { ...rest, hits: read }
      }),
    )
    const ordered = read
      .flatMap(({ hits }) => hits)
      .sort((a, b) => a.place - b.place)
      .slice(0, limit)
    return {
      hits: ordered.map(({ hit }, at) => ({ ...hit, rank: offset + at + 1 })),
      places: ordered.map(({ place }) => place),
      dropped: read.reduce((sum, { dropped }) => sum + dropped, 0),
      repeats: ordered.map(({ repeated }) => repeated),
      checked: read.some(({ checked }) => checked),
      detached: this.#members.flatMap(({ index }, number) => (read[number]!.checked ? [] : index.location)),
    }
  }

  override get members(): readonly Index[] {
    return this.#members.map(({ index }) => index)
  }

  override memberOf({ index: name }: { readonly index?: string | undefined }): Index {
    return this.#members.find(({ index }) => index.location === name)?.index ?? this
  }

  override rootOf({ index: name }: { readonly index?: string | undefined }): string | null {
    return this.#members.find(({ index }) => index.location === name)?.index.sourceRoot ?? null
  }

  override figures(detached?: readonly string[]): IndexFigures[] {
    return this.#members.flatMap(({ index }) => index.figures(detached))
  }

  override async detached(): Promise<string[]> {
    return (await Promise.all(this.#members.map(({ index }) => index.detached()))).flat()
  }

  /** Of the first index that has the passage. */
  override async show(reference: string): Promise<Passage> {
    for (const { index } of this.#members) {
      try {
        return await index.show(reference)
      } catch (thrown) {
        if (!(thrown instanceof GleanError) || thrown.code !== 'not-found') throw thrown
      }
    }
    return super.show(reference)
  }

  override async close(): Promise<void> {
    await Promise.all(this.#members.map(({ index }) => index.close()))
  }

  protected override memberAt(segment: number): number {
    return memberAt(this.#members, segment)
  }
}

function memberAt(members: readonly Member[], segment: number): number {
  return members.findLastIndex(({ segmentsBefore }) => segmentsBefore <= segment)
}

function membersOf(indexes: readonly Index[]): Member[] {
  let segmentsBefore = 0
  let documentsBefore = 0
  return indexes.map(index => {
    const member = { index, segmentsBefore, documentsBefore }
    segmentsBefore += index.segments.length
    documentsBefore += index.manifest.totals.documents
    return member
  })
}

/** One list after the other. */
function joinedDocuments(members: readonly Member[]): DocumentList {
  const placed = (document: ListedDocument, { segmentsBefore }: Member): ListedDocument => ({
    ...document,
    segment: document.segment + segmentsBefore,
  })
  return {
    prefetch: () => {
      for (const { index } of members) index.documents.prefetch()
    },
    prefetchAt: ordinals => {
      for (const ordinal of ordinals) {
        const { index, documentsBefore } = members.findLast(each => each.documentsBefore <= ordinal)!
        index.documents.prefetchAt([ordinal - documentsBefore])
      }
    },
    table: undefined,
    find: async path => {
      for (const member of members) {
        const found = await member.index.documents.find(path)
        if (found) return placed(found, member)
      }
      return undefined
    },
    at: async ordinal => {
      const member = members.findLast(({ documentsBefore }) => documentsBefore <= ordinal)!
      return placed(await member.index.documents.at(ordinal - member.documentsBefore), member)
    },
    from: async function* (path) {
      for (const member of members) {
        for await (const document of member.index.documents.from(path)) yield placed(document, member)
      }
    },
    close: () => {
      for (const { index } of members) index.documents.close()
    },
  }
}

/** What searching needs of it: the sums, the stemmers of all, the segments. The rest is the first one's. */
function joinedManifest(indexes: readonly Index[]): Manifest {
  const manifests = indexes.map(({ manifest }) => manifest)
  const [first] = manifests as [Manifest, ...Manifest[]]
  const stemmers = Object.assign({}, ...manifests.map(({ analyzer }) => analyzer.stemmers))
  return {
    ...first,
    analyzer: { ...first.analyzer, stemmers },
    totals: manifests.map(({ totals }) => totals).reduce(joinedTotals),
    segments: manifests.flatMap(({ segments }) => segments),
  }
}

function joinedTotals(one: Totals, other: Totals): Totals {
  return {
    documents: one.documents + other.documents,
    chunks: one.chunks + other.chunks,
    tokens: one.tokens + other.tokens,
    textBytes: one.textBytes + other.textBytes,
    languages: joinedCounts(one.languages, other.languages),
    formats: joinedCounts(one.formats, other.formats),
  }
}

function joinedCounts(one: Record<string, number>, other: Record<string, number>): Record<string, number> {
  const counts = { ...one }
  for (const [name, count] of Object.entries(other)) counts[name] = (counts[name] ?? 0) + count
  return counts
}
