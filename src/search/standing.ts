/** How an index stands to its sources: whether they are on this machine, and how far it lags behind them. */
import type { ListedDocument } from '../segment/document-list.ts'
import type { FileState } from './freshness.ts'
import { HitReader } from './hit.ts'
import type { IndexParts } from './parts.ts'
import type { MatchedDocument } from './result.ts'
import type { Survey } from './survey.ts'

export interface Standing {
  /** Whether the files it was made of are here: some at least, spread over the index, are as they were. */
  isAttached(): Promise<boolean>
  /** A survey of all of them, or that of a moment ago; of sources that are known to be here. */
  lookOver(): Promise<Survey>
  /** Where the files of some documents are; undefined for one that is gone. */
  whereabouts(documents: readonly ListedDocument[]): Promise<(Whereabouts | undefined)[]>
  /** Tells when a document's file was last changed; undefined where it is not here. */
  modifiedOf(): (document: ListedDocument) => string | undefined
}

/** Whether a document's file is here, and of several indexes which it is of. */
export type Whereabouts = Pick<MatchedDocument, 'state' | 'index'>

/** Documents whose files are sooner read than all files looked at. */
const FEW = 20

function whereaboutsOf(state: FileState): Whereabouts | undefined {
  return state === 'gone' ? undefined : { state: state === 'same' ? 'current' : state }
}

/** The standing of one index. */
export function standingOf(parts: IndexParts): Standing {
  const { sources, documents, manifest } = parts
  return {
    isAttached: async () => (await new HitReader(parts, sources, {}).read([], [], 0, 0)).checked,
    lookOver: () => sources!.survey(documents),
    whereabouts: async some => {
      const check = sources?.check()
      const attached = await check?.isAttached(some.slice(0, 10), documents, manifest.totals.documents)
      if (!attached) return some.map(() => ({ state: 'detached' }))
      if (some.length <= FEW) return some.map(document => whereaboutsOf(check!.stateOf(document)))
      const { changed } = await sources!.survey(documents)
      return some.map(document => {
        if (!check!.exists(document)) return undefined
        return { state: changed.has(document.path) ? 'changed' : 'current' }
      })
    },
    modifiedOf: () => {
      const files = sources?.check()
      return document => files?.modified(document)
    },
  }
}

/** An index among others. */
interface Member {
  readonly location: string
  isAttached(): Promise<boolean>
  whereabouts(documents: readonly ListedDocument[]): Promise<(Whereabouts | undefined)[]>
  survey(): Promise<Survey | undefined>
  modifiedOf(): (document: ListedDocument) => string | undefined
}

/** The standing of several as one; `memberAt` tells which of them a segment is of. */
export function jointStanding(members: readonly Member[], memberAt: (segment: number) => number): Standing {
  return {
    isAttached: async () => (await Promise.all(members.map(each => each.isAttached()))).some(Boolean),
    lookOver: async () => {
      const surveys = await Promise.all(members.map(each => each.survey()))
      const known = surveys.filter(survey => survey !== undefined)
      const sum = (name: keyof Survey['stale']): number =>
        known.reduce((total, { stale }) => total + stale[name], 0)
      return {
        stale: { new: sum('new'), changed: sum('changed'), gone: sum('gone') },
        changed: new Set(known.flatMap(({ changed }) => [...changed])),
        fresh: known.flatMap(({ fresh }) => fresh),
        leftOut: known.flatMap(({ leftOut }) => leftOut),
      }
    },
    whereabouts: async documents => {
      const known = new Map<ListedDocument, Whereabouts | undefined>()
      for (const [number, member] of members.entries()) {
        const own = documents.filter(({ segment }) => memberAt(segment) === number)
        for (const [at, whereabouts] of (await member.whereabouts(own)).entries())
          known.set(own[at]!, whereabouts && { ...whereabouts, index: member.location })
      }
      return documents.map(document => known.get(document))
    },
    modifiedOf: () => {
      const each = members.map(member => member.modifiedOf())
      return document => each[memberAt(document.segment)]!(document)
    },
  }
}
