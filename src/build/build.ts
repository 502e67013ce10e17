/**
 * Builds an index: crawl, read, invert, write, commit. The one place where the stages of indexing are put together.
 */
import { performance } from 'node:perf_hooks'
import type { LeftOut, LeftOutReason, SourceFile } from '../crawl/file.ts'
import { type WalkResult, walk } from '../crawl/walk.ts'
import { readFileDocument } from '../document/read-file.ts'
import type { ListedDocument } from '../segment/document-list.ts'
import type { Manifest, Totals } from '../segment/manifest.ts'
import { commit } from './commit.ts'
import { takeLock } from './lock.ts'
import { mustBeMeant } from './meant.ts'
import { type BuildOptions, type BuildPlan, planBuild } from './plan.ts'
import type { BuildReport } from './report.ts'
import { SegmentBuilder } from './segment-builder.ts'
import { analyzerEntry, buildStemmers, formLanguages } from './words.ts'

export type { BuildOptions }

/** Milliseconds of work between two turns of the event loop: progress is drawn and signals are seen that often. */
const TURN = 50

/**
 * Builds the index of the given sources, or brings it up to date, and reports what was indexed and what was not.
 * Until the last step the index on disk is as it was. Throws GleanError: `usage`, `not-found`, `not-an-index`, `io`.
 */
export async function buildIndex(options: BuildOptions): Promise<BuildReport> {
  const began = performance.now()
  const plan = await planBuild(options)
  const crawled = await walk(plan.sources, {
    ...plan.rules,
    neverCrawl: [plan.folder],
    onProgress: files => options.onProgress?.({ ...nothingYet, phase: 'crawl', files }),
  })
  if (options.dryRun)
    return report(options, plan, crawled.leftOut, crawled.ignored, emptyOutcome(crawled), began)
  await mustBeMeant(plan, crawled, options)
  const outcome = await write(plan, crawled, options)
  return report(options, plan, outcome.leftOut, crawled.ignored, outcome, began)
}

const nothingYet = { files: 0, totalFiles: 0, bytes: 0, totalBytes: 0 }

interface Outcome {
  readonly totals: Totals
  readonly terms: number
  readonly indexBytes: number
  readonly changed: boolean
  readonly leftOut: readonly LeftOut[]
}

/** Reads the files into a segment and commits it. */
async function write(plan: BuildPlan, crawled: WalkResult, options: BuildOptions): Promise<Outcome> {
  plan.makeFolder()
  const lock = await takeLock(plan.folder, options.index, options)
  try {
    return await writeLocked(plan, crawled, options)
  } finally {
    lock.release()
  }
}

/** What {@link write} does while it is the only one. */
async function writeLocked(plan: BuildPlan, crawled: WalkResult, options: BuildOptions): Promise<Outcome> {
  const segment = new SegmentBuilder(plan.folder)
  try {
    const { documents, leftOut, formats } = await readFiles(segment, plan, crawled, options)
    options.onProgress?.({ phase: 'write', ...done(crawled.files) })
    await turn(options.signal)
    const { languages } = segment
    const formsOf = formLanguages(languages, documents.length)
    const analyzer = analyzerEntry(formsOf)
    const entry = segment.finish(analyzer, await buildStemmers(formsOf))
    const totals: Totals = {
      documents: documents.length,
      chunks: entry.chunks,
      tokens: entry.tokens,
      textBytes: segment.textBytes,
      languages,
      formats,
    }
    options.signal?.throwIfAborted()
    const manifest = { analyzer, source: plan.source, totals, segments: [entry] } satisfies Partial<Manifest>
    const { indexBytes, changed } = commit(plan.folder, manifest, documents)
    return { totals, terms: entry.terms, leftOut, indexBytes, changed: changed || segment.replaces }
  } catch (thrown) {
    segment.abandon()
    throw thrown
  }
}

/** Reads every file into the segment. A file that cannot be read is reported; the rest goes on. */
async function readFiles(
  segment: SegmentBuilder,
  plan: BuildPlan,
  crawled: WalkResult,
  options: BuildOptions,
): Promise<{ documents: ListedDocument[]; leftOut: LeftOut[]; formats: Record<string, number> }> {
  const documents: ListedDocument[] = []
  const leftOut = [...crawled.leftOut]
  const formats: Record<string, number> = {}
  const totals = done(crawled.files)
  let bytes = 0
  let turned = performance.now()
  for (const [number, file] of crawled.files.entries()) {
    const read = await readFileDocument(file, plan.rules)
    if ('reason' in read) leftOut.push(read)
    else {
      const { document, bytes: size, hash } = read
      documents.push({ path: file.path, size, hash, segment: 0, document: segment.documents })
      segment.add(document)
      formats[document.format] = (formats[document.format] ?? 0) + 1
    }
    bytes += file.size
    if (performance.now() - turned > TURN) {
      options.onProgress?.({ phase: 'read', ...totals, files: number + 1, bytes })
      await turn(options.signal)
      turned = performance.now()
    }
  }
  leftOut.sort((a, b) => (a.path < b.path ? -1 : 1))
  return { documents, leftOut, formats }
}

function done(files: readonly SourceFile[]) {
  const bytes = files.reduce((sum, file) => sum + file.size, 0)
  return { files: files.length, totalFiles: files.length, bytes, totalBytes: bytes }
}

/** Lets timers, output and signals have their turn. Throws where the caller has asked to stop. */
async function turn(signal: AbortSignal | undefined): Promise<void> {
  await new Promise(next => setImmediate(next))
  signal?.throwIfAborted()
}

function emptyOutcome({ files, leftOut }: WalkResult): Outcome {
  const textBytes = done(files).bytes
  const totals = { documents: files.length, chunks: 0, tokens: 0, textBytes, languages: {}, formats: {} }
  return { totals, terms: 0, indexBytes: 0, changed: false, leftOut }
}

function report(
  options: BuildOptions,
  plan: BuildPlan,
  leftOut: readonly LeftOut[],
  ignored: number,
  { totals, terms, indexBytes, changed }: Outcome,
  began: number,
): BuildReport {
  const leftOutCounts: Partial<Record<LeftOutReason, number>> = {}
  for (const { reason } of leftOut) leftOutCounts[reason] = (leftOutCounts[reason] ?? 0) + 1
  const { documents, chunks, tokens, textBytes } = totals
  return {
    schema: 'gleaner.index/1',
    index: options.index,
    root: plan.shownRoot,
    documents,
    chunks,
    tokens,
    terms,
    textBytes,
    indexBytes,
    tookMs: performance.now() - began,
    changed,
    leftOutCounts,
    leftOut: [...leftOut],
    ignored,
  }
}
