/**
 * Builds an index, or brings it up to date: plan, crawl, compare, read, write, commit. The one place where the stages of
 * indexing are put together.
 */
import { performance } from 'node:perf_hooks'
import type { SourceFile } from '../crawl/file.ts'
import { type WalkResult, walk } from '../crawl/walk.ts'
import { GleanError } from '../errors.ts'
import { isTheLast } from './commit.ts'
import { LastIndex, reasonToRebuild } from './last-index.ts'
import { type Lock, takeLock } from './lock.ts'
import { makeFolder } from './made-folder.ts'
import { mustBeMeant } from './meant.ts'
import { type BuildOptions, type BuildPlan, planBuild } from './plan.ts'
import { removeLeftovers } from './replaced.ts'
import { type BuildReport, countLeftOut, type RebuildReason } from './report.ts'
import { Turns } from './turns.ts'
import { untouched } from './untouched.ts'
import type { UpdateContext, UpdateOutcome } from './update.ts'

export type { BuildOptions }

/**
 * Builds the index of the given sources, or brings it up to date, and reports what was indexed and what was not.
 * Until the last step the index on disk is as it was. Throws GleanError: `usage`, `not-found`, `not-an-index`, `damaged`,
 * `locked`, `io`.
 */
export function buildIndex(options: BuildOptions): Promise<BuildReport> {
  return build(options, {})
}

/** What is not for every caller to say. */
export interface BuildInternals {
  /** Names of segments that are damaged: every document of theirs is read again, whatever its file looks like. */
  readonly damaged?: ReadonlySet<string> | undefined
  /** Bytes of text below which the index is always one segment; SMALL_INDEX where left out. */
  readonly smallIndex?: number | undefined
  /** Bytes of files that are read in one go, and bytes of postings that are kept in memory; see batch.ts, task-pool.ts. */
  readonly batchBytes?: number | undefined
  readonly keptRows?: number | undefined
}

/** {@link buildIndex}, with what only repairs and tests have to say. */
export async function build(options: BuildOptions, internals: BuildInternals): Promise<BuildReport> {
  const start = performance.now()
  const turns = new Turns(options)
  for (;;) {
    const began = BigInt(Date.now()) * 1_000_000n
    const plan = await planBuild(options)
    const crawled = await crawl(plan, turns)
    const context = { plan, options, crawled, turns, began, ...internals }
    if (options.dryRun) return report(plan, crawled, await lookOver(context), null, start)
    await mustBeMeant(plan, crawled, options)
    const written = await write(context)
    if (written) return report(plan, crawled, written.outcome, written.rebuilt, start)
  }
}

function crawl(plan: BuildPlan, turns: Turns): Promise<WalkResult> {
  return walk(plan.sources, {
    ...plan.rules,
    neverCrawl: [plan.folder],
    onProgress: files => turns.tell({ phase: 'crawl', files, totalFiles: 0, bytes: 0, totalBytes: 0 }),
  })
}

interface Written {
  readonly outcome: UpdateOutcome
  readonly rebuilt: RebuildReason | null
}

/**
 * Writes as the only one; undefined where another has written since the plan was made, which then has to be made anew.
 * Where no index comes of it, nothing is left.
 */
async function write(context: UpdateContext): Promise<Written | undefined> {
  const { plan, options, turns } = context
  const made = makeFolder(plan.folder)
  let lock: Lock | undefined
  const undo = (): void => {
    if (lock) made.clear()
    lock?.release()
    made.remove()
  }
  // A second Ctrl-C ends the process at once; what is there already needs no more than its lock given back.
  if (plan.lastBytes === undefined) process.on('exit', undo)
  try {
    lock = await takeLock(plan.folder, plan.shown, options)
    turns.beforeEach = lock.touch
    if (!isTheLast(plan)) return undefined
    removeLeftovers(plan.folder)
    return await writeLocked(context)
  } finally {
    process.off('exit', undo)
    undo()
  }
}

/** Brings what is there up to date; where that cannot be, builds anew. */
async function writeLocked(context: UpdateContext): Promise<Written> {
  const { plan, options } = context
  const rebuilt = plan.last && reasonToRebuild(plan.last, plan.rules, options.rebuild ?? false)
  if (plan.last && !rebuilt) {
    const outcome = untouched(context) ?? (await ifSound(() => updateLast(context)))
    if (outcome) return { outcome, rebuilt: null }
  }
  const outcome = await updated(context, undefined)
  return { outcome, rebuilt: rebuilt ?? (plan.last ? 'damaged' : null) }
}

/** Updates the index that was last there, or makes one. What that takes is loaded where there is something to do. */
async function updated(context: UpdateContext, last: LastIndex | undefined): Promise<UpdateOutcome> {
  const { update } = await import('./update.ts')
  return update(context, last)
}

function updateLast(context: UpdateContext): Promise<UpdateOutcome> {
  return withLast(context, index => updated(context, index))
}

/** What would be done. */
async function lookOver(context: UpdateContext): Promise<UpdateOutcome> {
  const { plan, options } = context
  const { dryRun } = await import('./dry-run.ts')
  if (plan.last && !reasonToRebuild(plan.last, plan.rules, options.rebuild ?? false)) {
    const outcome = await ifSound(() => withLast(context, index => dryRun(context, index)))
    if (outcome) return outcome
  }
  return dryRun(context, undefined)
}

async function withLast<T>(
  { plan: { folder, shown, last }, damaged }: UpdateContext,
  work: (index: LastIndex) => Promise<T>,
): Promise<T> {
  const index = await LastIndex.open(folder, shown, last!, damaged)
  try {
    return await work(index)
  } finally {
    index.close()
  }
}

/** What a step gives; undefined where the index it builds on turns out to be damaged. */
async function ifSound<T>(step: () => Promise<T>): Promise<T | undefined> {
  try {
    return await step()
  } catch (thrown) {
    if (thrown instanceof GleanError && (thrown.code === 'damaged' || thrown.code === 'not-found'))
      return undefined
    throw thrown
  }
}

/** What a run that only looks finds of a cluster. */
export function nothingDone({ files, leftOut }: WalkResult): UpdateOutcome {
  return {
    totals: {
      documents: files.length,
      chunks: 0,
      tokens: 0,
      textBytes: bytesOf(files),
      languages: {},
      formats: {},
    },
    leftOut,
    doubts: [],
    changes: { added: 0, changed: 0, removed: 0, renamed: 0, unchanged: 0 },
    indexBytes: 0,
    changed: false,
    checksum: '',
    segments: 0,
    terms: 0,
  }
}

function bytesOf(files: readonly SourceFile[]): number {
  return files.reduce((sum, file) => sum + file.size, 0)
}

/** The report of a build; see {@link BuildReport}. */
export function report(
  plan: Pick<BuildPlan, 'shown' | 'shownRoot'>,
  { ignored }: WalkResult,
  outcome: UpdateOutcome,
  rebuilt: RebuildReason | null,
  start: number,
): BuildReport {
  const { totals, terms, indexBytes, changed, changes, segments, leftOut, doubts } = outcome
  const { documents, chunks, tokens, textBytes } = totals
  return {
    schema: 'gleaner.index/1',
    index: plan.shown,
    root: plan.shownRoot,
    documents,
    chunks,
    tokens,
    terms,
    textBytes,
    indexBytes,
    tookMs: performance.now() - start,
    changed,
    changes,
    segments,
    rebuilt,
    leftOutCounts: countLeftOut(leftOut),
    leftOut: [...leftOut],
    doubts: [...doubts],
    ignored,
  }
}
