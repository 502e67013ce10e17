/**
 * Who holds a lock: enough to tell, on the same machine, whether that very process is still there. A process id alone
 * is soon another's; with the time its process began, and the boot that is counted from, it is not. Elsewhere than on
 * Linux the id is all there is.
 */
import { createHash, randomUUID } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

export interface LockOwner {
  readonly process: number
  /** For people. */
  readonly host: string
  /** Stands for the machine, and for the space in which its process ids count: containers have their own. */
  readonly place: string
  /** Identifies the boot, where the system does. */
  readonly boot?: string | undefined
  /** When the process began, in the system's ticks since the boot, where it can be known. */
  readonly started?: string | undefined
  /** Another for each lock, so that its text is that of no other. */
  readonly lock: string
}

/** This process, as the owner of a new lock. */
export function ownerHere(): LockOwner {
  return {
    process: process.pid,
    host: hostname(),
    place: placeHere(),
    boot: boot(),
    started: processFigures(process.pid)?.started,
    lock: randomUUID({ disableEntropyCache: true }),
  }
}

/** What a lock file says; undefined where that is nothing readable. */
export function readOwner(text: string): LockOwner | undefined {
  try {
    const owner = JSON.parse(text) as LockOwner | null
    return typeof owner?.place === 'string' && Number.isSafeInteger(owner.process) ? owner : undefined
  } catch {
    return undefined
  }
}

/** Whether the owner is, or was, a process of this machine, which can be asked for it. */
export function isOfHere(owner: LockOwner): boolean {
  return owner.place === placeHere()
}

/** Whether an owner of here is still there. */
export function isAlive(owner: LockOwner): boolean {
  if (owner.boot !== boot() || !hasProcess(owner.process)) return false
  const figures = processFigures(owner.process)
  // The process of another user may be hidden; then its id has to do.
  if (!figures || owner.started === undefined) return true
  return !figures.hasEnded && figures.started === owner.started
}

function hasProcess(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch (thrown) {
    // It is there, but another user's.
    return (thrown as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** proc(5): the fields after the name in brackets, which may hold anything, begin with the state, the third. */
function processFigures(id: number): { started: string; hasEnded: boolean } | undefined {
  const stat = textOf(`/proc/${id}/stat`)
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, started] = [fields?.[0], fields?.[19]]
  // One that has ended stays until its parent has asked for its exit code.
  return state && started ? { started, hasEnded: state === 'Z' || state === 'X' } : undefined
}

function boot(): string | undefined {
  return textOf('/proc/sys/kernel/random/boot_id')?.trim()
}

/** A hash: an index may be copied, and where it was made is nobody's business. */
function placeHere(): string {
  const parts = [hostname(), textOf('/etc/machine-id'), processSpace()]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}

function processSpace(): string | undefined {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return undefined
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
