/**
 * The folder of an index that a build makes, and takes away again where no index came of it: with what the build wrote
 * there, and with the folders above that it made. What others have put there meanwhile stays, and keeps the folders.
 */
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync, unlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { MANIFEST } from '../segment/manifest.ts'
import { isTemporaryName, wrapped } from '../segment/unit-writer.ts'

export interface MadeFolder {
  /** Removes what an unfinished first build has written. For the one that holds the lock; never throws. */
  clear(): void
  /** Removes the folders that were made, as far as they are empty. Never throws. */
  remove(): void
}

/** Makes a folder, with those above it. Throws `io`. */
export function makeFolder(folder: string): MadeFolder {
  const first = wrapped(folder, () => makeEach(folder))
  return {
    clear: () => {
      if (existsSync(join(folder, MANIFEST))) return
      for (const name of namesIn(folder)) {
        const isOfBuild = /^[0-9a-f]{32}\.(seg|docs)$|^stat-cache$/.test(name) || isTemporaryName(name)
        // In a folder that was there these may be the user's own.
        const isBeside = first !== undefined && /^\.git(attributes|ignore)$/.test(name)
        if (isOfBuild || isBeside) attempt(() => unlinkSync(join(folder, name)))
      }
    },
    remove: () => {
      if (first === undefined) return
      for (let each = folder; each.length >= first.length; each = dirname(each))
        if (!attempt(() => rmdirSync(each))) return
    },
  }
}

/**
 * Gives the first folder that was made. One by one: mkdir's own way to make several says of a file system that takes none
 * that a folder is not there, and never ends in /proc.
 */
function makeEach(folder: string): string | undefined {
  const missing: string[] = []
  // A drive that is not there has no folder above it.
  for (let each = folder; !existsSync(each) && dirname(each) !== each; each = dirname(each))
    missing.unshift(each)
  for (const each of missing) {
    try {
      mkdirSync(each)
    } catch (thrown) {
      // Somebody else may have been faster.
      if (!statSync(each, { throwIfNoEntry: false })?.isDirectory()) throw thrown
    }
  }
  return missing[0]
}

function namesIn(folder: string): string[] {
  let names: string[] = []
  attempt(() => {
    names = readdirSync(folder)
  })
  return names
}

/** Whether a step could be taken; there is another error on its way. */
function attempt(step: () => void): boolean {
  try {
    step()
    return true
  } catch {
    return false
  }
}
