/**
 * Documents that a query may look at. In a plan they stand as ranges of chunks, which only a segment has: here they are
 * a set of documents beside the plan, told to the engine by number, and made ranges of the candidates once those are
 * there.
 */
import type { Plan } from '../search/leaf.ts'

type Ranges = Extract<Plan, { kind: 'ranges' }>

export class DocumentFilters {
  readonly #sets = new WeakMap<Ranges, ReadonlySet<bigint>>()

  /** A plan that stands for the chunks of some documents. */
  of(documents: ReadonlySet<bigint>): Plan {
    const plan: Ranges = { kind: 'ranges', ranges: [] }
    this.#sets.set(plan, documents)
    return plan
  }

  /** The documents that a plan cannot do without, and the plan without them; undefined where it asks for none. */
  taken(plan: Plan): { readonly documents: ReadonlySet<bigint> | undefined; readonly rest: Plan } {
    if (plan.kind === 'ranges') return { documents: this.#setOf(plan), rest: { kind: 'all' } }
    if (plan.kind === 'not') {
      const { documents, rest } = this.taken(plan.include)
      return { documents, rest: { ...plan, include: rest } }
    }
    if (plan.kind !== 'and') return { documents: undefined, rest: plan }
    const parts = plan.children.map(child => this.taken(child))
    const sets = parts.flatMap(({ documents }) => documents ?? [])
    const children = parts.map(({ rest }) => rest).filter(({ kind }) => kind !== 'all')
    const rest: Plan = children.length === 0 ? { kind: 'all' } : { kind: 'and', children }
    return { documents: sets.length === 0 ? undefined : sets.reduce(common), rest }
  }

  /** The plan with these documents as ranges of the chunks that some documents have, in order. */
  placed(plan: Plan, documents: readonly { readonly number: bigint; readonly chunks: number }[]): Plan {
    switch (plan.kind) {
      case 'ranges':
        return { kind: 'ranges', ranges: [rangesOf(this.#setOf(plan), documents)] }
      case 'and':
      case 'or':
        return { ...plan, children: plan.children.map(child => this.placed(child, documents)) }
      case 'not':
        return {
          ...plan,
          include: this.placed(plan.include, documents),
          exclude: this.placed(plan.exclude, documents),
        }
      default:
        return plan
    }
  }

  #setOf(plan: Ranges): ReadonlySet<bigint> {
    return this.#sets.get(plan) ?? new Set()
  }
}

/** What two sets have in common. */
export function common(one: ReadonlySet<bigint>, other: ReadonlySet<bigint>): ReadonlySet<bigint> {
  return new Set([...one].filter(document => other.has(document)))
}

function rangesOf(
  set: ReadonlySet<bigint>,
  documents: readonly { readonly number: bigint; readonly chunks: number }[],
): [number, number][] {
  const ranges: [number, number][] = []
  let at = 0
  for (const { number, chunks } of documents) {
    if (set.has(number)) ranges.push([at, at + chunks])
    at += chunks
  }
  return ranges
}
