/**
 * Files that the index no longer names. A reader that has just read the manifest may open them yet, so those of a large
 * index stay for a while; when they were replaced stands in a file beside them, which may be lost: then the while begins
 * anew. Files that are none of ours are left alone.
 */
import { readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isTemporaryName } from '../segment/unit-writer.ts'

/** The file that says since when others are of no use, in milliseconds since 1970. */
export const REPLACED = 'replaced.json'

/** Milliseconds that files stay after they were replaced. */
export const GRACE = 60_000

/** Removes what builds that died have left. For the one that holds the lock. */
export function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) if (isTemporaryName(name)) remove(join(folder, name))
}

/** Removes files of the index that are not among those named, and were replaced more than `grace` milliseconds ago. */
export function removeReplaced(folder: string, named: ReadonlySet<string>, grace: number): void {
  const now = Date.now()
  const before = readReplaced(folder)
  const staying: Record<string, number> = {}
  for (const name of readdirSync(folder)) {
    if (named.has(name) || !/^[0-9a-f]{32}\.(seg|docs)$/.test(name)) continue
    const since = Math.min(before[name] ?? now, now)
    if (now - since >= grace) remove(join(folder, name))
    else staying[name] = since
  }
  if (JSON.stringify(staying) === JSON.stringify(before)) return
  if (Object.keys(staying).length === 0) remove(join(folder, REPLACED))
  else writeReplaced(folder, staying)
}

function readReplaced(folder: string): Record<string, number> {
  try {
    return JSON.parse(readFileSync(join(folder, REPLACED), 'utf8')) as Record<string, number>
  } catch {
    return {}
  }
}

function writeReplaced(folder: string, since: Readonly<Record<string, number>>): void {
  try {
    writeFileSync(join(folder, REPLACED), JSON.stringify(since))
  } catch {
    // Full, or read-only by now: the files stay a little longer.
  }
}

/** The index does not need the file: where it cannot be removed now, that is no failure, and is tried again next time. */
function remove(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // Gone already, or held open by a reader on a system that minds.
  }
}
