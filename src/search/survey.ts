/**
 * What stands in the sources and not in the index, and the other way round: a walk by the rules of the last build, held
 * against the list of documents. Files are compared by size; those the index does not have are looked into, for some are
 * not there because they are no text.
 */
import type { LeftOut, SourceFile } from '../crawl/file.ts'
import { walk } from '../crawl/walk.ts'
import { readFileDocument } from '../document/read-file.ts'
import type { DocumentList } from '../segment/document-list.ts'
import type { Manifest } from '../segment/manifest.ts'
import type { Stale } from './result.ts'

/** An index whose sources are on this machine. */
export interface AttachedIndex {
  /** Absolute folder of the index. */
  readonly folder: string
  /** Absolute root of the sources. */
  readonly sourceRoot: string
  readonly manifest: Manifest
  readonly documents: DocumentList
}

export interface Survey {
  readonly stale: Stale
  /** Files that could be indexed and are not yet. */
  readonly fresh: readonly SourceFile[]
  /** Files that cannot, with the reason. */
  readonly leftOut: readonly LeftOut[]
}

/** Looks the sources over. Reads no file that the index has. */
export async function surveySources(index: AttachedIndex): Promise<Survey> {
  const { source } = index.manifest
  const { files, leftOut } = await walk(
    { root: index.sourceRoot, entries: source.paths },
    { ...source, neverCrawl: [index.folder] },
  )
  const sizes = new Map<string, number>()
  for await (const { path, size } of index.documents.from()) sizes.set(path, size)
  const fresh: SourceFile[] = []
  const notText: LeftOut[] = []
  let changed = 0
  for (const file of files) {
    const size = sizes.get(file.path)
    sizes.delete(file.path)
    if (size !== undefined) {
      if (size !== file.size) changed++
      continue
    }
    const read = await readFileDocument(file, source)
    if ('reason' in read) notText.push(read)
    else fresh.push(file)
  }
  return {
    stale: { new: fresh.length, changed, gone: sizes.size },
    fresh,
    leftOut: [...leftOut, ...notText],
  }
}
