/**
 * Brings an index up to date, or makes it where there is none: reads what is new or has changed into a segment of its
 * own, keeps everything else where it lies, and commits.
 */
import type { LeftOut } from '../crawl/file.ts'
import type { WalkResult } from '../crawl/walk.ts'
import { placeOf } from '../freshness/place.ts'
import { type CachedFile, writeStatCache } from '../freshness/stat-cache.ts'
import type { AnalyzerEntry, Totals } from '../segment/manifest.ts'
import { Assembly } from './assembly.ts'
import { BATCH_BYTES, batchesOf } from './batch.ts'
import type { BuildInternals } from './build.ts'
import { type Committed, commit, leaveAsItIs } from './commit.ts'
import { SMALL_INDEX } from './compaction.ts'
import type { LastIndex } from './last-index.ts'
import type { BuildOptions, BuildPlan } from './plan.ts'
import type { ReadDocuments } from './read-documents.ts'
import { type ReadFiles, readFiles } from './read-files.ts'
import { countLeftOut, type DocumentChanges, type Doubt } from './report.ts'
import { SegmentBuilder } from './segment-builder.ts'
import { byPath, type Selection, select } from './selection.ts'
import { TaskPool } from './task-pool.ts'
import type { Turns } from './turns.ts'
import { hasNoted, isWanted } from './untouched.ts'
import { analyzerEntry, buildStemmers, formLanguages } from './words.ts'

/** Files from which on it pays to collect what was needed to find them. */
const MANY_FILES = 1 << 15

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

type Found = Omit<UpdateOutcome, keyof Committed>

/** Updates the index that was last there; without one, everything is new. Throws `damaged` where that index is. */
export async function update(context: UpdateContext, last: LastIndex | undefined): Promise<UpdateOutcome> {
  const { plan, crawled, turns, options } = context
  const selection = await select(context, last)
  const { toRead, totals } = selection
  const { batchBytes = BATCH_BYTES, keptRows } = context
  const batches = batchesOf(toRead, batchBytes)
  const { folder, rules } = plan
  const largest = toRead.reduce((most, { size }) => Math.max(most, size), 0)
  const { jobs } = options
  const pool = new TaskPool({ folder, rules, batches: batches.length, largest, jobs, keptRows }, turns)
  const builder = new SegmentBuilder(folder, pool, turns)
  // What looking for many files and comparing them has left behind would lie about for long.
  if (toRead.length >= MANY_FILES) globalThis.gc?.()
  try {
    const segment = last?.segments.length ?? 0
    const read = await readFiles(batches, { builder, segment, totals }, pool, turns)
    const found: Found = {
      totals: totals.totals,
      leftOut: [...crawled.leftOut, ...selection.leftOut, ...read.leftOut].sort(byPath),
      doubts: read.doubts,
      changes: selection.changes(read.documents.paths()),
    }
    const isAsBefore =
      last &&
      isEmpty(found.changes) &&
      isWanted(context, last.manifest) &&
      hasNoted(last.manifest, found.leftOut)
    const committed = isAsBefore
      ? leaveAsItIs(plan, last.manifest)
      : await write(context, last, { pool, builder }, selection, read, found)
    if (!isAsBefore || selection.learned || read.documents.length + read.known.length > 0)
      note(context, committed.checksum, [...selection.known, ...read.known].sort(byPath), read.documents)
    return { ...found, ...committed }
  } finally {
    await pool.close()
    builder.abandon()
  }
}

/** Writes the segments of the index as it is to be, and commits it. */
async function write(
  context: UpdateContext,
  last: LastIndex | undefined,
  { pool, builder }: { readonly pool: TaskPool; readonly builder: SegmentBuilder },
  { kept }: Selection,
  read: ReadFiles,
  { totals, leftOut }: Found,
): Promise<Committed> {
  const { plan, turns, crawled, options } = context
  const files = crawled.files.length
  turns.tell({ phase: 'write', files, totalFiles: files, bytes: 0, totalBytes: 0 })
  await turns.now()
  const words = await wordsOf(totals)
  const assembly = new Assembly({ folder: plan.folder, ...words, turns }, last?.segments ?? [])
  try {
    if (read.documents.length > 0 || kept.length === 0)
      await assembly.add(await builder.finish(words.analyzer, words.stemmers))
    // There is nothing left for others to do; what they know takes memory.
    await pool.close()
    // Of a first build there is no list of all in memory.
    assembly.list(kept.length === 0 ? read.documents : [...kept, ...read.documents].sort(byPath))
    const isSmall = totals.textBytes < (context.smallIndex ?? SMALL_INDEX)
    await assembly.compact(isSmall || mustBeOne(context, last, words.analyzer))
    await turns.now()
    const { documents, ...content } = await assembly.finish()
    const { analyzer } = words
    const sums = { totals, leftOut: countLeftOut(leftOut) }
    const committed = commit(plan, { ...content, ...sums, analyzer, source: plan.source }, documents, {
      // Who asks for it wants nothing else to be left.
      clears: isSmall || options.compact === true,
    })
    return { ...committed, changed: committed.changed || assembly.replaces }
  } finally {
    assembly.close()
  }
}

function isEmpty({ added, changed, removed, renamed }: DocumentChanges): boolean {
  return added + changed + removed + renamed === 0
}

/** Whether all is to be made one segment: on request, and where the form tables are to be of other languages. */
function mustBeOne(
  { options }: UpdateContext,
  last: LastIndex | undefined,
  analyzer: AnalyzerEntry,
): boolean {
  if (options.compact) return true
  return last !== undefined && JSON.stringify(last.manifest.analyzer) !== JSON.stringify(analyzer)
}

async function wordsOf({ languages, documents }: Totals) {
  const formsOf = formLanguages(languages, documents)
  return { analyzer: analyzerEntry(formsOf), stemmers: await buildStemmers(formsOf) }
}

/** Notes what is known of files that are no document that was just read, in order of path, and of those that are. */
function note(
  { plan, began }: UpdateContext,
  manifest: string,
  others: readonly CachedFile[],
  read: ReadDocuments,
): void {
  const { folder, rules, sources } = plan
  const occasion = { manifest, rules, place: placeOf(folder, sources.root), began }
  writeStatCache(folder, occasion, { [Symbol.iterator]: () => merged(others, read.known()) })
}

/** What ascends by path in two lists, as one. */
function* merged<T extends { readonly path: string }>(
  listed: readonly T[],
  others: Iterable<T>,
): Generator<T> {
  let next = 0
  for (const other of others) {
    while (next < listed.length && listed[next]!.path < other.path) yield listed[next++]!
    yield other
  }
  yield* listed.slice(next)
}
