/**
 * Tells whether there is anything to do at all: most updates find that there is not, and should find it at once. So nothing
 * is imported here that reads files or writes an index.
 */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { LeftOut } from '../crawl/file.ts'
import { StatCache } from '../freshness/stat-cache.ts'
import { type Manifest, manifestChecksum } from '../segment/manifest.ts'
import { leaveAsItIs } from './commit.ts'
import { countLeftOut } from './report.ts'
import { byPath } from './selection.ts'
import type { UpdateContext, UpdateOutcome } from './update.ts'

/**
 * The outcome where the last build left nothing to do, and every file looks as it did then: the index is not even
 * opened. Undefined where there may be something to do.
 */
export function untouched(context: UpdateContext): UpdateOutcome | undefined {
  const { plan, crawled, damaged } = context
  const { last, lastBytes, rules, folder } = plan
  if (!last || !lastBytes || damaged || !isWanted(context, last)) return undefined
  const cache = StatCache.read(folder, rules)
  const outcomes = cache.manifest === manifestChecksum(lastBytes) && cache.outcomesOf(crawled.files)
  if (!outcomes || outcomes.read !== last.totals.documents || !isThere(folder, last)) return undefined
  const leftOut = [...crawled.leftOut, ...outcomes.leftOut].sort(byPath)
  if (!hasNoted(last, leftOut)) return undefined
  return {
    totals: last.totals,
    leftOut,
    doubts: [],
    changes: { added: 0, changed: 0, removed: 0, renamed: 0, unchanged: outcomes.read },
    ...leaveAsItIs(plan, last),
  }
}

/** Whether an index says of the files that are left out what there is to say. */
export function hasNoted({ leftOut }: Manifest, files: readonly LeftOut[]): boolean {
  return JSON.stringify(leftOut) === JSON.stringify(countLeftOut(files))
}

/** Whether the files of an index are there, and as long as they should be. */
function isThere(folder: string, { documents, segments }: Manifest): boolean {
  return [documents, ...segments].every(
    ({ name, bytes }) => statSync(join(folder, name), { throwIfNoEntry: false })?.size === bytes,
  )
}

/** Whether an index that holds the right documents is also as it was asked for. */
export function isWanted(
  { plan, options }: UpdateContext,
  { source, documents, segments, totals }: Manifest,
): boolean {
  if (options.rebuild || JSON.stringify(source) !== JSON.stringify(plan.source)) return false
  const [first] = segments
  const isOne = segments.length === 1 && documents.runs.length <= 1 && first!.documents === totals.documents
  return !options.compact || isOne
}
