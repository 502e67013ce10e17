/**
 * The walk: sources in, files to index out, sorted by path, with what was left out and how much was passed over. Where
 * a glob is given, fast-glob walks and matches; it sees no real file system but the tree with the rules already applied
 * (visible-tree.ts), so that it never descends into what is ignored. Reads no file's content.
 */
import { relative, resolve } from 'node:path'
import type { FileSystemAdapter } from 'fast-glob'
import { withArchivesOpened } from './archived-files.ts'
import type { FoundFile, LeftOut } from './file.ts'
import { FoundFiles } from './found-files.ts'
import { pathFilter } from './path-filter.ts'
import { below, lookUp, type Place, type Sources, withSlashes } from './source.ts'
import { VisibleTree } from './visible-tree.ts'

export interface WalkOptions {
  /** Only files that one of these globs matches; all where empty. As in a `.gitignore`: `*.md` matches at any depth. */
  readonly include: readonly string[]
  /** No file that one of these globs matches. */
  readonly exclude: readonly string[]
  /** Whether ignore files count, and `node_modules` and `.git` are passed over. */
  readonly ignoreFiles: boolean
  /** Whether files and folders whose name begins with a dot are seen. */
  readonly hidden: boolean
  /** Bytes. */
  readonly maxFileSize: number
  /** Absolute folders that are never crawled. */
  readonly neverCrawl?: readonly string[]
  /** Called every hundred files or so, and at the end. */
  readonly onProgress?: (filesSoFar: number) => void
}

export interface WalkResult {
  /** Sorted by path, in the order of UTF-16 units. */
  readonly files: readonly FoundFile[]
  /** Sorted likewise. */
  readonly leftOut: readonly LeftOut[]
  /** How many files and folders a rule passed over; a folder counts as one. */
  readonly ignored: number
  readonly grounds: Grounds
}

/** What the result of a walk rests on, for whoever wants to know whether it still holds. */
export interface Grounds {
  /** Absolute folders: whatever would change the result is a change in one of them. They need not be there. */
  readonly folders: readonly string[]
  /** Whether that is so; it is not where links, symbolic or hard, lead to what can be changed elsewhere. */
  readonly isComplete: boolean
}

/**
 * Lists the files of the sources. A file named by itself is indexed whatever ignore files say of it, a folder named by
 * itself likewise; `--include` and `--exclude` hold for all. Throws nothing about single files: see `leftOut`.
 */
export async function walk(sources: Sources, options: WalkOptions): Promise<WalkResult> {
  const { neverCrawl = [], include, exclude } = options
  const filter = pathFilter(include, exclude)
  const tree = new VisibleTree(sources.root, { ...options, filter, neverCrawl })
  const found = new FoundFiles(sources.root, tree, { ...options, filter })
  const areas: Area[] = []
  for (const entry of sources.entries) {
    const place = await placeOf(entry, sources.root)
    if (place.kind === 'file' || place.kind === 'absent') found.addNamed(entry)
    else areas.push(areaOf(place, sources.root))
  }
  for (const { base } of areas) tree.enter(base)
  for (const area of areas) await list(area, tree, options.hidden, found)
  await followLinks(areas, tree, options.hidden, found)
  const files = withArchivesOpened(found.settle(), {
    ...options,
    filter,
    leaveOut: what => tree.leaveOut(what),
    ignore: path => tree.ignored.add(path),
  })
  return {
    files,
    leftOut: [...tree.leftOut.values()].sort(byPath),
    ignored: tree.ignored.size,
    grounds: { folders: [...tree.folders], isComplete: !tree.isLinked },
  }
}

/** A folder to walk: root-relative, '' for the root, and the glob its files must match. */
interface Area {
  readonly base: string
  readonly pattern: string
}

function areaOf(place: Place, root: string): Area {
  return {
    base: withSlashes(relative(root, place.path)),
    pattern: place.kind === 'glob' ? place.pattern : ALL,
  }
}

/** What an entry is today; one that cannot be looked up is left to {@link FoundFiles.addNamed} to report. */
async function placeOf(entry: string, root: string): Promise<Place> {
  try {
    return await lookUp(entry, root)
  } catch {
    return { kind: 'file', path: below(root, entry) }
  }
}

/** Opens the links to folders that were met, in the order of their paths: which of two is taken must not vary. */
async function followLinks(
  areas: readonly Area[],
  tree: VisibleTree,
  hidden: boolean,
  found: FoundFiles,
): Promise<void> {
  while (tree.waiting.size > 0) {
    for (const link of [...tree.waiting].sort()) {
      if (!tree.follow(link)) continue
      for (const area of areas) {
        if (area.base === '' || link.startsWith(`${area.base}/`)) await list(area, tree, hidden, found)
      }
    }
  }
}

/** Whether a walk sees what is hidden. A glob that spells out a dot asks for it, there. */
export function showsHidden(pattern: string, hidden: boolean): boolean {
  return hidden || /(^|[/{,(|])\.[^/.]/.test(pattern)
}

/** What a folder is walked for whose files are all wanted. */
const ALL = '**'

/** Finds the files of an area of the tree. */
async function list(area: Area, tree: VisibleTree, hidden: boolean, found: FoundFiles): Promise<void> {
  if (area.pattern === ALL) await listAll(area.base, tree, hidden, found)
  else await listMatching(area, tree, hidden, found)
}

/** All files of a folder: there is nothing to match, and to have fast-glob do so takes as long as to list them. */
async function listAll(base: string, tree: VisibleTree, hidden: boolean, found: FoundFiles): Promise<void> {
  const folders = [base]
  for (const folder of folders) {
    // Timers get their turn.
    await new Promise(resolve => setImmediate(resolve))
    for (const { name, isFolder } of tree.list(folder, hidden)) {
      const path = joined(folder, name)
      if (isFolder) folders.push(path)
      else found.add(path)
    }
  }
}

/** No folder of this machine: what fast-glob walks is only the tree. */
const TOP = resolve('/glean')

/** Has fast-glob walk an area of the tree. */
async function listMatching(
  { base, pattern }: Area,
  tree: VisibleTree,
  hidden: boolean,
  found: FoundFiles,
): Promise<void> {
  const pathIn = (folder: string) => joined(base, decodeName(withSlashes(folder).slice(TOP.length + 1)))
  const show = (folder: string) =>
    tree
      .list(pathIn(folder), showsHidden(pattern, hidden))
      .map(({ name, isFolder }) => new ShownEntry(encodeName(name), isFolder))
  const readdir = (folder: string, _options: unknown, done: (error: unknown, entries?: object[]) => void) => {
    // Later, for fast-glob's queue would otherwise call itself once for each folder; and timers get their turn.
    setImmediate(() => {
      let entries: object[]
      try {
        entries = show(folder)
      } catch (thrown) {
        done(thrown)
        return
      }
      done(null, entries)
    })
  }
  const { default: fastGlob } = await import('fast-glob')
  const files = fastGlob.stream(encodeName(pattern), {
    cwd: TOP,
    dot: hidden,
    followSymbolicLinks: false,
    unique: false,
    fs: { readdir } as unknown as FileSystemAdapter,
  })
  for await (const path of files) found.add(joined(base, decodeName(String(path))))
}

function joined(base: string, path: string): string {
  return base === '' || path === '' ? base + path : `${base}/${path}`
}

/** A directory entry as fast-glob wants it. Links are no business of its. */
class ShownEntry {
  readonly name: string
  readonly #isFolder: boolean

  constructor(name: string, isFolder: boolean) {
    this.name = name
    this.#isFolder = isFolder
  }

  isDirectory(): boolean {
    return this.#isFolder
  }

  isFile(): boolean {
    return !this.#isFolder
  }

  isSymbolicLink(): boolean {
    return false
  }
}

/*
 * Line ends are allowed in names, but `**` does not match them (a `.` of a regular expression). So fast-glob sees them
 * as U+0000, which no name can hold, and a digit.
 */
const LINE_ENDS = '\n\r\u2028\u2029'

function encodeName(name: string): string {
  return name.replace(/[\n\r\u2028\u2029]/g, end => `\0${LINE_ENDS.indexOf(end)}`)
}

function decodeName(name: string): string {
  return name.includes('\0') ? name.replace(/\0(\d)/g, (_, number) => LINE_ENDS[Number(number)]!) : name
}

function byPath(a: LeftOut, b: LeftOut): number {
  return a.path < b.path ? -1 : 1
}
