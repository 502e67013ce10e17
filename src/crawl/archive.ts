/**
 * Files within archives: `notes.zip!/old/a.md` is the member `old/a.md` of `notes.zip`, and an archive may lie within
 * another. In come paths, out come the members' bytes. The archive that was opened last is kept, for its members are asked
 * for one after another.
 */
import type { Buffer } from 'node:buffer'
import { readFileSync, statSync } from 'node:fs'
import type { FileLook } from './file.ts'
import { Refusal } from './refusal.ts'
import { looksZipped, Zip } from './zip.ts'

/** Between the path of an archive and that of its member. */
const WITHIN = '!/'
const ARCHIVE = /\.zip$/i
const PATH = /^(.*?\.zip)!\/(.+)$/is
/** Bytes of an archive that is opened at all: far above what a crawl lets through. */
const LARGEST = 1 << 30

/** Whether a file, by its name, is an archive whose members are files of their own. */
export function isArchive(path: string): boolean {
  return ARCHIVE.test(path)
}

/** The path of a member. */
export function memberPath(archive: string, member: string): string {
  return archive + WITHIN + member
}

/** What a path that leads into an archive is made of; undefined for any other. */
export function splitMember(path: string): { archive: string; member: string } | undefined {
  // Most paths are told by their first sign, and a folder may be called `a.zip!`.
  if (!path.includes(WITHIN)) return undefined
  const [, archive, member] = PATH.exec(path) ?? []
  if (archive === undefined || member === undefined) return undefined
  return statSync(archive, { throwIfNoEntry: false })?.isFile() ? { archive, member } : undefined
}

/**
 * Opens an archive; `within` are the members that lead to one inside it. Undefined where that is no archive, whatever its
 * name says. Throws {@link Refusal}, and what the system throws.
 */
export function openArchive(absolute: string, within: readonly string[] = []): Zip | undefined {
  const { size, mtimeMs, ino } = statSync(absolute)
  let key = `${absolute} ${size} ${mtimeMs} ${ino}`
  let zip = kept(0, key, () => readArchive(absolute, size))
  for (const [depth, member] of within.entries()) {
    const outer = zip
    key += WITHIN + member
    zip = kept(depth + 1, key, () => asZip(outer?.read(member)))
  }
  return zip
}

/** The bytes of a member. Throws {@link Refusal}, and as the system does where there is none. */
export function readMember(archive: string, member: string): Buffer {
  const { zip, name } = archiveOf(archive, member)
  const bytes = zip?.read(name)
  if (bytes) return bytes
  throw Object.assign(new Error('ENOENT: no such file in the archive'), { code: 'ENOENT' })
}

/** The file at a path, which may lead into an archive, as it looks; undefined where there is none. */
export function fileAt(absolute: string): FileLook | undefined {
  const found = statSync(absolute, { throwIfNoEntry: false })
  if (found) return found.isFile() ? found : undefined
  const inside = splitMember(absolute)
  if (!inside) return undefined
  try {
    const { zip, name } = archiveOf(inside.archive, inside.member)
    const size = zip?.members.get(name)?.size
    return size === undefined ? undefined : { size, mtime: statSync(inside.archive).mtime }
  } catch (thrown) {
    if (thrown instanceof Refusal) return undefined
    throw thrown
  }
}

/** The archive that a member lies in, which may itself be a member, and its name there. */
function archiveOf(archive: string, member: string): { zip: Zip | undefined; name: string } {
  const [name, ...outer] = member.split(/(?<=\.zip)!\//i).reverse() as [string, ...string[]]
  return { zip: openArchive(archive, outer.reverse()), name }
}

/** By depth, the archive that was opened last. */
const opened: { key: string; zip: Zip | undefined }[] = []

function kept(depth: number, key: string, open: () => Zip | undefined): Zip | undefined {
  if (opened[depth]?.key === key) return opened[depth].zip
  opened.length = depth
  const zip = open()
  opened[depth] = { key, zip }
  return zip
}

function readArchive(absolute: string, size: number): Zip | undefined {
  if (size > LARGEST) throw new Refusal('too-large', 'an archive of more than 1 GB')
  return asZip(readFileSync(absolute))
}

function asZip(bytes: Buffer | undefined): Zip | undefined {
  return bytes && looksZipped(bytes) ? new Zip(bytes) : undefined
}
