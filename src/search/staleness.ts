/**
 * How far an index lags behind its sources: the whole tree is looked at, as an update would. Loaded only where an answer
 * has little or nothing to show, and must not deny what is there.
 */
import { walk } from '../crawl/walk.ts'
import { readFileDocument } from '../document/read-file.ts'
import { StatCache } from '../freshness/stat-cache.ts'
import { compareTree } from '../freshness/tree-changes.ts'
import type { DocumentList } from '../segment/document-list.ts'
import type { SourceEntry } from '../segment/manifest.ts'
import type { Stale } from './result.ts'

/** What is held against each other. */
export interface StalenessQuestion {
  /** Absolute folder of the index, and root of its sources. */
  readonly folder: string
  readonly root: string
  readonly source: SourceEntry
  readonly documents: DocumentList
}

/** Counts what has changed; null where nothing has. */
export async function staleness({
  folder,
  root,
  source,
  documents,
}: StalenessQuestion): Promise<Stale | null> {
  const { files } = await walk({ root, entries: [...source.paths] }, { ...source, neverCrawl: [folder] })
  const cache = StatCache.read(folder, source)
  const changes = await compareTree({ files, listed: documents.from(), cache, rules: source })
  let added = 0
  for (const file of changes.added) if (!('reason' in (await readFileDocument(file, source)))) added++
  const stale = { new: added, changed: changes.changed.length, gone: changes.gone.length }
  return stale.new + stale.changed + stale.gone === 0 ? null : stale
}
