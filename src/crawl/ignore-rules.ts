/**
 * Ignore files: `.gitignore`, `.ignore` and `.gleanignore` of every folder from the enclosing repository's top down, and
 * the repository's own `info/exclude`. In comes a path, out goes what the rules say of it. As in ripgrep, the kind of
 * file decides first (`.gleanignore` over `.ignore` over `.gitignore`), then the deeper folder, then the later line.
 *
 * Rules are asked on the way down: whoever asks about a path has been let into its folder. So the rules that hold below
 * a folder forget that they would have ignored the folder itself (it was named as a source, or a stronger rule wants it).
 */
import { readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import ignore, { type Ignore } from 'ignore'
import { withSlashes } from './source.ts'

/** Strongest first. */
const KINDS = ['.gleanignore', '.ignore', '.gitignore'] as const
const GIT = KINDS.indexOf('.gitignore')

/** The rules of one ignore file. */
interface RuleFile {
  /** How much of an absolute path to cut to have it relative to the rules' folder. */
  readonly cut: number
  readonly rules: Ignore
}

/** Rule files by kind, the deepest folder first. */
type RuleFiles = readonly (readonly RuleFile[])[]

/** What the rules say: `wanted` where `.ignore` or `.gleanignore` take it back in, undefined where they are silent. */
export type Verdict = 'ignored' | 'wanted' | undefined

/** Who is told, with absolute paths, in which folder rules are looked for, and which rule file cannot be read. */
interface Listener {
  onRead(folder: string): void
  onUnreadable(path: string, thrown: unknown): void
}

/** The rules that hold for what lies directly in one folder. Immutable. */
export class IgnoreRules {
  readonly #files: RuleFiles
  readonly #listener: Listener

  private constructor(files: RuleFiles, listener: Listener) {
    this.#files = files
    this.#listener = listener
  }

  /** Whether a name in a folder's listing means rules: hand those names to {@link under}. */
  static isRuleName(name: string): boolean {
    return name === '.git' || (KINDS as readonly string[]).includes(name)
  }

  /** The rules within `root` (absolute): its own, and its parents' up to the top of the repository it is in. */
  static within(root: string, listener: Listener): IgnoreRules {
    const none = new IgnoreRules(
      KINDS.map(() => []),
      listener,
    )
    return chainTo(root).reduce((rules, folder) => rules.under(folder), none)
  }

  /** The rules within a folder (absolute) of this one. `names`: which rule names it holds; all are tried without. */
  under(folder: string, names: readonly string[] = ['.git', ...KINDS]): IgnoreRules {
    if (names.length === 0 && this.#files.every(files => files.length === 0)) return this
    const base = withSlashes(folder)
    const entered = this.#files.map(files => files.map(file => letIn(file, base)))
    const cut = base.endsWith('/') ? base.length : base.length + 1
    const read = (path: string) => this.#read(path, cut)
    const isRepository = names.includes('.git') && isThere(join(folder, '.git'))
    return new IgnoreRules(
      KINDS.map((kind, number) => {
        const own = names.includes(kind) ? read(join(folder, kind)) : []
        // What git ignores in a repository is that repository's affair: the rules around it end here.
        if (number === GIT && isRepository) return [...own, ...read(excludeFile(folder))]
        return [...own, ...entered[number]!]
      }),
      this.#listener,
    )
  }

  /** What the rules say of a path (absolute, with `/`) in this folder. */
  verdict(path: string, isFolder: boolean): Verdict {
    for (const [kind, files] of this.#files.entries()) {
      for (const { cut, rules } of files) {
        const { ignored, unignored } = rules.test(isFolder ? `${path.slice(cut)}/` : path.slice(cut))
        if (ignored) return 'ignored'
        if (unignored) return kind === GIT ? undefined : 'wanted'
      }
    }
    return undefined
  }

  #read(path: string, cut: number): RuleFile[] {
    this.#listener.onRead(dirname(path))
    try {
      // Only a plain file: a FIFO of that name would be waited for without end.
      if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return []
      return [{ cut, rules: newRules().add(readFileSync(path, 'utf8')) }]
    } catch (thrown) {
      this.#listener.onUnreadable(path, thrown)
      return []
    }
  }
}

function newRules(): Ignore {
  return ignore({ ignorecase: false, allowRelativePaths: true })
}

/** The same rules for one who has been let into the folder. */
function letIn(file: RuleFile, folder: string): RuleFile {
  const path = folder.slice(file.cut)
  if (!file.rules.test(`${path}/`).ignored) return file
  const pattern = `!/${path.replace(/[\\*?[\]]/g, '\\$&')}/`
  return { cut: file.cut, rules: newRules().add(file.rules).add([{ pattern }]) }
}

/** The folders from the top of the enclosing repository down to `root`; `root` alone outside of one. */
function chainTo(root: string): string[] {
  const chain: string[] = []
  for (let folder = root; ; folder = dirname(folder)) {
    chain.unshift(folder)
    if (isThere(join(folder, '.git'))) return chain
    if (dirname(folder) === folder) return [root]
  }
}

/** The `info/exclude` of a repository; in a linked working tree `.git` is a file that says where the rest is. */
function excludeFile(folder: string): string {
  let git = join(folder, '.git')
  const link = firstLine(git)?.match(/^gitdir: (.+)$/)?.[1]
  if (link) git = resolve(folder, link)
  return join(resolve(git, firstLine(join(git, 'commondir')) ?? '.'), 'info', 'exclude')
}

function firstLine(path: string): string | undefined {
  try {
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return undefined
    return readFileSync(path, 'utf8').split(/\r?\n/, 1)[0]
  } catch {
    return undefined
  }
}

function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    return false
  }
}
