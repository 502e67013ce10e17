/**
 * The files a walk has found: looked up, sorted out, and each indexed under one path. In come root-relative paths, out
 * go the files to read; what is not to be read goes to the tree's `leftOut` and `ignored`. Opens nothing.
 */
import { type BigIntStats, lstatSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { isArchive } from './archive.ts'
import { type FoundFile, nameOf } from './file.ts'
import { stampOf } from './file-stamp.ts'
import { FileTable } from './file-table.ts'
import type { PathFilter } from './path-filter.ts'
import { refused, special, tooLarge } from './refusal.ts'
import { below } from './source.ts'
import type { VisibleTree } from './visible-tree.ts'

export interface FindRules {
  readonly filter: PathFilter
  /** Bytes. */
  readonly maxFileSize: number
  readonly onProgress?: (filesSoFar: number) => void
}

/** The folder of a file. */
interface Folder {
  readonly path: string
  /** Its absolute path and a separator. */
  readonly prefix: string
  /** Its real path, where a link leads to it. */
  readonly real: string | undefined
}

/** Files between two calls of `onProgress`. */
const STRIDE = 100

export class FoundFiles {
  readonly #root: string
  readonly #tree: VisibleTree
  readonly #rules: FindRules
  /** That of the last file: files come folder by folder. */
  #folder: Folder | undefined
  readonly #files = new FileTable()
  /** Paths of files that were named. */
  readonly #named = new Set<string>()
  /** The real path of files that a link leads to, by their path: indexed only if not found otherwise. */
  readonly #linked = new Map<string, string>()
  #told = 0

  constructor(root: string, tree: VisibleTree, rules: FindRules) {
    this.#root = root
    this.#tree = tree
    this.#rules = rules
  }

  /** A file that the tree showed. */
  add(path: string): void {
    if (this.#named.has(path)) return
    if (!this.#isWanted(path)) this.#tree.ignored.add(path)
    else this.#lookUp(path, false)
    // Not from within the look-up, where what the caller throws would count as the system's.
    if (this.#files.length >= this.#told + STRIDE) {
      this.#told = this.#files.length
      this.#rules.onProgress?.(this.#told)
    }
  }

  /** A file that was named by itself: only the filter counts, and where links lead does not. */
  addNamed(path: string): void {
    const { filter } = this.#rules
    this.#tree.dependOn(path.slice(0, Math.max(path.length - nameOf(path).length - 1, 0)))
    if (filter.excludes(path, false) || !this.#isWanted(path)) this.#tree.ignored.add(path)
    else {
      this.#named.add(path)
      this.#lookUp(path, true)
    }
  }

  /** What is wanted of an archive is told by its members. */
  #isWanted(path: string): boolean {
    return isArchive(path) || this.#rules.filter.includes(path)
  }

  /** The files to read, sorted by path. Of several paths to one file the plain one counts, else the first. */
  settle(): FoundFile[] {
    const files = this.#files.sorted()
    const settled = this.#linked.size === 0 ? files : this.#withoutDoubles(files)
    // Passed over for one source and found by another: found.
    if (this.#tree.ignored.size > 0) for (const { path } of settled) this.#tree.ignored.delete(path)
    this.#rules.onProgress?.(settled.length)
    return settled
  }

  #withoutDoubles(files: readonly FoundFile[]): FoundFile[] {
    const root = this.#tree.realRoot
    const taken = new Set(
      files.filter(({ path }) => !this.#linked.has(path)).map(({ path }) => below(root, path)),
    )
    return files.filter(({ path }) => {
      const real = this.#linked.get(path)
      if (real === undefined) return true
      if (taken.has(real)) this.#tree.ignored.add(path)
      else return taken.add(real)
      return false
    })
  }

  #lookUp(path: string, isNamed: boolean): void {
    const name = nameOf(path)
    const folder = this.#folderAt(path.slice(0, Math.max(path.length - name.length - 1, 0)))
    const absolute = folder.prefix + name
    try {
      const stats = lstatSync(absolute, { bigint: true })
      const real = isNamed || folder.real === undefined ? undefined : join(folder.real, name)
      this.#tree.isLinked ||= stats.isSymbolicLink() || stats.nlink > 1n
      if (stats.isSymbolicLink()) this.#lookUpLink(path, folder.prefix, isNamed)
      else this.#take(path, folder.prefix, stats, real)
    } catch (thrown) {
      this.#tree.leaveOut(refused(path, thrown))
    }
  }

  #folderAt(path: string): Folder {
    if (this.#folder?.path === path) return this.#folder
    const absolute = below(this.#root, path)
    const real = this.#tree.realFolder(path)
    const isPlain = real === below(this.#tree.realRoot, path)
    const folder = {
      path,
      prefix: absolute.endsWith(sep) ? absolute : absolute + sep,
      real: isPlain ? undefined : real,
    }
    // A folder that is yet to be listed may turn out to lie behind a link.
    if (real !== undefined) this.#folder = folder
    return folder
  }

  #lookUpLink(path: string, folder: string, isNamed: boolean): void {
    let real: string
    try {
      real = realpathSync.native(folder + nameOf(path))
    } catch (thrown) {
      const isCircle = (thrown as NodeJS.ErrnoException).code === 'ELOOP'
      const detail = `a symbolic link that leads ${isCircle ? 'in a circle' : 'nowhere'}`
      this.#tree.leaveOut({ path, reason: 'unreadable', detail })
      return
    }
    const detail = 'a symbolic link to a file outside of the sources'
    if (!isNamed && !this.#tree.isInside(real)) this.#tree.leaveOut({ path, reason: 'outside', detail })
    else this.#take(path, folder, statSync(real, { bigint: true }), isNamed ? undefined : real)
  }

  /** `real`: where a link on the way leads, undefined if that does not matter. */
  #take(path: string, folder: string, stats: BigIntStats, real: string | undefined): void {
    const { maxFileSize } = this.#rules
    const size = Number(stats.size)
    if (!stats.isFile()) this.#tree.leaveOut(special(path, stats))
    else if (size > maxFileSize) this.#tree.leaveOut(tooLarge(path, size, maxFileSize))
    else {
      this.#files.add(path, folder, stampOf(stats))
      if (real !== undefined) this.#linked.set(path, real)
    }
  }
}
