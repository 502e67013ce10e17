/**
 * Files that hold what another held that is gone: renamed, most likely. Their documents keep their content, under
 * another path. Only a file of the same kind of name is such, for by its name a file is taken apart.
 */
import { posix } from 'node:path'
import type { FoundFile } from '../crawl/file.ts'
import { type ReadRules, readIdentity } from '../document/file-identity.ts'
import type { CachedFile } from '../freshness/stat-cache.ts'
import type { ListedDocument } from '../segment/document-list.ts'

/** What came of looking for them. */
export interface Renames {
  /** The documents under their new paths. */
  readonly renamed: ListedDocument[]
  readonly known: CachedFile[]
  /** Files that are new after all, and documents that are gone. */
  readonly added: FoundFile[]
  readonly gone: ListedDocument[]
}

/** Looks among new files for those that hold a document that is gone. Hashes files that may. */
export function findRenames(
  added: readonly FoundFile[],
  gone: readonly ListedDocument[],
  rules: ReadRules,
): Renames {
  const missing = new Map<string, ListedDocument[]>()
  for (const document of gone) {
    const key = keyOf(document.path, document.size)
    const alike = missing.get(key)
    if (alike) alike.push(document)
    else missing.set(key, [document])
  }
  const renames: Renames = { renamed: [], known: [], added: [], gone: [] }
  for (const file of added) {
    const alike = missing.get(keyOf(file.path, file.size))
    const identity = alike && alike.length > 0 ? readIdentity(file, rules) : undefined
    const hash = identity && 'hash' in identity ? identity.hash : undefined
    const place = hash === undefined ? -1 : alike!.findIndex(document => document.hash === hash)
    if (place < 0) renames.added.push(file)
    else {
      const [document] = alike!.splice(place, 1)
      renames.renamed.push({ ...document!, path: file.path })
      renames.known.push({ path: file.path, stamp: file.stamp, outcome: { hash: hash! } })
    }
  }
  const left = new Set([...missing.values()].flat())
  renames.gone.push(...gone.filter(document => left.has(document)))
  return renames
}

/** What two paths and sizes must have in common for one file to have become the other. */
function keyOf(path: string, size: number): string {
  const kind = posix.extname(path).toLowerCase() || posix.basename(path)
  return `${size} ${kind}`
}
