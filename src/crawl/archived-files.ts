/**
 * The files a walk has found, with archives opened: in place of each its members, filtered by the rules that hold for files
 * and folders. What cannot be opened is left out and reported; what is no archive stays a file. Nothing is unpacked but
 * archives within archives, to see what they hold.
 */
import { isArchive, memberPath, openArchive } from './archive.ts'
import { type FoundFile, type LeftOut, nameOf } from './file.ts'
import type { FileStamp } from './file-stamp.ts'
import type { PathFilter } from './path-filter.ts'
import { Refusal, refused, tooLarge } from './refusal.ts'
import type { Zip } from './zip.ts'

export interface ArchiveRules {
  readonly filter: PathFilter
  readonly ignoreFiles: boolean
  readonly hidden: boolean
  /** Bytes. */
  readonly maxFileSize: number
  readonly leaveOut: (what: LeftOut) => void
  /** Told of a path that a rule passes over. */
  readonly ignore: (path: string) => void
}

/** Archives within one another that are opened. */
const DEPTH = 3
/** Members of one file in all, those of inner archives included. */
const MOST_MEMBERS = 65_535

/** In order of path, as they came. */
export function withArchivesOpened(files: readonly FoundFile[], rules: ArchiveRules): readonly FoundFile[] {
  if (!files.some(({ path }) => isArchive(path))) return files
  const all = files.flatMap(file => (isArchive(file.path) ? new Opening(file, rules).files() : [file]))
  return all.sort((a, b) => (a.path < b.path ? -1 : 1))
}

class Opening {
  readonly #file: FoundFile
  readonly #rules: ArchiveRules
  readonly #found: FoundFile[] = []
  #members = 0

  constructor(file: FoundFile, rules: ArchiveRules) {
    this.#file = file
    this.#rules = rules
  }

  files(): FoundFile[] {
    const { path } = this.#file
    try {
      this.#open(path, [])
    } catch (thrown) {
      this.#rules.leaveOut(refused(path, thrown))
    }
    return this.#found
  }

  #open(path: string, within: readonly string[]): void {
    const zip = openArchive(this.#file.absolute, within)
    if (!zip) this.#add(path, this.#file.size)
    else if (within.length >= DEPTH)
      throw new Refusal('over-limit', `an archive within ${DEPTH} others; unpack it yourself if you trust it`)
    else this.#addMembers(path, within, zip)
  }

  #addMembers(path: string, within: readonly string[], zip: Zip): void {
    if (zip.members.size === 0) throw new Refusal('no-text', 'an archive without files')
    this.#members += zip.members.size
    if (this.#members > MOST_MEMBERS)
      throw new Refusal('over-limit', `an archive of more than ${MOST_MEMBERS} files`)
    // Listed first: opening an inner archive may close this one.
    for (const { name, size } of [...zip.members.values()]) {
      const member = memberPath(path, name)
      if (this.#isPassedOver(member, name)) this.#rules.ignore(member)
      else if (size > this.#rules.maxFileSize)
        this.#rules.leaveOut(tooLarge(member, size, this.#rules.maxFileSize))
      else if (isArchive(name)) this.#openInner(member, [...within, name])
      else this.#add(member, size)
    }
  }

  #openInner(path: string, within: readonly string[]): void {
    try {
      this.#open(path, within)
    } catch (thrown) {
      this.#rules.leaveOut(refused(path, thrown))
    }
  }

  #add(path: string, size: number): void {
    const { absolute, stamp, path: own } = this.#file
    if (!this.#rules.filter.includes(path)) this.#rules.ignore(path)
    else if (path === own) this.#found.push(this.#file)
    else {
      const folder = absolute + path.slice(own.length, path.length - nameOf(path).length)
      this.#found.push(new ArchivedFile(path, folder, size, stamp))
    }
  }

  /** As in folders; and what macOS puts beside each file. */
  #isPassedOver(path: string, name: string): boolean {
    const { filter, hidden, ignoreFiles } = this.#rules
    const parts = name.split('/')
    if (filter.excludes(path, false)) return true
    if (!hidden && parts.some(part => part.startsWith('.'))) return true
    return ignoreFiles && parts.slice(0, -1).some(part => part === 'node_modules' || part === '__MACOSX')
  }
}

/** A file within an archive. Those of a folder have its path in common: they may be many. */
class ArchivedFile implements FoundFile {
  readonly path: string
  readonly size: number
  readonly stamp: FileStamp
  readonly #folder: string

  /** `folder` is the absolute path of what it lies in, with the separator that is to follow. */
  constructor(path: string, folder: string, size: number, stamp: FileStamp) {
    this.path = path
    this.size = size
    this.stamp = stamp
    this.#folder = folder
  }

  get absolute(): string {
    return this.#folder + nameOf(this.path)
  }
}
