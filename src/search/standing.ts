/** How an index stands to its sources: whether they are on this machine, and how far it lags behind them. */
import type { ListedDocument } from '../segment/document-list.ts'
import { HitReader } from './hit.ts'
import type { IndexParts } from './parts.ts'
import type { Survey } from './survey.ts'

export interface Standing {
  /** Whether the files it was made of are here: some at least, spread over the index, are as they were. */
  isAttached(): Promise<boolean>
  /** A survey of all of them, or that of a moment ago; of sources that are known to be here. */
  lookOver(): Promise<Survey>
  /** Tells when a document's file was last changed; undefined where it is not here. */
  modifiedOf(): (document: ListedDocument) => string | undefined
}

/** Milliseconds for which the sources need not be looked at again as a whole. */
const MOMENT = 1000

/** The standing of one index. */
export function standingOf(parts: IndexParts): Standing {
  const { sources, documents } = parts
  let surveyed: { readonly at: number; readonly survey: Promise<Survey> } | undefined
  return {
    isAttached: async () => (await new HitReader(parts, sources, {}).read([], [], 0, 0)).checked,
    lookOver: () => {
      if (!surveyed || performance.now() - surveyed.at >= MOMENT)
        surveyed = { at: performance.now(), survey: sources!.survey(documents) }
      return surveyed.survey
    },
    modifiedOf: () => {
      const files = sources?.check()
      return document => files?.modified(document)
    },
  }
}

/** An index among others. */
interface Member {
  isAttached(): Promise<boolean>
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
        fresh: known.flatMap(({ fresh }) => fresh),
        leftOut: known.flatMap(({ leftOut }) => leftOut),
      }
    },
    modifiedOf: () => {
      const each = members.map(member => member.modifiedOf())
      return document => each[memberAt(document.segment)]!(document)
    },
  }
}
