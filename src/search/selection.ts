/** What a query may look at, apart from its words: globs over paths and comparisons over metadata, as ranges of chunks. */
import type { DocumentList } from '../segment/document-list.ts'
import type { Segment } from '../segment/segment.ts'
import { rangesOfPaths, rangesOfRows } from './filter.ts'
import type { Plan } from './leaf.ts'

export interface Selection {
  /** Globs; a document must match one of them. */
  readonly paths?: readonly string[] | undefined
  /** An expression over metadata; see where.ts. */
  readonly where?: string | undefined
}

/** The plan of a selection; undefined where nothing is selected. Throws `usage` for an expression that is none. */
export async function selectionPlan(
  index: { readonly segments: readonly Segment[]; readonly documents: DocumentList },
  { paths, where }: Selection,
): Promise<Plan | undefined> {
  const plans: Plan[] = []
  if (paths && paths.length > 0) {
    const { pathFilter } = await import('../crawl/path-filter.ts')
    const filter = pathFilter(paths, [])
    plans.push({ kind: 'ranges', ranges: await rangesOfPaths(index, path => filter.includes(path)) })
  }
  if (where !== undefined) {
    const { parseWhere } = await import('./where.ts')
    const accepts = parseWhere(where)
    plans.push({
      kind: 'ranges',
      ranges: await rangesOfRows(index.segments, (_segment, _document, row) => accepts(row.metadata)),
    })
  }
  return plans.length <= 1 ? plans[0] : { kind: 'and', children: plans }
}
