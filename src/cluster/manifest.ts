/** What a cluster says of itself, in the words of an index in a folder: its manifest, and where its sources are. */
import { existsSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { analyzerEntry, formLanguages } from '../build/words.ts'
import type { Extractor } from '../document/extractor.ts'
import { READING_VERSION } from '../document/file-identity.ts'
import { FreshnessCheck } from '../search/freshness.ts'
import { HeldSurvey } from '../search/held-survey.ts'
import type { Sources } from '../search/sources.ts'
import { chunkHash } from '../segment/chunk-hash.ts'
import { FORMAT_VERSION } from '../segment/format.ts'
import type { Manifest } from '../segment/manifest.ts'
import { FIELDS } from '../text/field.ts'
import type { ClusterAddress } from './address.ts'
import type { ClusterState } from './state.ts'

/** The manifest of a cluster; it has no segments. */
export function clusterManifest({ latest, totals }: ClusterState): Manifest {
  return {
    format: 'gleaner',
    version: FORMAT_VERSION,
    analyzer: analyzerEntry(formLanguages(totals.languages, totals.documents)),
    reading: READING_VERSION,
    fields: FIELDS,
    source: latest.source,
    totals,
    documents: { name: '', bytes: 0, paths: [], runs: [] },
    segments: [],
  }
}

/** The sources, where they are on this machine. `formats` are those of the caller's own. */
export function clusterSources(
  address: ClusterAddress,
  { latest: { source } }: ClusterState,
  formats: readonly Extractor[] | undefined,
): Sources | undefined {
  const { root } = source
  if (!existsSync(root)) return undefined
  const rules = { ...source, formats }
  const held = new HeldSurvey(undefined)
  return {
    root,
    rules,
    check: () => new FreshnessCheck(root, rules),
    survey: documents =>
      held.current(async () => {
        const { surveySources } = await import('../search/survey.ts')
        return surveySources({ folder: noteFolder(address), root, source, documents })
      }),
    close: () => held.close(),
  }
}

/** The folder on this machine for what is known of a cluster's files: see stat-cache.ts. Nothing depends on it. */
export function noteFolder({ reader, table }: ClusterAddress): string {
  const caches = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  const folder = join(caches, 'gleaner', chunkHash(JSON.stringify([reader, table])))
  try {
    mkdirSync(folder, { recursive: true })
  } catch {
    // Then files are compared by their bytes.
  }
  return folder
}
