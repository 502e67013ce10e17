/**
 * One writer at a time: a file in the index folder that only one process can make. It says which process that is, so
 * that the lock of one that died is not in the way. Readers never look at it.
 */
import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { GleanError } from '../errors.ts'
import { wrapped } from '../segment/unit-writer.ts'

export const LOCK = 'lock'

/**
 * Takes the lock of a folder; the function returned gives it back. Throws `locked` where another process has it, `io`
 * where the folder cannot be written to.
 */
export function takeLock(folder: string, shown: string): () => void {
  const path = join(folder, LOCK)
  for (let attempt = 0; attempt < 2; attempt++) {
    if (makeLock(path)) return () => remove(path)
    const owner = ownerOf(path)
    if (owner && (owner.host !== hostname() || isAlive(owner.process))) {
      throw new GleanError(
        'locked',
        `${shown} is being written by process ${owner.process} on ${owner.host}; wait for it, or remove ${shown}/${LOCK} if that is no more`,
      )
    }
    remove(path)
  }
  throw new GleanError('locked', `${shown} is being written by another process; try again when it has ended`)
}

function makeLock(path: string): boolean {
  try {
    const descriptor = openSync(path, 'wx')
    writeSync(descriptor, JSON.stringify({ process: process.pid, host: hostname() }))
    closeSync(descriptor)
    return true
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false
    return wrapped(path, () => {
      throw thrown
    })
  }
}

/** Undefined where the file is gone again, or holds nothing yet: then it is tried once more. */
function ownerOf(path: string): { process: number; host: string } | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { process: number; host: string }
  } catch {
    return undefined
  }
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch (thrown) {
    // It is there, but another user's.
    return (thrown as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // Gone already.
  }
}
