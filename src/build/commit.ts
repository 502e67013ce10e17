/**
 * The last steps of a build: the list of documents, then the manifest that makes the new index the index, then the
 * removal of what it no longer names. Before the manifest is renamed a reader sees the old index, after it the new.
 */

import { createHash } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { type ListedDocument, writeDocumentList } from '../segment/document-list.ts'
import { FORMAT_VERSION } from '../segment/format.ts'
import { type DocumentListEntry, MANIFEST, type Manifest, writeManifest } from '../segment/manifest.ts'
import { isTemporaryName, temporaryName, UnitWriter, wrapped } from '../segment/unit-writer.ts'
import { FIELDS } from '../text/field.ts'

/** Git must not change line ends in an index that is committed. */
const GIT_ATTRIBUTES = '* -text\n'

type Content = Pick<Manifest, 'analyzer' | 'source' | 'totals' | 'segments'>

/**
 * Makes the content the index of the folder. `indexBytes` is what its files take together, `changed` false where the
 * index already was exactly this. Throws `io`.
 */
export function commit(
  folder: string,
  content: Content,
  documents: readonly ListedDocument[],
): { indexBytes: number; changed: boolean } {
  const { list, replaces } = commitDocumentList(folder, documents)
  const manifest = writeManifest({
    format: 'gleaner',
    version: FORMAT_VERSION,
    analyzer: content.analyzer,
    fields: FIELDS,
    source: content.source,
    totals: content.totals,
    documents: list,
    segments: content.segments,
  })
  replaceFile(folder, '.gitattributes', Buffer.from(GIT_ATTRIBUTES))
  const changed = replaceFile(folder, MANIFEST, manifest) || replaces
  const named = [MANIFEST, '.gitattributes', list.name, ...content.segments.map(segment => segment.name)]
  removeOthers(folder, new Set(named))
  return { changed, indexBytes: named.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) }
}

function commitDocumentList(
  folder: string,
  documents: readonly ListedDocument[],
): { list: DocumentListEntry; replaces: boolean } {
  const hash = createHash('sha256').update(JSON.stringify([FORMAT_VERSION, documents]))
  const name = `${hash.digest('hex').slice(0, 32)}.docs`
  const out = new UnitWriter(folder, name)
  try {
    const paths = writeDocumentList(out, documents)
    const bytes = out.finish()
    return { list: { name, bytes, paths }, replaces: out.replaces }
  } catch (thrown) {
    out.abandon()
    throw thrown
  }
}

/** Writes a file under a temporary name, to disk, and renames it. False where the file already has these bytes. */
function replaceFile(folder: string, name: string, bytes: Uint8Array): boolean {
  const path = join(folder, name)
  if (sameBytes(path, bytes)) return false
  const temporary = join(folder, temporaryName(name))
  wrapped(path, () => {
    const descriptor = openSync(temporary, 'w')
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(temporary, path)
    syncFolder(folder)
  })
  return true
}

function sameBytes(path: string, bytes: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(bytes)
  } catch {
    return false
  }
}

/** A rename is on disk only when its folder is. Windows cannot open folders, and needs no such call. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Removes the files of older generations and of builds that died. Files that are none of ours are left alone. */
function removeOthers(folder: string, named: ReadonlySet<string>): void {
  for (const name of readdirSync(folder)) {
    if (named.has(name)) continue
    if (isTemporaryName(name) || /^[0-9a-f]{32}\.(seg|docs)$/.test(name)) {
      wrapped(join(folder, name), () => rmSync(join(folder, name), { force: true }))
    }
  }
}
