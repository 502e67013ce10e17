/**
 * What a file looks like from outside: where that is as before, so is what the file holds, nearly always. A string, which
 * can be compared; there are as many as there are files, and as numbers it would take three times the memory.
 *
 * It has 32 characters of a byte each, low bytes first: the file's size (a 64-bit float), then of 64 bits each when its
 * content, and when anything about it was last changed (nanoseconds since 1970), and its number in the file system.
 */
import { Buffer } from 'node:buffer'

export type FileStamp = string

/** What of a file's look goes into its stamp, as the system tells it. */
export interface ExactLook {
  readonly size: bigint
  readonly mtimeNs: bigint
  readonly ctimeNs: bigint
  readonly ino: bigint
}

/** Bytes of a stamp. */
export const STAMP = 32

const memory = Buffer.alloc(STAMP)

/** The stamp of a file. */
export function stampOf({ size, mtimeNs, ctimeNs, ino }: ExactLook): FileStamp {
  memory.writeDoubleLE(Number(size), 0)
  for (const [place, number] of [mtimeNs, ctimeNs, ino].entries())
    memory.writeBigInt64LE(BigInt.asIntN(64, number), 8 + 8 * place)
  return memory.toString('latin1')
}

/** When a file was last changed: its content, and anything about it; in nanoseconds since 1970. */
export function timesOf(stamp: FileStamp): { readonly mtimeNs: bigint; readonly ctimeNs: bigint } {
  memory.write(stamp, 'latin1')
  return { mtimeNs: memory.readBigInt64LE(8), ctimeNs: memory.readBigInt64LE(16) }
}

/**
 * A time by which a file had last been changed, in nanoseconds since 1970: no more than five seconds after that. It costs
 * less than to tell exactly.
 */
export function changedBefore(stamp: FileStamp): number {
  return (Math.max(highAt(stamp, 8), highAt(stamp, 16)) + 1) * 2 ** 32
}

/** The higher half of the number that begins at a byte. */
function highAt(stamp: FileStamp, at: number): number {
  let half = 0
  for (let byte = 7; byte >= 4; byte--) half = (half << 8) | stamp.charCodeAt(at + byte)
  return half
}

/** The size of a file, by its stamp as it stands in some bytes. */
export function sizeAt(bytes: { readDoubleLE(at: number): number }, at: number): number {
  return bytes.readDoubleLE(at)
}
