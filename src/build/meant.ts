/**
 * Keeps a build from replacing an index by what its user cannot have meant: nothing at all, or the files of another
 * place, where the index is a copy of one made elsewhere.
 */
import type { WalkResult } from '../crawl/walk.ts'
import { GleanError } from '../errors.ts'
import { placeOf } from '../freshness/place.ts'
import { StatCache } from '../freshness/stat-cache.ts'
import { openDocumentList } from '../segment/document-list.ts'
import { fileFolder } from '../segment/file-source.ts'
import type { Manifest } from '../segment/manifest.ts'
import { type BuildOptions, type BuildPlan, namesPaths } from './plan.ts'

/** Recorded documents that are looked for among the files of a build that repeats the last one. */
const SAMPLE = 20

/** Throws `not-found` where files would be forgotten that no one has taken away. */
export async function mustBeMeant(
  plan: BuildPlan,
  { files }: WalkResult,
  options: BuildOptions,
): Promise<void> {
  const { last } = plan
  const before = last?.totals.documents ?? 0
  const globs = plan.sources.entries.some(entry => /[*?{[]/.test(entry))
  if (files.length === 0 && (before > 0 || globs)) {
    const kept = before > 0 ? `; the ${before} documents in ${options.index} are kept` : ''
    throw new GleanError(
      'not-found',
      `no file to index in ${plan.shownRoot}: ${plan.sources.entries.join(', ')}${kept}`,
    )
  }
  if (!last || namesPaths(options) || options.rebuild || before === 0) return
  const paths = new Set(files.map(({ path }) => path))
  const recorded = await sampleOf(plan.folder, last)
  if (recorded.length === 0 || recorded.some(path => paths.has(path))) return
  // All of them may have been renamed: where the folders are the same, the files are those of the index.
  if (StatCache.read(plan.folder, plan.rules).place === placeOf(plan.folder, plan.sources.root)) return
  throw new GleanError(
    'not-found',
    `none of the files ${options.index} was made of is in ${plan.shownRoot}: it is kept as it is; name the folders to index instead, glean index DIR`,
  )
}

/** Paths spread over the list of documents; none where the list cannot be read, which a build repairs. */
async function sampleOf(folder: string, { documents, totals }: Manifest): Promise<string[]> {
  try {
    const list = await openDocumentList(fileFolder(folder, folder), documents)
    try {
      const count = Math.min(SAMPLE, totals.documents)
      const places = Array.from({ length: count }, (_, number) =>
        Math.floor((number * totals.documents) / count),
      )
      return await Promise.all(places.map(async place => (await list.at(place)).path))
    } finally {
      list.close()
    }
  } catch {
    return []
  }
}
