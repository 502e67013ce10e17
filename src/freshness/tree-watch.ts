/**
 * Whether anything in some folders has been touched since they were looked at. Linux tells of a change before whoever
 * makes it goes on, as long as it is made here and the file system is one of its own; so there a process that stays need
 * not look at every file again to know that all is as it was. Elsewhere, and where a doubt is left (a folder that cannot be
 * watched, a link to what can be changed somewhere else), nothing is known, and the files are looked at as ever.
 *
 * Of a few things the system never tells: what is written through mapped memory, or through a second name that a file was
 * given elsewhere; a file system mounted over a folder; a folder above that is made a repository; and what it forgot because
 * other watches of this process had been told too much. So what is known holds for a few seconds, not for ever.
 */
import { statfsSync } from 'node:fs'
import type { Grounds } from '../crawl/walk.ts'
import { FolderWatch, identityOf, type Watch } from './folder-watch.ts'

/** File systems whose every change goes through this machine's kernel, by the number that statfs(2) has for each. */
const LOCAL = new Set([
  0xef53, // ext2, ext3, ext4
  0x58465342, // XFS
  0x9123683e, // Btrfs
  0x2fc12fc1, // ZFS
  0xf2f52010, // F2FS
  0x01021994, // tmpfs
  0x794c7630, // overlayfs
])

/** Folders watched at the most: a user's watches are counted, and other programs want some too. */
const MOST = 4096

export class TreeWatch {
  readonly #root: string
  readonly #folders: FolderWatch
  /** The root as it was at {@link TreeWatch.begin}: what it is the name of may be moved with all that is in it. */
  #identity: string | undefined
  #isTouched = true
  #isOff = process.platform !== 'linux'

  /** `root` is absolute; all that is watched is in it, or above. `watch` stands in for Node's own, in tests. */
  constructor(root: string, watch?: Watch) {
    this.#root = root
    this.#folders = new FolderWatch(() => {
      this.#isTouched = true
    }, watch)
  }

  /** Before the folders are looked at: what is touched from here on counts. */
  begin(): void {
    this.#isTouched = false
    this.#identity = identityOf(this.#root)
  }

  /** After they were looked at. Whether all that was seen has been watched since {@link begin}; from now on it is. */
  covers({ folders, isComplete }: Grounds): boolean {
    if (this.#isOff) return false
    const covered = isComplete && folders.every(folder => this.#folders.has(folder))
    const isPossible = isComplete && folders.length <= MOST && folders.every(isLocal)
    // What the system refuses once it will refuse again.
    if (!isPossible || this.#folders.follow(folders) !== undefined) this.close()
    return covered && !this.#isOff
  }

  /** Whether what was last given to {@link covers} is watched from then on. */
  get tells(): boolean {
    return !this.#isOff
  }

  /** Whether nothing has been touched since {@link begin}, of what is covered. */
  async isUntouched(): Promise<boolean> {
    // What the system has told by now is heard between these two turns of the event loop at the latest.
    await turn()
    await turn()
    return !this.#isTouched && !this.#isOff && this.#identity === identityOf(this.#root)
  }

  close(): void {
    this.#isOff = true
    this.#folders.close()
  }
}

function turn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}

function isLocal(folder: string): boolean {
  try {
    return LOCAL.has(statfsSync(folder).type)
  } catch {
    return false
  }
}
