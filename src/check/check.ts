/**
 * Checks an index: reads all of it and names what is damaged; and holds it against its sources, file by file and byte by
 * byte, and names what is out of date. Writes nothing. The one check of everything; reading alone checks what it reads.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { walk } from '../crawl/walk.ts'
import { readFileDocument } from '../document/read-file.ts'
import { StatCache } from '../freshness/stat-cache.ts'
import { type Comparison, compareTree } from '../freshness/tree-changes.ts'
import { mustBeIndex, openIndex } from '../search/open.ts'
import { type DocumentList, openDocumentList } from '../segment/document-list.ts'
import { fileFolder } from '../segment/file-source.ts'
import { MANIFEST, type Manifest, readManifest } from '../segment/manifest.ts'
import { isTemporaryName } from '../segment/unit-writer.ts'
import { checkDocuments } from './documents-check.ts'
import { RecordedFolder } from './recorded.ts'
import type { CheckReport, Damage, OutOfDate } from './report.ts'
import { checkSegment, isDamage, wordsOf } from './segment-check.ts'

/** Options of a check. */
export interface CheckOptions {
  /** Folder of the index. */
  readonly index: string
  /** What relative paths start from; the process's folder where left out. */
  readonly cwd?: string | undefined
  /** Told how far the check is, often. */
  readonly onProgress?: ((progress: CheckProgress) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

export interface CheckProgress {
  /** The file of the index that is being read, or `sources`. */
  readonly file: string
}

/** Things found wrong with one file that are named one by one: what follows mostly follows from the first. */
const MOST_COMPLAINTS = 10

/** Milliseconds between two turns of the event loop. */
const TURN = 50

/**
 * Checks the index in a folder. Throws what opening it throws: `no-index`, `not-an-index`, `format-too-new`,
 * `format-too-old`, `unknown-analyzer`; `damaged` where its manifest is, for then nothing else can be read.
 */
export async function checkIndex(options: CheckOptions): Promise<CheckReport> {
  const began = performance.now()
  const { manifest, folder, sourceRoot, isAttached } = await identify(options)
  const damage = await readAll(folder, manifest, options)
  const intact = damage.every(({ file }) => file !== manifest.documents.name)
  const outOfDate =
    sourceRoot !== null && isAttached && intact
      ? await againstSources(folder, manifest, sourceRoot, options)
      : null
  return {
    schema: 'gleaner.check/1',
    index: options.index,
    state: damage.length > 0 ? 'damaged' : outOfDate && countOf(outOfDate) > 0 ? 'stale' : 'sound',
    attached: isAttached,
    damage,
    outOfDate,
    leftovers: readdirSync(folder).filter(isTemporaryName).length,
    files: manifest.segments.length + 2,
    bytes: manifest.segments.reduce((sum, { bytes }) => sum + bytes, manifest.documents.bytes),
    tookMs: performance.now() - began,
    repaired: null,
  }
}

/** Opens the index as a reader does, and asks it where its sources are. */
async function identify({ index: location, cwd }: CheckOptions) {
  const folder = resolve(cwd ?? '.', location)
  mustBeIndex(folder, location)
  const manifest = readManifest(readFileSync(join(folder, MANIFEST)), location)
  try {
    const index = await openIndex(location, { cwd })
    try {
      return { manifest, folder, sourceRoot: index.sourceRoot, isAttached: await index.isAttached() }
    } finally {
      await index.close()
    }
  } catch (thrown) {
    // What cannot be opened cannot be held against its sources; what is wrong with it is found by reading all of it.
    if (!isDamage(thrown)) throw thrown
    return { manifest, folder, sourceRoot: null, isAttached: false }
  }
}

async function readAll(folder: string, manifest: Manifest, options: CheckOptions): Promise<Damage[]> {
  const files = new RecordedFolder(fileFolder(folder, options.index))
  const damage: Damage[] = []
  const turn = turnOf(options)
  const checkFile = async (file: string, check: (complain: (detail: string) => void) => Promise<void>) => {
    options.onProgress?.({ file })
    let complaints = 0
    const complain = (detail: string) => {
      if (complaints++ < MOST_COMPLAINTS) damage.push({ file, detail })
    }
    await check(complain)
    if (complaints === 0)
      for (const [start, end] of files.unread(file)) complain(`bytes ${start} to ${end} belong to no part`)
    if (complaints > MOST_COMPLAINTS)
      damage.push({ file, detail: `and ${complaints - MOST_COMPLAINTS} more` })
  }
  await checkFile(manifest.documents.name, async complain => {
    await ifReadable(complain, async () => {
      const list = await openDocumentList(files, manifest.documents)
      await closing(list, () => checkDocuments(list, manifest, complain, turn))
    })
  })
  for (const entry of manifest.segments)
    await checkFile(entry.name, complain => checkSegment(files, entry, manifest.version, complain, turn))
  return damage
}

async function closing(list: DocumentList, use: () => Promise<void>): Promise<void> {
  try {
    await use()
  } finally {
    list.close()
  }
}

async function ifReadable(complain: (detail: string) => void, use: () => Promise<void>): Promise<void> {
  try {
    await use()
  } catch (thrown) {
    if (!isDamage(thrown)) throw thrown
    complain(wordsOf(thrown))
  }
}

/** Compares by the bytes of every file, not by what it looks like. */
async function againstSources(
  folder: string,
  manifest: Manifest,
  root: string,
  options: CheckOptions,
): Promise<OutOfDate> {
  const { source } = manifest
  options.onProgress?.({ file: 'sources' })
  const { files } = await walk({ root, entries: [...source.paths] }, { ...source, neverCrawl: [folder] })
  const list = await openDocumentList(fileFolder(folder, options.index), manifest.documents)
  try {
    const cache = StatCache.read(folder, source)
    return await outOfDateOf({ files, listed: list.from(), cache, rules: source, turn: turnOf(options) })
  } finally {
    list.close()
  }
}

/** What of the files is not as it was indexed, by the bytes of every one. */
export async function outOfDateOf(comparison: Comparison): Promise<OutOfDate> {
  const changes = await compareTree({ ...comparison, trustsStamps: false })
  const added: string[] = []
  for (const file of changes.added)
    if (!('reason' in (await readFileDocument(file, comparison.rules)))) added.push(file.path)
  return {
    new: added,
    changed: changes.changed.map(({ path }) => path),
    gone: changes.gone.map(({ path }) => path),
  }
}

export function countOf({ new: added, changed, gone }: OutOfDate): number {
  return added.length + changed.length + gone.length
}

/** Lets timers and signals have their turn. */
export function turnOf({ signal }: CheckOptions): () => Promise<void> | undefined {
  let last = performance.now()
  return () => {
    if (performance.now() - last < TURN) return undefined
    return new Promise<void>(next => setImmediate(next)).then(() => {
      signal?.throwIfAborted()
      last = performance.now()
    })
  }
}
