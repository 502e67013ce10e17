/**
 * The last steps of a build: the list of documents, then the manifest that makes the new index the index, then the
 * removal of what it no longer names. Before the manifest is renamed a reader sees the old index, after it the new.
 */

import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { READING_VERSION } from '../document/file-identity.ts'
import { GleanError, messageOf } from '../errors.ts'
import { STAT_CACHE } from '../freshness/stat-cache.ts'
import { LIST_BLOCK_BYTES, type ListedDocument, writeDocumentList } from '../segment/document-list.ts'
import type { DocumentRun } from '../segment/document-order.ts'
import { FORMAT_VERSION } from '../segment/format.ts'
import {
  type DocumentListEntry,
  MANIFEST,
  type Manifest,
  manifestChecksum,
  writeManifest,
} from '../segment/manifest.ts'
import { temporaryName, UnitWriter, wrapped } from '../segment/unit-writer.ts'
import { FIELDS } from '../text/field.ts'
import { SMALL_INDEX } from './compaction.ts'
import { GRACE, REPLACED, removeReplaced } from './replaced.ts'

/** Git must not change line ends in an index that is committed, nor take what is of use on this machine alone. */
const BESIDE: Readonly<Record<string, string>> = {
  '.gitattributes': '* -text\n',
  '.gitignore': `/lock*\n/${STAT_CACHE}\n/${REPLACED}\n/*.tmp-*\n`,
}

/** What an index is to consist of. */
export interface Content extends Pick<Manifest, 'analyzer' | 'source' | 'totals' | 'leftOut' | 'segments'> {
  readonly runs: readonly DocumentRun[]
}

/** The index as it stands on disk. */
export interface Committed {
  /** Bytes of its files together. */
  readonly indexBytes: number
  /** False where the index already was exactly this. */
  readonly changed: boolean
  /** Checksum of its manifest. */
  readonly checksum: string
  readonly segments: number
  /** Distinct terms of its segments, added up. */
  readonly terms: number
}

/** Where a commit goes, and what it takes the place of. */
export interface CommitPlace {
  /** Absolute folder of the index. */
  readonly folder: string
  /** As messages call it. */
  readonly shown: string
  /** Bytes of the manifest the build began with; undefined where there was none. */
  readonly lastBytes: Uint8Array | undefined
}

/**
 * Makes the content the index of the folder. The files it replaces go at once where it `clears` them, as of a small
 * index, so that its folder holds nothing else and may be committed; else after a grace time. Throws `io`, and `locked`
 * where the index is no longer the one the build began with.
 */
export function commit(
  place: CommitPlace,
  { runs, ...content }: Content,
  documents: Iterable<ListedDocument>,
  { clears }: { readonly clears: boolean },
): Committed {
  const { folder } = place
  const { list, replaces } = commitDocumentList(folder, documents, runs)
  const manifest: Manifest = {
    format: 'gleaner',
    version: FORMAT_VERSION,
    analyzer: content.analyzer,
    reading: READING_VERSION,
    fields: FIELDS,
    source: content.source,
    totals: content.totals,
    leftOut: content.leftOut,
    documents: list,
    segments: content.segments,
  }
  const bytes = writeManifest(manifest)
  for (const [name, text] of Object.entries(BESIDE)) replaceFile(folder, name, Buffer.from(text))
  mustBeTheLast(place)
  // What the manifest names must be on disk before it is, and it before what it replaces is removed.
  wrapped(folder, () => syncFolder(folder))
  const changed = replaceFile(folder, MANIFEST, bytes) || replaces
  secure(place)
  removeReplaced(folder, namesOf(manifest), clears ? 0 : GRACE)
  return { ...figuresOf(folder, manifest), checksum: manifestChecksum(bytes), changed }
}

/** Commits nothing: the index is what it is to be. What it replaced goes, also where the build that did so has died. */
export function leaveAsItIs({ folder }: CommitPlace, manifest: Manifest): Committed {
  const isSmall = manifest.totals.textBytes < SMALL_INDEX
  removeReplaced(folder, namesOf(manifest), isSmall ? 0 : GRACE)
  return figuresOf(folder, manifest)
}

function figuresOf(folder: string, manifest: Manifest): Committed {
  const sizes = [...namesOf(manifest)].map(
    name => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0,
  )
  return {
    indexBytes: sizes.reduce((sum, size) => sum + size, 0),
    changed: false,
    checksum: manifestChecksum(readFileSync(join(folder, MANIFEST))),
    segments: manifest.segments.length,
    terms: manifest.segments.reduce((sum, { terms }) => sum + terms, 0),
  }
}

/** Whether the manifest in the folder still is the one a build began with. */
export function isTheLast({ folder, lastBytes }: CommitPlace): boolean {
  return lastBytes === undefined
    ? !isThere(join(folder, MANIFEST))
    : sameBytes(join(folder, MANIFEST), lastBytes)
}

function mustBeTheLast(place: CommitPlace): void {
  if (isTheLast(place)) return
  throw new GleanError(
    'locked',
    `${place.shown} was changed by another process meanwhile and is kept as that left it; run the command again`,
  )
}

function namesOf({ documents, segments }: Manifest): Set<string> {
  return new Set([MANIFEST, ...Object.keys(BESIDE), documents.name, ...segments.map(({ name }) => name)])
}

function commitDocumentList(
  folder: string,
  documents: Iterable<ListedDocument>,
  runs: readonly DocumentRun[],
): { list: DocumentListEntry; replaces: boolean } {
  const name = `${listHash(documents)}.docs`
  const out = new UnitWriter(folder, name)
  try {
    const paths = writeDocumentList(out, documents)
    const bytes = out.finish()
    return { list: { name, bytes, paths, runs }, replaces: out.replaces }
  } catch (thrown) {
    out.abandon()
    throw thrown
  }
}

/** A hash of what makes a list of documents: of JSON, which is not put together, for the list may be long. */
function listHash(documents: Iterable<ListedDocument>): string {
  const hash = createHash('sha256').update(`[${FORMAT_VERSION},${LIST_BLOCK_BYTES},[`)
  let separator = ''
  for (const { path, size, hash: own, segment, document } of documents) {
    hash.update(separator + JSON.stringify([path, size, own, segment, document]))
    separator = ','
  }
  return hash.update(']]').digest('hex').slice(0, 32)
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

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}

/** Makes sure that the new index, which is there by now, would outlive the machine. Throws `io`. */
function secure({ folder, shown }: CommitPlace): void {
  try {
    syncFolder(folder)
  } catch (thrown) {
    throw new GleanError(
      'io',
      `${shown} is the new index, but the disk does not say that it has it: ${messageOf(thrown)}; run the command again`,
      { cause: thrown },
    )
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
