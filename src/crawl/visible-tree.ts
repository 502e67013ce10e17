/**
 * The tree as a crawl may see it: folders listed with everything taken out that a rule passes over, so that whoever
 * walks it never goes down where nothing is wanted. In come root-relative folders ('' is the root), out go names; on
 * the side it keeps what was passed over and what could not be listed. It opens no file but ignore files and the head of
 * a `manifest.json`.
 *
 * Symbolic links to folders inside the root wait until all else is listed (`waiting`), for mostly they lead to what is
 * listed anyway; then {@link VisibleTree.follow} opens one at a time, where its folder has not been seen under another
 * path. As no folder is listed under a second path that way, loops end by themselves.
 */
import { closeSync, type Dirent, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { LeftOut } from './file.ts'
import { IgnoreRules } from './ignore-rules.ts'
import type { PathFilter } from './path-filter.ts'
import { notUtf8, refused } from './refusal.ts'
import { below, isWithin, withSlashes } from './source.ts'

/** What the tree shows. */
export interface TreeRules {
  readonly filter: PathFilter
  /** Whether ignore files count, and `node_modules` and `.git` are passed over. */
  readonly ignoreFiles: boolean
  /** Absolute folders that are never listed. */
  readonly neverCrawl: readonly string[]
}

/** A name in a folder. What is neither file nor folder counts as a file here. */
export interface Entry {
  readonly name: string
  readonly isFolder: boolean
}

export class VisibleTree {
  /** Root-relative paths that a rule passed over. */
  readonly ignored = new Set<string>()
  readonly leftOut = new Map<string, LeftOut>()
  /** Links to folders inside the root that were met and not yet opened. */
  readonly waiting = new Set<string>()
  /** Absolute folders that what is seen depends on: those that were listed, and those of ignore files. */
  readonly folders = new Set<string>()
  /** Whether anything was met that may change without a change in those folders. */
  isLinked = false

  /** The root with all links followed. */
  readonly realRoot: string
  readonly #root: string
  readonly #rules: TreeRules
  readonly #neverCrawl: ReadonlySet<string>
  /** Real paths within which links may lead. */
  readonly #realms: string[] = []
  /** The real path of each folder met, links among them. */
  readonly #real = new Map<string, string>()
  readonly #named = new Set<string>()
  readonly #links = new Set<string>()
  /** The path under which each real folder was first listed. */
  readonly #listed = new Map<string, string>()
  readonly #ignoreRules = new Map<string, IgnoreRules>()
  #route: string | undefined

  /** `root` is absolute and need not be there. */
  constructor(root: string, rules: TreeRules) {
    this.#root = root
    this.#rules = rules
    this.#neverCrawl = new Set(rules.neverCrawl.flatMap(folder => [folder, realOr(folder, folder)]))
    this.realRoot = realOr(root, root)
    this.#realms.push(this.realRoot)
  }

  /** Lets a folder in that was named: no rule about the folder itself counts, and a link is followed. */
  enter(path: string): void {
    const real = this.dependOn(path)
    if (real === undefined) return
    this.#named.add(path)
    this.#real.set(path, real)
    this.#realms.push(real)
  }

  /** Notes a folder that what is seen depends on. Gives its real path. */
  dependOn(path: string): string | undefined {
    const real = realOr(below(this.#root, path), undefined)
    this.folders.add(below(this.#root, path))
    if (real !== below(this.realRoot, path)) this.isLinked = true
    return real
  }

  /** Reports what was met and is not to be indexed. */
  leaveOut(what: LeftOut): void {
    this.leftOut.set(what.path, what)
  }

  /** The real path of a folder that was listed. */
  realFolder(path: string): string | undefined {
    return this.#real.get(path)
  }

  /** Whether links may lead to this real path. */
  isInside(real: string): boolean {
    return this.#realms.some(realm => isWithin(real, realm))
  }

  /**
   * Opens a waiting link for the next listings, which show only the way to it and what is behind it. False where the
   * folder was listed under another path: then the link is passed over.
   */
  follow(link: string): boolean {
    this.waiting.delete(link)
    if (this.#listed.has(this.#real.get(link)!)) {
      this.ignored.add(link)
      return false
    }
    this.#links.delete(link)
    this.#route = link
    return true
  }

  /** What may be seen in a folder, in the system's order. A folder that cannot be listed is reported and empty. */
  list(path: string, hidden: boolean): Entry[] {
    const step = this.#stepTo(path)
    if (step) return [step]
    if (this.#links.has(path)) return this.#putOff(path)
    if (!this.#real.has(path)) this.enter(path)
    const real = this.#real.get(path)
    // Not there: the fixed part of a glob, which may match nothing.
    if (real === undefined) return []
    const before = this.#listed.get(real)
    if (before === undefined) this.#listed.set(real, path)
    else if (before !== path && this.#route !== undefined) return this.#passOver(path)
    this.folders.add(below(this.#root, path))
    let dirents: Dirent[]
    try {
      dirents = readdirSync(below(this.#root, path), { withFileTypes: true })
    } catch (thrown) {
      this.leaveOut(refused(path || '.', thrown))
      return []
    }
    if (this.#isIndex(path, real, dirents)) return this.#passOver(path)
    return this.#shown(path, real, dirents, hidden)
  }

  #shown(path: string, real: string, dirents: readonly Dirent[], hidden: boolean): Entry[] {
    const rules = this.#rules.ignoreFiles ? this.#rulesIn(path, namesOf(dirents)) : undefined
    const folder = withSlashes(below(this.#root, path))
    const shown: Entry[] = []
    for (const dirent of this.#distinct(path, dirents)) {
      const { name } = dirent
      const child = path === '' ? name : `${path}/${name}`
      const isLink = dirent.isSymbolicLink()
      this.isLinked ||= isLink
      const isFolder = isLink ? leadsToFolder(below(this.#root, child)) : dirent.isDirectory()
      const verdict = rules?.verdict(folder.endsWith('/') ? folder + name : `${folder}/${name}`, isFolder)
      const isHidden = name.startsWith('.') && !hidden
      const isIgnored = verdict ? verdict === 'ignored' : isHidden || (rules && isForPrograms(name, isFolder))
      if (isIgnored || this.#rules.filter.excludes(child, isFolder)) {
        if (!this.#named.has(child)) this.ignored.add(child)
        continue
      }
      if (isFolder && !this.#real.has(child)) this.#meet(child, isLink, join(real, name))
      shown.push({ name, isFolder })
    }
    return shown
  }

  /** Names that are no UTF-8 may look the same once they are text, or like one that is: of these one stays. */
  #distinct(path: string, dirents: readonly Dirent[]): readonly Dirent[] {
    const times = new Map<string, number>()
    return dirents.filter(({ name }) => {
      if (!name.includes('\ufffd')) return true
      const time = (times.get(name) ?? 0) + 1
      times.set(name, time)
      if (time > 1) this.leaveOut(notUtf8(`${path === '' ? name : `${path}/${name}`} (${time})`))
      return time === 1
    })
  }

  #meet(path: string, isLink: boolean, plain: string): void {
    if (isLink) this.#links.add(path)
    this.#real.set(path, isLink ? realOr(plain, plain) : plain)
  }

  /** A link to a folder: to be opened later, or reported. */
  #putOff(path: string): Entry[] {
    const detail = 'a symbolic link to a folder outside of the sources'
    if (this.isInside(this.#real.get(path)!)) this.waiting.add(path)
    else this.leaveOut({ path, reason: 'outside', detail })
    return []
  }

  #passOver(path: string): Entry[] {
    this.ignored.add(path || '.')
    return []
  }

  /** The one name to go on with from a folder above the link that is being followed. */
  #stepTo(path: string): Entry | undefined {
    const prefix = path === '' ? '' : `${path}/`
    if (this.#route === undefined || !this.#route.startsWith(prefix)) return undefined
    return { name: this.#route.slice(prefix.length).split('/', 1)[0]!, isFolder: true }
  }

  #isIndex(path: string, real: string, dirents: readonly Dirent[]): boolean {
    if (this.#neverCrawl.has(real) || this.#neverCrawl.has(below(this.#root, path))) return true
    const manifest = dirents.find(dirent => dirent.name === 'manifest.json')
    return manifest?.isFile() === true && isGleanerManifest(join(real, 'manifest.json'))
  }

  #rulesIn(path: string, names?: readonly string[]): IgnoreRules {
    const known = this.#ignoreRules.get(path)
    if (known) return known
    const listener = {
      onRead: (folder: string) => this.folders.add(folder),
      onUnreadable: (file: string, thrown: unknown) => this.leaveOut(refused(this.#relative(file), thrown)),
    }
    const parent = path.slice(0, Math.max(path.lastIndexOf('/'), 0))
    const rules =
      path === ''
        ? IgnoreRules.within(this.#root, listener)
        : this.#rulesIn(parent).under(below(this.#root, path), names)
    this.#ignoreRules.set(path, rules)
    return rules
  }

  #relative(file: string): string {
    return isWithin(file, this.#root) ? withSlashes(file.slice(this.#root.length)).replace(/^\//, '') : file
  }
}

/** What nobody wrote to be read, though it may not be hidden (or is wanted hidden). */
function isForPrograms(name: string, isFolder: boolean): boolean {
  return name === '.git' || (name === 'node_modules' && isFolder)
}

function namesOf(dirents: readonly Dirent[]): string[] {
  return dirents.map(({ name }) => name).filter(name => IgnoreRules.isRuleName(name))
}

function realOr<T>(path: string, otherwise: T): string | T {
  try {
    return realpathSync.native(path)
  } catch {
    return otherwise
  }
}

/** Whether a link leads to a folder; one that leads nowhere, or in a circle, does not. */
function leadsToFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** Whether this is the manifest of a gleaner index, by its first bytes. */
function isGleanerManifest(path: string): boolean {
  const head = Buffer.alloc(512)
  try {
    const file = openSync(path, 'r')
    try {
      readSync(file, head, 0, head.length, 0)
    } finally {
      closeSync(file)
    }
  } catch {
    return false
  }
  return /"gleaner"\s*:\s*\d|"format"\s*:\s*"gleaner"/.test(head.toString('latin1'))
}
