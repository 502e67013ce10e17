/**
 * What an update keeps, what it reads, and what it gives up: the files that are there, compared with the documents of the
 * last index.
 */
import type { FoundFile, LeftOut } from '../crawl/file.ts'
import { type CachedFile, StatCache } from '../freshness/stat-cache.ts'
import { compareTree, type TreeChanges } from '../freshness/tree-changes.ts'
import type { ListedDocument } from '../segment/document-list.ts'
import type { LastIndex } from './last-index.ts'
import { findRenames } from './renames.ts'
import type { DocumentChanges } from './report.ts'
import { TotalsCount } from './totals.ts'
import type { UpdateContext } from './update.ts'

export interface Selection {
  /** Documents that stay as they lie, under the paths they have now, in order of path. */
  readonly kept: readonly ListedDocument[]
  /** Files to be read, in order of path. */
  readonly toRead: readonly FoundFile[]
  /** Files that were left out when they were read, and look as they did. */
  readonly leftOut: readonly LeftOut[]
  /** The sums over what is kept. */
  readonly totals: TotalsCount
  /** What is known of files that are not read again. */
  readonly known: readonly CachedFile[]
  /** Whether more is known of them now than the stat cache told. */
  readonly learned: boolean
  /** What became of the documents and files, once it is known which of the files read are documents: their paths. */
  changes(read: Iterable<string>): DocumentChanges
}

/** Compares; without a last index, everything is to be read. Throws `damaged` where that index is. */
export async function select(context: UpdateContext, last: LastIndex | undefined): Promise<Selection> {
  const { plan } = context
  const cache = StatCache.read(plan.folder, plan.rules)
  const compared = await compare(context, last, cache)
  const renames = findRenames(compared.added, compared.gone, plan.rules)
  const kept = [...compared.same, ...renames.renamed].sort(byPath)
  const known = [...compared.known, ...renames.known]
  // Not more than that is kept in mind of what was compared: it is as much as there are files.
  const changed = new Set(compared.changed.map(({ path }) => path))
  const [gone, renamed, unchanged] = [renames.gone.length, renames.renamed.length, compared.same.length]
  return {
    kept,
    toRead: [...renames.added, ...compared.changed].sort(byPath),
    leftOut: compared.leftOut,
    totals: await keptTotals(context, last, kept, [...renames.gone, ...compared.replaced]),
    known,
    learned: compared.hashed || known.length !== cache.size,
    changes: read => {
      let [all, readAgain] = [0, 0]
      for (const path of read) {
        all++
        if (changed.has(path)) readAgain++
      }
      return {
        added: all - readAgain,
        changed: readAgain,
        // A file that has become unreadable has no document any more.
        removed: gone + changed.size - readAgain,
        renamed,
        unchanged,
      }
    },
  }
}

function compare(
  { plan, crawled, turns, damaged }: UpdateContext,
  last: LastIndex | undefined,
  cache: StatCache,
): Promise<TreeChanges> {
  const { files } = crawled
  return compareTree({
    files,
    listed: last?.documents.from() ?? [],
    cache,
    rules: plan.rules,
    distrusted:
      damaged && last ? ({ segment }) => damaged.has(last.manifest.segments[segment]!.name) : undefined,
    turn: number =>
      turns.take(() => ({
        phase: 'compare',
        files: number,
        totalFiles: files.length,
        bytes: 0,
        totalBytes: 0,
      })),
  })
}

/** The totals of what is kept: those of the last index less what is lost, or counted anew where that is more. */
async function keptTotals(
  { damaged }: UpdateContext,
  last: LastIndex | undefined,
  kept: readonly ListedDocument[],
  lost: readonly ListedDocument[],
): Promise<TotalsCount> {
  // Of a damaged segment not even the figures can be read.
  const anew = last === undefined || damaged !== undefined || lost.length > kept.length
  const totals = new TotalsCount(anew ? undefined : last.manifest.totals)
  if (anew) for (const document of kept) totals.add(await last!.row(document))
  else for (const document of lost) totals.remove(await last.row(document))
  return totals
}

/** For sorting by path, in the order of UTF-16 units. */
export function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}
