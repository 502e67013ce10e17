/**
 * What a build will do: the caller's options, joined with those of the last build, resolved against this machine.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { resolveSources, type Sources, withSlashes } from '../crawl/source.ts'
import type { Extractor } from '../document/extractor.ts'
import type { ReadRules } from '../document/file-identity.ts'
import { GleanError, messageOf } from '../errors.ts'
import { MANIFEST, type Manifest, readManifest, type SourceEntry } from '../segment/manifest.ts'
import type { BuildProgress } from './report.ts'

/** Options of a build, as a caller gives them. Without paths, what is left out is taken from the index's last build. */
export interface BuildOptions {
  /** Folders, files or globs; those of the last build where left out, else the current folder. */
  readonly paths?: readonly string[] | undefined
  /** Folder of the index. */
  readonly index: string
  /** What relative paths start from; the process's folder where left out. */
  readonly cwd?: string | undefined
  /** Only files that one of these globs matches (all where empty). */
  readonly include?: readonly string[] | undefined
  /** No file that one of these globs matches. */
  readonly exclude?: readonly string[] | undefined
  /** Whether .gitignore, .ignore and .gleanignore are honoured; true where left out. */
  readonly ignoreFiles?: boolean | undefined
  /** Whether hidden files are indexed; false where left out. */
  readonly hidden?: boolean | undefined
  /** Bytes; larger files are reported and left out. 32 MB where left out. */
  readonly maxFileSize?: number | undefined
  /** The encoding of text that does not tell its own; detected where left out. Any name `TextDecoder` takes. */
  readonly encoding?: string | undefined
  /**
   * Formats of the caller's own; one for an ending we know comes before ours. They are no part of the index: give them
   * again for every build, and to `openIndex`.
   */
  readonly formats?: readonly Extractor[] | undefined
  /**
   * Threads that read and write, the one that calls counted in; as many as the machine runs at a time where left out. The
   * index is the same whatever the number.
   */
  readonly jobs?: number | undefined
  /** Make one segment of all, in order of path, whatever the size of the index. */
  readonly compact?: boolean | undefined
  /** Build from scratch, whatever is there; with paths, even over a manifest that cannot be read. */
  readonly rebuild?: boolean | undefined
  /** Crawl and report; write nothing. */
  readonly dryRun?: boolean | undefined
  /** Milliseconds to wait for another process that is writing the index; none where left out. */
  readonly wait?: number | undefined
  readonly onProgress?: ((progress: BuildProgress) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

export const DEFAULT_MAX_FILE_SIZE = 32 << 20

/** Which files to crawl. */
export interface CrawlRules {
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly ignoreFiles: boolean
  readonly hidden: boolean
  readonly maxFileSize: number
  readonly encoding?: string | undefined
}

export interface BuildPlan {
  /** Absolute folder of the index. */
  readonly folder: string
  /** As the caller named it. */
  readonly shown: string
  /** The index there is, and the bytes of its manifest; undefined where there is none that can be used. */
  readonly last: Manifest | undefined
  readonly lastBytes: Uint8Array | undefined
  readonly sources: Sources
  readonly rules: CrawlRules & ReadRules
  /** As the manifest will have it. */
  readonly source: SourceEntry
  /** Root of the sources, from the caller's folder. */
  readonly shownRoot: string
}

/**
 * Throws `usage` for an index that would be written among other files, `not-found` for a source that is not there,
 * `damaged` where nothing tells what the index is to be made of.
 */
export async function planBuild(options: BuildOptions): Promise<BuildPlan> {
  const cwd = resolve(options.cwd ?? '.')
  const folder = resolve(cwd, options.index)
  const { manifest, bytes: lastBytes } = lastManifest(folder, options)
  const last = manifest?.source
  const sources = await sourcesOf(options, folder, last, cwd)
  if (sources.root === folder) {
    throw new GleanError(
      'usage',
      `the index ${options.index} cannot stand in the very folder it indexes; name another: --index DIR`,
    )
  }
  const rules = await rulesOf(options, namesPaths(options) ? undefined : last)
  return {
    folder,
    shown: options.index,
    last: manifest,
    lastBytes,
    sources,
    rules: { ...rules, formats: options.formats },
    source: { root: withSlashes(relative(folder, sources.root)), paths: sources.entries, ...rules },
    shownRoot: withSlashes(relative(cwd, sources.root)) || '.',
  }
}

/** What the caller says, else what the last build said, if that counts. */
export async function rulesOf(options: BuildOptions, last: SourceEntry | undefined): Promise<CrawlRules> {
  return {
    include: options.include ?? last?.include ?? [],
    exclude: options.exclude ?? last?.exclude ?? [],
    ignoreFiles: options.ignoreFiles ?? last?.ignoreFiles ?? true,
    hidden: options.hidden ?? last?.hidden ?? false,
    maxFileSize: options.maxFileSize ?? last?.maxFileSize ?? DEFAULT_MAX_FILE_SIZE,
    encoding: options.encoding === undefined ? last?.encoding : await encodingOf(options.encoding),
  }
}

/** The standard's name of the encoding; `auto` is none. */
async function encodingOf(label: string): Promise<string | undefined> {
  if (label.toLowerCase() === 'auto') return undefined
  const { encodingNamed } = await import('../crawl/other-encoding.ts')
  const encoding = encodingNamed(label)
  if (encoding !== undefined) return encoding
  throw new GleanError(
    'usage',
    `there is no encoding "${label}"; name one such as windows-1252, shift_jis, gb18030 or utf-16le, or auto`,
  )
}

/** Paths begin a new selection: with them nothing of the last build's is kept. */
export function namesPaths({ paths }: BuildOptions): boolean {
  return paths !== undefined && paths.length > 0
}

/** The paths the caller names; without any, those of the last build, else the current folder. */
export function sourcesOf(
  options: BuildOptions,
  folder: string,
  last: SourceEntry | undefined,
  cwd: string,
): Promise<Sources> {
  if (namesPaths(options)) return resolveSources(options.paths!, cwd)
  if (!last) return resolveSources(['.'], cwd)
  const root = resolve(folder, last.root)
  if (!existsSync(root)) {
    throw new GleanError(
      'not-found',
      `the folder that ${options.index} was built from is not there: ${root}; name the folders to index: glean index DIR`,
    )
  }
  return Promise.resolve({ root, entries: [...last.paths] })
}

/** The manifest of the index in the folder; undefined where there is none yet. Never touches a folder of others. */
function lastManifest(
  folder: string,
  options: BuildOptions,
): { readonly manifest?: Manifest; readonly bytes?: Uint8Array } {
  const { index, rebuild } = options
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException
    if (code === 'ENOENT') return {}
    if (code === 'ENOTDIR')
      throw new GleanError(
        'not-an-index',
        `${index} is a file; an index is a folder: name another, --index DIR`,
      )
    throw new GleanError('io', `cannot read the folder ${index}: ${messageOf(thrown)}`, { cause: thrown })
  }
  if (!names.includes(MANIFEST)) {
    // What its documents were cannot be told: those of the current folder are hardly meant.
    if (names.every(isOurs) && names.some(name => name.endsWith('.seg')) && !namesPaths(options)) {
      throw new GleanError(
        'damaged',
        `${index} holds parts of an index but no ${MANIFEST}, which says what they were made of; bring it back, or name the folders to index: glean index DIR --index ${index}`,
      )
    }
    if (names.every(isOurs)) return {}
    throw new GleanError(
      'not-an-index',
      `${index} is not empty and is no gleaner index; nothing was written: name an empty or new folder, --index DIR`,
    )
  }
  const bytes = readFileSync(join(folder, MANIFEST))
  try {
    return { manifest: readManifest(bytes, index), bytes }
  } catch (thrown) {
    const replaceable = thrown instanceof GleanError && thrown.code !== 'not-an-index'
    if (rebuild && replaceable && namesPaths(options)) return { bytes }
    if (rebuild && replaceable) {
      throw new GleanError(
        'usage',
        `what ${index} was built from can no longer be read: name the folders to index, glean index DIR --rebuild --index ${index}`,
      )
    }
    throw thrown
  }
}

/** Files an unfinished first build may have left. */
function isOurs(name: string): boolean {
  return /\.(seg|docs)$|\.tmp-\d+$|^\.git(attributes|ignore)$|^lock|^stat-cache$|^replaced\.json$/.test(name)
}
