/**
 * Files that this process has compared with the index, and what they looked like then: one that nobody has touched since
 * need not be read and hashed again for every answer. It is looked up each time all the same.
 *
 * What was changed shortly before it was compared is not noted: a second change might not show in its times. A minute is
 * well over the tick of any clock, the two seconds of FAT, the half minute for which the system may keep to itself what
 * is written through mapped memory, and what the clocks of two machines nearly always agree within.
 */
import type { FileLook } from '../crawl/file.ts'

const YOUNG = 60_000

/** Files that are remembered; of more, those longest known are forgotten. */
const MOST = 4096

/** What was compared with what. */
interface Comparison {
  readonly look: FileLook
  readonly hash: string
  readonly isSame: boolean
}

export class KnownFiles {
  readonly #known = new Map<string, Comparison>()

  /** Whether a file that looks so has the bytes of that hash; undefined where that has to be seen. */
  isSame(path: string, look: FileLook, hash: string): boolean | undefined {
    const known = this.#known.get(path)
    return known && known.hash === hash && looksAlike(known.look, look) ? known.isSame : undefined
  }

  /** Notes what came of comparing a file, which looked so before it was read at `now` (milliseconds since 1970). */
  note(path: string, look: FileLook, hash: string, isSame: boolean, now = Date.now()): void {
    this.#known.delete(path)
    const { mtimeMs, ctimeMs } = look
    // Members of archives have no times of their own.
    if (mtimeMs === undefined || ctimeMs === undefined || Math.max(mtimeMs, ctimeMs) > now - YOUNG) return
    if (this.#known.size >= MOST) this.#known.delete(this.#known.keys().next().value!)
    this.#known.set(path, { look, hash, isSame })
  }
}

function looksAlike(one: FileLook, other: FileLook): boolean {
  return (
    one.size === other.size &&
    one.mtimeMs === other.mtimeMs &&
    one.ctimeMs === other.ctimeMs &&
    one.ino === other.ino &&
    one.dev === other.dev
  )
}
