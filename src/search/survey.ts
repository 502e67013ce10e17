/**
 * How the sources stand to an index: what an update would take in and give up, and what it would leave out. A walk by the
 * rules of the last build, held against the list of documents. Loaded only where an answer has little or nothing to
 * show, and must not deny what is there.
 */
import type { LeftOut, SourceFile } from '../crawl/file.ts'
import { type Grounds, walk } from '../crawl/walk.ts'
import { StatCache } from '../freshness/stat-cache.ts'
import { compareTree } from '../freshness/tree-changes.ts'
import type { DocumentList } from '../segment/document-list.ts'
import type { SourceEntry } from '../segment/manifest.ts'
import type { Stale } from './result.ts'

/** An index whose sources are on this machine. */
export interface AttachedIndex {
  /** Absolute folder of the index, and root of its sources. */
  readonly folder: string
  readonly root: string
  readonly source: SourceEntry
  readonly documents: DocumentList
}

export interface Survey {
  readonly stale: Stale
  /** Paths of the files that are not as they were. */
  readonly changed: ReadonlySet<string>
  /** Files that could be indexed and are not yet. */
  readonly fresh: readonly SourceFile[]
  /** Files that cannot, with the reason. */
  readonly leftOut: readonly LeftOut[]
}

/** A survey, and what it rests on. */
export interface GroundedSurvey extends Survey {
  readonly grounds: Grounds
}

/** Looks the sources over. Opens only files that may have changed since they were read, and new ones. */
export async function surveySources({
  folder,
  root,
  source,
  documents,
}: AttachedIndex): Promise<GroundedSurvey> {
  const crawled = await walk({ root, entries: [...source.paths] }, { ...source, neverCrawl: [folder] })
  const { files } = crawled
  const cache = StatCache.read(folder, source)
  const changes = await compareTree({ files, listed: documents.from(), cache, rules: source })
  const fresh: SourceFile[] = []
  const leftOut = [...crawled.leftOut, ...changes.leftOut]
  for (const file of changes.added) {
    // Loaded only then: it brings the parsers.
    const { readFileDocument } = await import('../document/read-file.ts')
    const read = await readFileDocument(file, source)
    if ('reason' in read) leftOut.push(read)
    else fresh.push(file)
  }
  return {
    stale: { new: fresh.length, changed: changes.changed.length, gone: changes.gone.length },
    changed: new Set(changes.changed.map(({ path }) => path)),
    fresh,
    leftOut,
    grounds: crawled.grounds,
  }
}
