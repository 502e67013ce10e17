/**
 * Brings a cluster up to date with its sources. Each copy of each shard is held against the files by its own record of
 * what it has; so a copy that was away, or that lost everything, is given what it lacks, and the others are left alone.
 */
import { relative, resolve } from 'node:path'
import { nothingDone, report } from '../build/build.ts'
import { type BuildOptions, type CrawlRules, namesPaths, rulesOf, sourcesOf } from '../build/plan.ts'
import type { BuildReport, DocumentChanges, Doubt, RebuildReason } from '../build/report.ts'
import { byPath } from '../build/selection.ts'
import { TotalsCount } from '../build/totals.ts'
import { Turns } from '../build/turns.ts'
import type { FoundFile, LeftOut } from '../crawl/file.ts'
import { type Sources, withSlashes } from '../crawl/source.ts'
import { type WalkResult, walk } from '../crawl/walk.ts'
import { READING_VERSION, type ReadRules } from '../document/file-identity.ts'
import { readFileDocument } from '../document/read-file.ts'
import { GleanError } from '../errors.ts'
import { type CachedFile, StatCache, writeStatCache } from '../freshness/stat-cache.ts'
import { compareTree, type TreeChanges } from '../freshness/tree-changes.ts'
import type { ListedDocument } from '../segment/document-list.ts'
import type { SourceEntry, Totals } from '../segment/manifest.ts'
import { ANALYZER } from '../text/analyzer.ts'
import { parseAddress } from './address.ts'
import type { CopyWriter } from './copy-writer.ts'
import { type HeldCluster, openCluster } from './held-cluster.ts'
import { noteFolder } from './manifest.ts'
import { documentNumber } from './placement.ts'
import { ClusterReader } from './reader.ts'
import { writtenDocument } from './row.ts'
import { askStates, CLUSTER_VERSION, joinedTotals } from './state.ts'

/** What the words of a cluster's rows were made by. */
const ANALYZED_BY = `${ANALYZER.id} ${ANALYZER.version}, Unicode ${ANALYZER.unicode}`

export interface Plan {
  readonly shown: string
  readonly shownRoot: string
  readonly sources: Sources
  readonly rules: CrawlRules & ReadRules
  readonly source: SourceEntry
  /** Folder on this machine for what is known of the files. */
  readonly notes: string
}

/**
 * Indexes the sources into a cluster. Throws GleanError: `usage`, `not-found`; `unreachable` where a copy of a shard does
 * not answer, after everything else has been brought up to date; `io` where the engine refuses.
 */
export async function updateCluster(options: BuildOptions): Promise<BuildReport> {
  const start = performance.now()
  const began = BigInt(Date.now()) * 1_000_000n
  const turns = new Turns(options)
  const cluster = await openCluster(parseAddress(options.index))
  try {
    const plan = await planOf(options, cluster)
    const crawled = await walk(plan.sources, {
      ...plan.rules,
      neverCrawl: [],
      onProgress: files => turns.tell({ phase: 'crawl', files, totalFiles: 0, bytes: 0, totalBytes: 0 }),
    })
    if (options.dryRun) return report(plan, crawled, nothingDone(crawled), null, start)
    mustBeMeant(plan, crawled, cluster, options)
    const rebuilt = reasonToRebuild(cluster, options)
    const update = new Update(cluster, plan, crawled, turns, rebuilt !== null)
    const outcome = await update.run(began, options.compact ?? false)
    mustBeThere(cluster)
    return report(plan, crawled, outcome, rebuilt, start)
  } finally {
    cluster.close()
  }
}

/** The sources and rules of an update: those that are named, else those of the last one. */
export async function planOf(
  options: BuildOptions,
  { address, latest }: Pick<HeldCluster, 'address' | 'latest'>,
): Promise<Plan> {
  const cwd = resolve(options.cwd ?? '.')
  const last = latest?.source
  const sources = await sourcesOf(options, '/', last, cwd)
  const rules = await rulesOf(options, namesPaths(options) ? undefined : last)
  return {
    shown: options.index,
    shownRoot: withSlashes(relative(cwd, sources.root)) || '.',
    sources,
    rules: { ...rules, formats: options.formats },
    source: { root: sources.root, paths: sources.entries, ...rules },
    notes: noteFolder(address),
  }
}

/** What to watch for a cluster's sake: see build/watch.ts. There is no folder to leave out. */
export async function planToWatch(options: BuildOptions) {
  const address = parseAddress(options.index)
  const reader = new ClusterReader(address)
  try {
    const latest = (await askStates(reader))?.latest
    const { sources, rules } = await planOf(options, { address, latest })
    return { sources, rules, folder: noteFolder(address) }
  } finally {
    reader.close()
  }
}

/** Throws `not-found` where files would be forgotten that no one has taken away; as build/meant.ts. */
function mustBeMeant(
  { shownRoot, sources }: Plan,
  { files }: WalkResult,
  cluster: HeldCluster,
  options: BuildOptions,
): void {
  const recorded = [...cluster.documents()]
  const kept = recorded.length > 0 ? `; the ${recorded.length} documents in ${options.index} are kept` : ''
  if (files.length === 0 && recorded.length > 0)
    throw new GleanError(
      'not-found',
      `no file to index in ${shownRoot}: ${sources.entries.join(', ')}${kept}`,
    )
  if (namesPaths(options) || options.rebuild || recorded.length === 0) return
  const paths = new Set(files.map(({ path }) => path))
  if (recorded.some(({ path }) => paths.has(path))) return
  throw new GleanError(
    'not-found',
    `none of the files ${options.index} was made of is in ${shownRoot}: it is kept as it is; name the folders to index instead, glean index DIR`,
  )
}

function reasonToRebuild({ latest }: HeldCluster, { rebuild }: BuildOptions): RebuildReason | null {
  if (!latest) return null
  if (rebuild) return 'asked'
  if (latest.version !== CLUSTER_VERSION) return 'format'
  if (latest.analyzer !== ANALYZED_BY) return 'analyzer'
  return latest.reading === READING_VERSION ? null : 'reading'
}

/** Throws `unreachable` where a copy was away: it has to be brought up to date when it is back. */
function mustBeThere({ address, away, copies }: HeldCluster): void {
  if (away.length === 0) return
  const lost = [...address.shards.keys()].filter(shard =>
    copies.every(copy => copy.shard !== shard || copy.failure),
  )
  const names = away.map(({ shard, shown }) => `shard ${shard} at ${shown}`).join(', ')
  const rest =
    lost.length > 0 ? 'the documents of its own are as they were' : 'another copy has all its documents'
  throw new GleanError(
    'unreachable',
    `${names} ${away.length === 1 ? 'does' : 'do'} not answer: ${rest}, everything else is up to date; run glean index again when it is back`,
    { cause: away[0]!.failure },
  )
}

class Update {
  readonly #cluster: HeldCluster
  readonly #plan: Plan
  readonly #crawled: WalkResult
  readonly #turns: Turns
  /** Whether all is to be written anew. */
  readonly #anew: boolean
  readonly #leftOut: LeftOut[] = []
  readonly #doubts: Doubt[] = []
  readonly #known: CachedFile[] = []
  #wrote = false

  constructor(cluster: HeldCluster, plan: Plan, crawled: WalkResult, turns: Turns, anew: boolean) {
    this.#cluster = cluster
    this.#plan = plan
    this.#crawled = crawled
    this.#turns = turns
    this.#anew = anew
  }

  async run(began: bigint, compact: boolean) {
    const { rules, notes } = this.#plan
    const changes = await this.#compare()
    const toRead = [...changes.added, ...changes.changed].sort(byPath)
    const read = await this.#read(toRead)
    const removed = await this.#remove(changes, read)
    await Promise.all(this.#cluster.copies.map(copy => copy.flush()))
    await this.#conclude()
    if (compact) await Promise.all(this.#cluster.copies.map(copy => copy.compact()))
    const known = [...changes.known, ...this.#known].sort(byPath)
    writeStatCache(notes, { manifest: '', rules, place: '', began }, known)
    const changed = changes.changed.filter(({ path }) => read.has(path)).length
    const counts: DocumentChanges = {
      added: read.size - changed,
      changed,
      removed,
      renamed: 0,
      unchanged: changes.same.length,
    }
    return {
      totals: this.#totals(),
      leftOut: [...this.#crawled.leftOut, ...changes.leftOut, ...this.#leftOut].sort(byPath),
      doubts: this.#doubts,
      changes: counts,
      indexBytes: 0,
      changed: this.#wrote,
      checksum: '',
      segments: this.#cluster.address.shards.length,
      terms: 0,
    }
  }

  /** The files, held against the documents. Those of a shard that is away are not looked at. */
  #compare(): Promise<TreeChanges> {
    const { rules, notes } = this.#plan
    const isThere = ({ path }: { readonly path: string }) =>
      this.#cluster.copiesOf(this.#cluster.shardOf(documentNumber(path))).length > 0
    const files = this.#crawled.files.filter(isThere)
    const listed = [...this.#cluster.documents()]
      .filter(isThere)
      .map(({ path, size, hash }): ListedDocument => ({ path, size, hash, segment: 0, document: 0 }))
    return compareTree({
      files,
      listed,
      cache: StatCache.read(notes, rules),
      rules,
      distrusted: () => this.#anew,
      turn: number =>
        this.#turns.take(() => ({
          phase: 'compare',
          files: number,
          totalFiles: files.length,
          bytes: 0,
          totalBytes: 0,
        })),
    })
  }

  /** Reads files and writes each to the copies that do not have it as it is; gives the paths of the documents. */
  async #read(files: readonly FoundFile[]): Promise<Set<string>> {
    const read = new Set<string>()
    const totalBytes = files.reduce((sum, { size }) => sum + size, 0)
    let bytes = 0
    for (const [number, file] of files.entries()) {
      const progress = { phase: 'read', files: number, totalFiles: files.length, bytes, totalBytes } as const
      this.#turns.tell({ ...progress, file: file.path })
      if (await this.#readOne(file)) read.add(file.path)
      bytes += file.size
      await this.#turns.take(() => ({ ...progress, bytes }))
    }
    return read
  }

  async #readOne(file: FoundFile): Promise<boolean> {
    const { path, stamp } = file
    const outcome = await readFileDocument(file, this.#plan.rules)
    if ('reason' in outcome) {
      const { reason, detail } = outcome
      this.#leftOut.push(outcome)
      if (reason !== 'unreadable' && reason !== 'vanished')
        this.#known.push({ path, stamp, outcome: { reason, detail } })
      return false
    }
    const { document, bytes: size, hash, doubt } = outcome
    const written = writtenDocument(path, { size, hash }, document)
    if (!written) {
      const detail =
        'one paragraph, heading or metadata of 4 MiB or more, which the search engine cannot keep'
      this.#leftOut.push({ path, reason: 'over-limit', detail })
      return false
    }
    if (doubt !== undefined) this.#doubts.push({ path, detail: doubt })
    for (const copy of this.#cluster.copiesOf(this.#cluster.shardOf(written.held.number))) {
      if (!this.#anew && copy.held.get(path)?.hash === hash) continue
      await copy.write(written)
      this.#wrote = true
    }
    this.#known.push({ path, stamp, outcome: { hash } })
    return true
  }

  /** Takes away what has no file any more, and what another shard has by the map; gives how many documents are gone. */
  async #remove({ gone, changed }: TreeChanges, read: ReadonlySet<string>): Promise<number> {
    const lost = new Set([...gone, ...changed].map(({ path }) => path).filter(path => !read.has(path)))
    for (const copy of this.#cluster.copies) {
      for (const { path, number } of [...copy.held.values()]) {
        if (!lost.has(path) && this.#cluster.shardOf(number) === copy.shard) continue
        await copy.remove(path)
        this.#wrote = true
        await this.#turns.take()
      }
    }
    return lost.size
  }

  /** Has every copy say how far it has come, where anything has changed or one of them does not say so yet. */
  async #conclude(): Promise<void> {
    const { copies, latest, map, address } = this.#cluster
    const { source } = this.#plan
    const there = copies.filter(({ failure }) => !failure)
    const isSame = (copy: CopyWriter) =>
      copy.state?.epoch === latest?.epoch && JSON.stringify(copy.state?.source) === JSON.stringify(source)
    if (!this.#wrote && latest && there.every(isSame)) return
    this.#wrote = true
    const epoch = (latest?.epoch ?? 0) + 1
    for (const copy of there) {
      await copy.conclude({
        version: CLUSTER_VERSION,
        reading: READING_VERSION,
        analyzer: ANALYZED_BY,
        shard: copy.shard,
        copy: copy.copy,
        copies: address.shards.map(({ length }) => length),
        epoch,
        map,
        source,
        totals: totalsOf(copy),
      })
    }
  }

  /** Of one copy of each shard, the fullest. */
  #totals(): Totals {
    const { address, copies } = this.#cluster
    return joinedTotals(
      [...address.shards.keys()].flatMap(shard => {
        const own = copies.filter(copy => copy.shard === shard && !copy.failure)
        return own
          .sort((a, b) => b.held.size - a.held.size)
          .slice(0, 1)
          .map(totalsOf)
      }),
    )
  }
}

/** What a copy holds in all. */
export function totalsOf({ held }: CopyWriter): Totals {
  const count = new TotalsCount()
  for (const document of held.values()) count.add(document)
  return count.totals
}
