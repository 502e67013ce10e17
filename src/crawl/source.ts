/**
 * Sources: what the user names, resolved to one root folder and entries below it. In come paths as typed (files,
 * folders, globs), out goes what the index remembers of them. Nothing is listed here, and a glob may match nothing; a
 * path that is neither there nor a glob is refused, for a misspelt source must not give an empty index.
 */
import { lstatSync, type Stats, statSync } from 'node:fs'
import { dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path'
import { GleanError, messageOf } from '../errors.ts'

/** Where a crawl starts. */
export interface Sources {
  /** Absolute folder that every path of the index is relative to. */
  readonly root: string
  /** Sources below the root with `/` between the parts, sorted; `.` for the root itself. Globs stay globs. */
  readonly entries: readonly string[]
}

/** What a source stands for on this machine, now. Paths are absolute; `pattern` is relative to `folder`. */
export type Place =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'glob'; readonly path: string; readonly pattern: string }
  | { readonly kind: 'absent'; readonly path: string }

/**
 * Resolves sources as typed in the folder `cwd`: files, folders (also through symbolic links) or globs. Throws
 * `not-found` for a path that is not there, `usage` for sources without a common folder, `io` where the system refuses
 * to say.
 */
export async function resolveSources(paths: readonly string[], cwd: string): Promise<Sources> {
  const places = await Promise.all(paths.map(async typed => ({ typed, place: await lookUp(typed, cwd) })))
  for (const { typed, place } of places) if (place.kind === 'absent') throw absent(typed, place.path, cwd)
  const root = commonFolder(places.map(({ place }) => folderOf(place)))
  const entries = places.map(({ place }) => entryOf(place, root))
  return { root, entries: [...new Set(entries)].sort() }
}

/** What `source` stands for, seen from `folder`. Throws `io` where the system refuses to say. */
export async function lookUp(source: string, folder: string): Promise<Place> {
  const path = resolve(folder, source)
  if (source === '') return { kind: 'absent', path }
  const there = stat(path)
  if (there) return { kind: there.isDirectory() ? 'folder' : 'file', path }
  // Loaded for what may be a glob alone: it takes as long as the start of a short run.
  const { default: fastGlob } = await import('fast-glob')
  // A leading `!` would take files away instead of naming some: there is `--exclude` for that.
  if (!fastGlob.isDynamicPattern(source) || /^!(?!\()/.test(source)) return { kind: 'absent', path }
  return { kind: 'glob', ...splitGlob(source, folder) }
}

/**
 * Parts a glob into the folders that are there as they are written, and the rest. What exists is taken literally, so
 * that the brackets of `notes (old)/*.md` are part of a name.
 */
function splitGlob(glob: string, folder: string): { path: string; pattern: string } {
  const slashed = withSlashes(glob)
  const start = isAbsolute(glob) ? parse(glob).root : ''
  const parts = slashed.slice(start.length).split('/').filter(Boolean)
  let path = start ? resolve(start) : resolve(folder)
  while (parts.length > 1) {
    const next = resolve(path, parts[0]!)
    if (!stat(next)?.isDirectory()) break
    path = next
    parts.shift()
  }
  // To fast-glob a leading `!` takes away; after a folder it is a character.
  return { path, pattern: parts.join('/').replace(/^!(?!\()/, '\\!') }
}

/** The file's figures, links followed; undefined where there is none. */
function stat(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined
    throw new GleanError('io', `cannot read ${path}: ${messageOf(thrown)}`, { cause: thrown })
  }
}

function absent(typed: string, path: string, cwd: string): GleanError {
  if (typed === '') return new GleanError('not-found', 'a source is empty; name a file, a folder or a glob')
  if (typed.startsWith('!')) {
    return new GleanError(
      'not-found',
      `no such file or folder: ${typed}; to leave files out: --exclude '${typed.slice(1)}'`,
    )
  }
  const linked = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()
  const fault = linked ? `a symbolic link that leads nowhere: ${typed}` : `no such file or folder: ${typed}`
  return new GleanError(
    'not-found',
    `${fault} (looked in ${cwd}); name files, folders or quoted globs that are there`,
  )
}

function folderOf(place: Place): string {
  return place.kind === 'file' ? dirname(place.path) : place.path
}

function entryOf(place: Place, root: string): string {
  const path = withSlashes(relative(root, place.path))
  if (place.kind !== 'glob') return path || '.'
  return path ? `${path}/${place.pattern}` : place.pattern
}

/** The deepest folder that holds all. */
function commonFolder(folders: readonly string[]): string {
  let common = folders[0] ?? resolve('.')
  for (const folder of folders) {
    while (!isWithin(folder, common)) {
      if (dirname(common) === common) {
        throw new GleanError(
          'usage',
          `no folder holds both ${folders[0]} and ${folder}; index each into its own: --index DIR`,
        )
      }
      common = dirname(common)
    }
  }
  return common
}

/** Whether `path` is `folder` or below it; both absolute. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

/** With `/` between the parts. Elsewhere than on Windows a backslash is a character like any other. */
export function withSlashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/')
}

/** The absolute path of a root-relative one; '' is the root. */
export function below(root: string, path: string): string {
  return path === '' ? root : join(root, path)
}
