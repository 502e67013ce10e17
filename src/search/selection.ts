/** What a query may look at, apart from its words: globs over paths and comparisons over metadata, as ranges of chunks. */
import type { DocumentList, ListedDocument } from '../segment/document-list.ts'
import type { Segment } from '../segment/segment.ts'
import { rangesOfPaths, rangesOfRows } from './filter.ts'
import type { Plan } from './leaf.ts'

export interface Selection {
  /** Globs; a document must match one of them. */
  readonly paths?: readonly string[] | undefined
  /** An expression over metadata; see where.ts. */
  readonly where?: string | undefined
}

/** Where to select. */
export interface Selectable {
  readonly segments: readonly Segment[]
  readonly documents: DocumentList
  /** When a document's file was modified; undefined where it is not here. */
  modified(document: ListedDocument): string | undefined
}

export interface Selected {
  /** Undefined where nothing is selected. */
  readonly plan: Plan | undefined
  /** Keys of the expression that no document has, as they were written. */
  readonly absentKeys: readonly string[]
}

/** The plan of a selection. Throws `usage` for an expression that is none. */
export async function selectionPlan(index: Selectable, { paths, where }: Selection): Promise<Selected> {
  const plans: Plan[] = []
  let absentKeys: readonly string[] = []
  if (paths && paths.length > 0) {
    const { pathFilter } = await import('../crawl/path-filter.ts')
    const filter = pathFilter(paths, [])
    plans.push({ kind: 'ranges', ranges: await rangesOfPaths(index, path => filter.includes(path)) })
  }
  if (where !== undefined) {
    const found = await rangesWhere(index, where)
    plans.push({ kind: 'ranges', ranges: found.ranges })
    absentKeys = found.absentKeys
  }
  return { plan: plans.length <= 1 ? plans[0] : { kind: 'and', children: plans }, absentKeys }
}

async function rangesWhere({ segments, documents, modified }: Selectable, where: string) {
  const [{ parseWhere }, { documentsByPlace, fileFacts, textFacts, withFacts }] = await Promise.all([
    import('./where.ts'),
    import('./file-facts.ts'),
  ])
  const { accepts, keys, hasKey } = parseWhere(where)
  const asks = (...names: string[]) => keys.some(key => key.path.some(name => names.includes(name)))
  // The list of documents and the files themselves are looked at only where the expression asks for what they tell.
  const isWhole = segments.every(segment => segment.isWhole)
  const isListed = asks('size', 'modified', 'file') || !isWhole
  const documentAt = isListed ? await documentsByPlace(documents) : () => undefined
  const modifiedOf = asks('modified', 'file') ? modified : () => undefined
  const absent = new Set(keys)
  const ranges = await rangesOfRows(segments, (segment, document, row) => {
    const listed = documentAt(segment, document)
    if (isListed && !listed) return false
    const metadata = withFacts(
      row.metadata,
      listed ? fileFacts(listed, row, modifiedOf(listed)) : textFacts(row),
    )
    for (const key of absent) if (hasKey(metadata, key)) absent.delete(key)
    return accepts(metadata)
  })
  return { ranges, absentKeys: [...new Set([...absent].map(({ whole, path }) => whole ?? path.join('.')))] }
}
