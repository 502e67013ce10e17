/**
 * Brings an index up to date, or makes it where there is none: compares the files with the list of documents, reads what
 * is new or has changed into a segment of its own, keeps everything else where it lies, and commits.
 */

import type { LeftOut } from '../crawl/file.ts'
import type { WalkResult } from '../crawl/walk.ts'
import { type CachedFile, StatCache, writeStatCache } from '../freshness/stat-cache.ts'
import { compareTree, type TreeChanges } from '../freshness/tree-changes.ts'
import type { ListedDocument } from '../segment/document-list.ts'
import type { Totals } from '../segment/manifest.ts'
import { Assembly } from './assembly.ts'
import type { BuildInternals } from './build.ts'
import { type Committed, commit, leaveAsItIs } from './commit.ts'
import { SMALL_INDEX } from './compaction.ts'
import type { LastIndex } from './last-index.ts'
import type { BuildOptions, BuildPlan } from './plan.ts'
import { readFiles } from './read-files.ts'
import { findRenames } from './renames.ts'
import type { DocumentChanges, Doubt } from './report.ts'
import { SegmentBuilder } from './segment-builder.ts'
import { TotalsCount } from './totals.ts'
import type { Turns } from './turns.ts'
import { analyzerEntry, buildStemmers, formLanguages } from './words.ts'

/** What an update is made of. */
export interface UpdateContext extends BuildInternals {
  readonly plan: BuildPlan
  readonly options: BuildOptions
  readonly crawled: WalkResult
  readonly turns: Turns
  /** When the build began: nanoseconds since 1970. */
  readonly began: bigint
}

/** What came of it. */
export interface UpdateOutcome extends Committed {
  readonly totals: Totals
  readonly leftOut: readonly LeftOut[]
  readonly doubts: readonly Doubt[]
  readonly changes: DocumentChanges
}

/** Updates the index that was last there; without one, everything is new. Throws `damaged` where that index is. */
export async function update(context: UpdateContext, last: LastIndex | undefined): Promise<UpdateOutcome> {
  const { plan, crawled, turns } = context
  const { folder, rules } = plan
  const compared = await compare(context, last)
  const { renamed, ...renames } = findRenames(compared.added, compared.gone, rules)
  const toRead = [...renames.added, ...compared.changed].sort(byPath)
  const kept = [...compared.same, ...renamed].sort(byPath)
  const totals = await keptTotals(context, last, kept, [...renames.gone, ...compared.replaced])
  const builder = new SegmentBuilder(folder)
  let assembly: Assembly | undefined
  try {
    const read = await readFiles(
      toRead,
      rules,
      { builder, segment: last?.segments.length ?? 0, totals },
      turns,
    )
    const outcome = {
      totals: totals.totals,
      leftOut: [...crawled.leftOut, ...compared.leftOut, ...read.leftOut].sort(byPath),
      doubts: read.doubts,
      changes: changesOf(compared, renames, renamed, read.documents),
    }
    const known = [...compared.known, ...renames.known, ...read.known].sort(byPath)
    if (last && isAsBefore(context, last, outcome.changes)) {
      builder.abandon()
      const committed = leaveAsItIs(plan, last.manifest)
      if (compared.hashed || read.known.length > 0 || known.length !== compared.cached)
        noteFiles(context, committed.checksum, known)
      return { ...outcome, ...committed }
    }
    turns.tell(writing(crawled.files.length))
    await turns.now()
    const words = await wordsOf(outcome.totals)
    assembly = new Assembly({ folder, ...words, turns }, last?.segments ?? [])
    if (read.documents.length > 0 || kept.length === 0)
      await assembly.add(await builder.finish(words.analyzer, words.stemmers))
    else builder.abandon()
    assembly.list([...kept, ...read.documents].sort(byPath))
    const isSmall = outcome.totals.textBytes < (context.smallIndex ?? SMALL_INDEX)
    await assembly.compact(isSmall || mustBeOne(context, last, words.analyzer))
    await turns.now()
    const { documents, ...content } = await assembly.finish()
    const committed = await commit(
      plan,
      { ...content, analyzer: words.analyzer, source: plan.source, totals: outcome.totals },
      documents,
      isSmall,
    )
    noteFiles(context, committed.checksum, known)
    return { ...outcome, ...committed, changed: committed.changed || assembly.replaces }
  } catch (thrown) {
    builder.abandon()
    throw thrown
  } finally {
    assembly?.close()
  }
}

type Compared = TreeChanges & { readonly cached: number }

async function compare(
  { plan, crawled, turns, damaged }: UpdateContext,
  last: LastIndex | undefined,
): Promise<Compared> {
  const { files } = crawled
  const cache = StatCache.read(plan.folder, plan.rules)
  const changes = await compareTree({
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
  return Object.assign(changes, { cached: cache.size })
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

function changesOf(
  { same, changed }: TreeChanges,
  { added, gone }: { readonly added: readonly { path: string }[]; readonly gone: readonly ListedDocument[] },
  renamed: readonly ListedDocument[],
  read: readonly ListedDocument[],
): DocumentChanges {
  const isNew = new Set(added.map(({ path }) => path))
  const news = read.filter(({ path }) => isNew.has(path)).length
  const lost = changed.length - (read.length - news)
  return {
    added: news,
    changed: read.length - news,
    // A file that has become unreadable has no document any more.
    removed: gone.length + lost,
    renamed: renamed.length,
    unchanged: same.length,
  }
}

/** Whether the index already is what it is to be. */
function isAsBefore(
  { plan, options }: UpdateContext,
  { manifest, segments }: LastIndex,
  { added, changed, removed, renamed }: DocumentChanges,
): boolean {
  if (added + changed + removed + renamed > 0) return false
  if (JSON.stringify(manifest.source) !== JSON.stringify(plan.source)) return false
  return (
    !options.compact || (segments.length === 1 && manifest.documents.runs.length <= 1 && segments[0]!.isWhole)
  )
}

/** Whether all is to be made one segment: on request, and where the form tables are to be of other languages. */
function mustBeOne(
  { options }: UpdateContext,
  last: LastIndex | undefined,
  analyzer: Awaited<ReturnType<typeof wordsOf>>['analyzer'],
): boolean {
  if (options.compact) return true
  return last !== undefined && JSON.stringify(last.manifest.analyzer) !== JSON.stringify(analyzer)
}

async function wordsOf({ languages, documents }: Totals) {
  const formsOf = formLanguages(languages, documents)
  return { analyzer: analyzerEntry(formsOf), stemmers: await buildStemmers(formsOf) }
}

function noteFiles({ plan, began }: UpdateContext, manifest: string, known: readonly CachedFile[]): void {
  writeStatCache(plan.folder, { manifest, rules: plan.rules, began }, known)
}

function writing(files: number) {
  return { phase: 'write', files, totalFiles: files, bytes: 0, totalBytes: 0 } as const
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}
