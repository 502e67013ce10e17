/**
 * Hears from the system that something in some folders has changed. What it hears are hints, no more: some systems tell
 * too much, and all forget some when there is too much to tell.
 *
 * Each folder is watched by itself, for Linux has nothing else; on macOS and Windows one watch covers all below. A folder
 * that was removed and made again is another one, whatever its name: whoever switches branches makes many of them.
 */
import { statSync, watch } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Called with the absolute path of what has changed, as far as the system says. */
type OnHint = (path: string) => void

/** What is used of Node's `FSWatcher`, whose type not every caller's program knows. */
interface Watcher {
  on(event: 'error', listener: (error: Error) => void): unknown
  close(): void
}

interface Watched {
  readonly watcher: Watcher
  readonly identity: string
}

/** What Node's `watch` is asked for here; tests put another in its place. */
export type Watch = (
  folder: string,
  options: { recursive: boolean; persistent: boolean },
  heard: (event: string, name: string | null) => void,
) => Watcher

/** Whether one watch covers all that is below a folder. */
const COVERS_ALL = process.platform === 'darwin' || process.platform === 'win32'

/** What the system says when it has no more watches to give. */
const LIMITS = new Set(['ENOSPC', 'EMFILE', 'ENFILE'])

export class FolderWatch {
  readonly #watched = new Map<string, Watched>()
  readonly #onHint: OnHint
  readonly #watch: Watch

  constructor(onHint: OnHint, watchFolder: Watch = watch) {
    this.#onHint = onHint
    this.#watch = watchFolder
  }

  /** Folders that are watched now. */
  get size(): number {
    return this.#watched.size
  }

  /** Whether a folder is watched now: the one that is there, not one that had its name before. */
  has(folder: string): boolean {
    const watched = this.#watched.get(folder)
    return watched !== undefined && watched.identity === identityOf(folder)
  }

  /** Watches these folders and no others. Gives the system's error where it refused to watch so many. */
  follow(folders: readonly string[]): Error | undefined {
    const wanted = new Set(COVERS_ALL ? tops(folders) : folders)
    for (const folder of this.#watched.keys()) if (!wanted.has(folder)) this.#drop(folder)
    for (const folder of wanted) {
      const refusal = this.#add(folder)
      if (refusal) return refusal
    }
    return undefined
  }

  close(): void {
    for (const folder of this.#watched.keys()) this.#drop(folder)
  }

  #add(folder: string): Error | undefined {
    const identity = identityOf(folder)
    const before = this.#watched.get(folder)
    if (before && before.identity === identity) return undefined
    this.#drop(folder)
    if (identity === undefined) return undefined
    try {
      // To hear of changes is no reason for a process to stay.
      const watcher = this.#watch(folder, { recursive: COVERS_ALL, persistent: false }, (event, name) =>
        this.#heard(folder, event, name),
      )
      watcher.on('error', () => this.#drop(folder))
      this.#watched.set(folder, { watcher, identity })
    } catch (thrown) {
      // Gone again, or not ours to read: whatever it is, the next look at the tree will tell.
      if (LIMITS.has((thrown as NodeJS.ErrnoException).code ?? '')) return thrown as Error
    }
    return undefined
  }

  #heard(folder: string, event: string, name: string | null): void {
    // Its own name is what is told when a folder is removed or moved away.
    if (event === 'rename' && name === basename(folder)) this.#drop(folder)
    this.#onHint(name === null ? folder : join(folder, name))
  }

  #drop(folder: string): void {
    this.#watched.get(folder)?.watcher.close()
    this.#watched.delete(folder)
  }
}

/** Tells a folder from another that has taken its place; undefined where there is none. */
export function identityOf(folder: string): string | undefined {
  try {
    const { dev, ino, birthtimeNs } = statSync(folder, { bigint: true })
    return `${dev} ${ino} ${birthtimeNs}`
  } catch {
    return undefined
  }
}

/** Those of the folders that are below no other. */
function tops(folders: readonly string[]): string[] {
  const all = new Set(folders)
  return folders.filter(folder => {
    for (let above = dirname(folder); above !== folder; folder = above, above = dirname(above)) {
      if (all.has(above)) return false
    }
    return true
  })
}
