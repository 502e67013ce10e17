/**
 * One writer at a time: a file in the index folder that only one process can make. It says who made it, and its time
 * of change says that they are still there, so that the lock of one that died is not in the way. Readers never look
 * at it.
 *
 * On the owner's own machine the system knows whether that process is alive (lock-owner.ts). Of one elsewhere, on a
 * shared disk, all there is to see is that it touches its lock every few seconds, by the clock of the file server; no
 * other clock is asked. A lock that says nothing readable counts as one of elsewhere.
 */
import { randomUUID } from 'node:crypto'
import {
  closeSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { GleanError } from '../errors.ts'
import { temporaryName, wrapped } from '../segment/unit-writer.ts'
import { isAlive, isOfHere, type LockOwner, ownerHere, readOwner } from './lock-owner.ts'

export const LOCK = 'lock'

/** Made by the one process that may remove a lock that was left behind. */
export const CLAIM = 'lock.claim'

/** Milliseconds between two touches, and without one until a lock of elsewhere counts as left behind. */
const TOUCH = 5_000
const LEFT_BEHIND = 60_000

/** Milliseconds between two looks at a lock that is waited for. */
const LOOK = 100

/** Milliseconds that a lock may take to go away though nobody holds it. */
const GOING = 1_000

export interface LockOptions {
  /** Milliseconds to wait for another writer; none where left out. */
  readonly wait?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** A lock that is held. */
export interface Lock {
  /**
   * Shows that its owner is still there: to be called now and then in long work, and before its last step; cheap. Throws
   * `locked` where the lock is no longer ours: others had to take us for dead.
   */
  touch(): void
  /** Gives it back. Never throws, and never removes the lock of another. */
  release(): void
}

/**
 * Takes the lock of a folder; `shown` is how messages call the folder. It is given back at the latest when the process
 * ends, unless that is by force. Throws `locked` where another process has it for longer than may be waited, `io` where
 * the folder cannot be written to.
 */
export async function takeLock(folder: string, shown: string, options: LockOptions = {}): Promise<Lock> {
  const path = join(folder, LOCK)
  const text = JSON.stringify(ownerHere())
  const until = performance.now() + (options.wait ?? 0)
  for (;;) {
    options.signal?.throwIfAborted()
    if (make(path, text)) return hold(path, text, shown)
    const seen = look(path)
    const isHeld = seen !== undefined && !isLeftBehind(seen, folder)
    if (seen && !isHeld && removeLeftBehind(folder, seen, text)) continue
    if (performance.now() >= until + (isHeld ? 0 : GOING)) throw locked(seen?.owner, shown)
    await new Promise(next => setTimeout(next, LOOK))
  }
}

function locked(owner: LockOwner | undefined, shown: string): GleanError {
  const writer = owner ? `process ${owner.process} on ${owner.host}` : 'another process'
  return new GleanError(
    'locked',
    `${shown} is being written by ${writer}; wait for it (--wait SECONDS), or remove ${shown}/${LOCK} if that is no more`,
  )
}

function hold(path: string, text: string, shown: string): Lock {
  let touched = performance.now()
  let isOurs = true
  const beat = (): void => {
    touched = performance.now()
    isOurs &&= rewrite(path, text)
  }
  const timer = setInterval(beat, TOUCH).unref()
  const release = (): void => {
    clearInterval(timer)
    process.off('exit', release)
    if (look(path)?.text === text) remove(path)
  }
  process.on('exit', release)
  const touch = (): void => {
    if (performance.now() - touched > TOUCH) beat()
    if (!isOurs) throw lost(shown)
  }
  return { touch, release }
}

function lost(shown: string): GleanError {
  return new GleanError(
    'locked',
    `another process has taken the lock of ${shown}, for this one stood still for too long; try again`,
  )
}

/** Whether nobody holds a lock any more. */
function isLeftBehind({ owner, time }: Seen, folder: string): boolean {
  if (owner && isOfHere(owner)) return !isAlive(owner)
  return Math.abs(timeOf(folder) - time) > LEFT_BEHIND
}

/**
 * Removes a lock that was left behind. Of several that found it so only one may, who makes the claim: else the slower
 * would remove the lock that the faster has made since. False where another is at it.
 */
function removeLeftBehind(folder: string, seen: Seen, text: string): boolean {
  const [path, claim] = [join(folder, LOCK), join(folder, CLAIM)]
  if (!make(claim, text)) {
    const other = look(claim)
    if (other && isLeftBehind(other, folder)) remove(claim)
    return false
  }
  try {
    const now = look(path)
    if (now?.text === seen.text && now.time === seen.time) remove(path)
    return true
  } finally {
    remove(claim)
  }
}

/** A lock file as it was found. */
interface Seen {
  readonly text: string
  /** Time of its last change, in milliseconds by the clock of the file server. */
  readonly time: number
  /** Undefined where the text says nothing readable. */
  readonly owner: LockOwner | undefined
}

/** Undefined where there is none any more. Opened, not only looked up: a network's file system then asks its server. */
function look(path: string): Seen | undefined {
  try {
    const descriptor = openSync(path, 'r')
    try {
      const text = readFileSync(descriptor, 'utf8')
      return { text, time: fstatSync(descriptor).mtimeMs, owner: readOwner(text) }
    } finally {
      closeSync(descriptor)
    }
  } catch {
    const time = statSync(path, { throwIfNoEntry: false })?.mtimeMs
    return time === undefined ? undefined : { text: '', time, owner: undefined }
  }
}

/** What time it is in a folder, by the clock of its file server, in milliseconds. Throws `io`. */
function timeOf(folder: string): number {
  const path = join(folder, temporaryName(LOCK))
  return wrapped(path, () => {
    const descriptor = openSync(path, 'w')
    try {
      return fstatSync(descriptor).mtimeMs
    } finally {
      closeSync(descriptor)
      remove(path)
    }
  })
}

/**
 * Makes a file with this text; false where it is there. Throws `io`. It appears with its text in it: were its maker killed
 * between the two, nobody could tell whose it is.
 */
function make(path: string, text: string): boolean {
  return wrapped(path, () => {
    const whole = temporaryName(`${path}.${randomUUID({ disableEntropyCache: true })}`)
    try {
      writeFileSync(whole, text)
      linkSync(whole, path)
      return true
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException
      // Another had made the folder, and took it away again; the next attempt finds it.
      if (code === 'ENOENT') mkdirSync(dirname(path), { recursive: true })
      // Some file systems know no second name of a file.
      return code === 'EEXIST' || code === 'ENOENT' ? false : makeInPlace(path, text)
    } finally {
      remove(whole)
    }
  })
}

function makeInPlace(path: string, text: string): boolean {
  let descriptor: number
  try {
    descriptor = openSync(path, 'wx')
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw thrown
  }
  try {
    writeSync(descriptor, text)
  } catch (thrown) {
    remove(path)
    throw thrown
  } finally {
    closeSync(descriptor)
  }
  return true
}

/**
 * Writes over a file what it says, which sets its time by the clock of the file server. False where it is gone or says
 * something else; true also where the disk refuses, for that gives it to nobody else.
 */
function rewrite(path: string, text: string): boolean {
  try {
    const descriptor = openSync(path, 'r+')
    try {
      const [own, found] = [Buffer.from(text), Buffer.alloc(text.length * 3)]
      if (!own.equals(found.subarray(0, readSync(descriptor, found)))) return false
      writeSync(descriptor, own, 0, own.length, 0)
      return true
    } finally {
      closeSync(descriptor)
    }
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code !== 'ENOENT'
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // Gone already.
  }
}
