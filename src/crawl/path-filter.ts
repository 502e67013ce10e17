/**
 * `--include` and `--exclude`: globs against root-relative paths, with the meaning they have in a `.gitignore` (a bare
 * `*.md` matches at any depth, `docs/` a folder and all in it, `/x` only at the root), and braces besides. Pure.
 */
import braces from 'braces'
import ignore, { type Ignore } from 'ignore'
import { GleanError } from '../errors.ts'

/** Which paths the user's globs let through. */
export interface PathFilter {
  /** Whether `--exclude` takes this file or folder out; in a folder that is out, all is. */
  excludes(path: string, isFolder: boolean): boolean
  /** Whether `--include` takes this file in. */
  includes(path: string): boolean
}

/** No include glob lets every file through. In `include`, `!x` takes away; in `exclude`, `!x` gives back. */
export function pathFilter(include: readonly string[], exclude: readonly string[]): PathFilter {
  const wanted = rules(include.filter(glob => !glob.startsWith('!')))
  const unwanted = rules(include.filter(glob => glob.startsWith('!')).map(glob => glob.slice(1)))
  const excluded = rules(exclude)
  return {
    excludes: (path, isFolder) => excluded?.ignores(isFolder ? `${path}/` : path) ?? false,
    includes: path => (wanted?.ignores(path) ?? true) && !(unwanted?.ignores(path) ?? false),
  }
}

function rules(globs: readonly string[]): Ignore | undefined {
  const patterns = globs.filter(Boolean).flatMap(withoutBraces)
  if (patterns.length === 0) return undefined
  // As objects: a string would be split at line ends, which a file's name may hold.
  const added = patterns.map(pattern => ({ pattern }))
  return ignore({ ignorecase: false, allowRelativePaths: true }).add(added)
}

/** `*.{md,rst}` is two patterns to a `.gitignore`; a leading `#` is a comment there, and a character here. */
function withoutBraces(glob: string): string[] {
  const [, not = '', rest = ''] = /^(!?)(.*)$/s.exec(glob)!
  const anchored = rest.replace(/^\.\//, '/')
  mustBeFew(anchored)
  const plain = /\{.*\}/s.test(anchored)
    ? braces(anchored, BRACES).filter(Boolean).map(withSingleSlashes)
    : [anchored]
  return plain.map(pattern => `${not}${pattern.replace(/^#/, '\\#')}`)
}

/** As fast-glob has them, which sources are named with. */
const BRACES = { expand: true, nodupes: true, keepEscaping: true }

function withSingleSlashes(pattern: string): string {
  return pattern.replace(/(?!^)\/{2,}/g, '/')
}

/** Pairs of braces in one glob: each doubles the patterns it stands for, at least. */
const MOST_BRACES = 8

function mustBeFew(glob: string): void {
  const braces = glob.split('{').length - 1
  if (braces <= MOST_BRACES && !/\{-?\d{4,}\.\.|\.\.-?\d{4,}/.test(glob)) return
  throw new GleanError(
    'usage',
    `a glob may have ${MOST_BRACES} pairs of braces, and ranges up to 999: ${glob.slice(0, 80)}; write several globs`,
  )
}
