/**
 * What cannot be read, told as a file left out: what the operating system refuses, and what is wrong with the file itself.
 * In comes what was thrown, out goes the reason and the words of whoever threw it, without the absolute path: reports are
 * shown to others.
 */
import { messageOf } from '../errors.ts'
import type { LeftOut, LeftOutReason } from './file.ts'

/** Why a file cannot be read: thrown by what takes it apart, shown in the report. */
export class Refusal extends Error {
  readonly reason: LeftOutReason

  /** `detail` is one line for a person: what is wrong, and what may help. */
  constructor(reason: LeftOutReason, detail: string) {
    super(detail)
    this.reason = reason
  }
}

/** A file or folder that could not be listed, looked up or read. */
export function refused(path: string, thrown: unknown): LeftOut {
  if (thrown instanceof Refusal) return { path, reason: thrown.reason, detail: thrown.message }
  const { code } = thrown as NodeJS.ErrnoException
  const detail = messageOf(thrown).replace(/, \w+( '.*)?$/s, '')
  if (code !== 'ENOENT') return { path, reason: 'unreadable', detail }
  // Node turns the bytes of a name that are not UTF-8 into U+FFFD, and then nothing of that name is there.
  if (path.includes('\uFFFD')) return notUtf8(path)
  return { path, reason: 'vanished', detail }
}

/** A file or folder of which the path, as far as it is text, names nothing. */
export function notUtf8(path: string): LeftOut {
  return { path, reason: 'unreadable', detail: 'its name is not valid UTF-8' }
}

/** A file over the limit; both in bytes. */
export function tooLarge(path: string, size: number, limit: number): LeftOut {
  const detail = `${grouped(size)} bytes; the limit is ${grouped(limit)} (--max-file-size)`
  return { path, reason: 'too-large', detail }
}

/** What the system says a path is. */
export interface PathKind {
  isBlockDevice(): boolean
  isCharacterDevice(): boolean
  isFIFO(): boolean
  isSocket(): boolean
}

/** Something that is neither a file nor a folder nor a link. Never opened: reading a FIFO waits for ever. */
export function special(path: string, stats: PathKind): LeftOut {
  const isDevice = stats.isBlockDevice() || stats.isCharacterDevice()
  const detail = stats.isFIFO()
    ? 'a FIFO'
    : stats.isSocket()
      ? 'a socket'
      : isDevice
        ? 'a device'
        : 'no plain file'
  return { path, reason: 'special', detail }
}

function grouped(number: number): string {
  return number.toLocaleString('en-US')
}
