/**
 * A query asked of documents instead of passages: its operators apply to the document as a whole, whose words may stand
 * in different chunks. The documents that pass become ranges of chunks; within them any of the query's words scores.
 */
import { firstChunks, lastAtOrBefore } from './document-hits.ts'
import type { Plan } from './leaf.ts'
import { type Collection, match } from './match.ts'

/** One bit of each document, for each segment. */
type DocumentSets = Uint8Array[]

/** The plan that finds, in the documents that satisfy `plan` as a whole, the chunks with any of its words. */
export async function documentPlan(collection: Collection, plan: Plan): Promise<Plan> {
  const starts = await Promise.all(collection.segments.map(firstChunks))
  const sets = await documentsOf(collection, plan, starts)
  const ranges = sets.map((set, segment) =>
    rangesOf(set, starts[segment]!, collection.segments[segment]!.entry.chunks),
  )
  const words = anyOf(plan)
  const passing: Plan = { kind: 'ranges', ranges }
  return words ? { kind: 'and', children: [passing, words] } : passing
}

/** Which documents satisfy a plan. */
async function documentsOf(
  collection: Collection,
  plan: Plan,
  starts: readonly Int32Array[],
): Promise<DocumentSets> {
  switch (plan.kind) {
    case 'and':
    case 'or': {
      const children = await Promise.all(plan.children.map(child => documentsOf(collection, child, starts)))
      return children.reduce((one, other) => combine(one, other, plan.kind === 'and' ? both : either))
    }
    case 'not': {
      const include = await documentsOf(collection, plan.include, starts)
      return combine(include, await documentsOf(collection, plan.exclude, starts), without)
    }
    default: {
      const sets = starts.map(({ length }) => new Uint8Array(length))
      for (const { segment, chunk } of (await match(collection, plan, undefined)).pool) {
        sets[segment]![lastAtOrBefore(starts[segment]!, chunk)] = 1
      }
      return sets
    }
  }
}

const both = (one: number, other: number): number => one & other
const either = (one: number, other: number): number => one | other
const without = (one: number, other: number): number => one & ~other

function combine(
  one: DocumentSets,
  other: DocumentSets,
  how: (one: number, other: number) => number,
): DocumentSets {
  return one.map((set, segment) => set.map((value, document) => how(value, other[segment]![document]!)))
}

function rangesOf(set: Uint8Array, starts: Int32Array, chunks: number): [number, number][] {
  const ranges: [number, number][] = []
  for (const [document, value] of set.entries()) {
    const start = starts[document]!
    const end = starts[document + 1] ?? chunks
    if (value === 0 || start === end) continue
    const last = ranges.at(-1)
    if (last?.[1] === start) last[1] = end
    else ranges.push([start, end])
  }
  return ranges
}

/** Any of the leaves that score; undefined where there is none. */
export function anyOf(plan: Plan): Plan | undefined {
  if (plan.kind === 'leaf') return plan
  if (plan.kind === 'not') return anyOf(plan.include)
  if (plan.kind !== 'and' && plan.kind !== 'or') return undefined
  const children = plan.children.map(anyOf).filter(child => child !== undefined)
  return children.length <= 1 ? children[0] : { kind: 'or', children }
}
