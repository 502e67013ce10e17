/**
 * What an update of a cluster will do: the caller's options, joined with those of the last one, resolved against this
 * machine; and what keeps it from doing what cannot be meant. The counterpart of build/plan.ts and build/meant.ts.
 */
import { relative, resolve } from 'node:path'
import { type BuildOptions, type CrawlRules, namesPaths, rulesOf, sourcesOf } from '../build/plan.ts'
import { type Sources, withSlashes } from '../crawl/source.ts'
import type { WalkResult } from '../crawl/walk.ts'
import type { ReadRules } from '../document/file-identity.ts'
import { GleanError } from '../errors.ts'
import type { SourceEntry } from '../segment/manifest.ts'
import { parseAddress } from './address.ts'
import type { HeldCluster } from './held-cluster.ts'
import { noteFolder } from './manifest.ts'
import { ClusterReader } from './reader.ts'
import { askStates } from './state.ts'

export interface UpdatePlan {
  readonly shown: string
  readonly shownRoot: string
  readonly sources: Sources
  readonly rules: CrawlRules & ReadRules
  readonly source: SourceEntry
  /** Folder on this machine for what is known of the files. */
  readonly notes: string
}

/** The sources and rules of an update: those that are named, else those of the last one. */
export async function planOf(
  options: BuildOptions,
  { address, latest }: Pick<HeldCluster, 'address' | 'latest'>,
): Promise<UpdatePlan> {
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
export function mustBeMeant(
  { shownRoot, sources }: UpdatePlan,
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
