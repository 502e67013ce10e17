/**
 * Standard output or standard error. A file, a pipe or a socket is written to at once: Node's own streams would do the same,
 * and take a process some milliseconds to load. They are left what may have to be waited for (a terminal, more than a pipe
 * holds), and all that comes after it: while they wait, Ctrl-C is heard.
 */
import { fstatSync, writeSync } from 'node:fs'

/** What goes wrong with a write: `EPIPE` where nobody reads any more. */
type OnError = (error: NodeJS.ErrnoException) => void

export class Channel {
  readonly #descriptor: number
  readonly #open: () => NodeJS.WriteStream
  readonly #onError: OnError
  /** Bytes that may be written without Node's stream; none any more once that is used. */
  #room: number
  #stream: NodeJS.WriteStream | undefined

  /** `open` gives Node's stream for the descriptor. */
  constructor(descriptor: number, open: () => NodeJS.WriteStream, onError: OnError) {
    this.#descriptor = descriptor
    this.#open = open
    this.#onError = onError
    this.#room = roomOf(descriptor)
  }

  /** The terminal it leads to; undefined where there is none. */
  get terminal(): NodeJS.WriteStream | undefined {
    return this.#room === 0 && this.#streamed().isTTY ? this.#streamed() : undefined
  }

  /** Writes, and waits until there is room for more. */
  async write(text: string): Promise<void> {
    const rest = this.#room > 0 ? this.#writeNow(Buffer.from(text)) : text
    if (rest.length === 0) return
    this.#room = 0
    const stream = this.#streamed()
    if (!stream.write(rest)) await new Promise(resolve => stream.once('drain', resolve))
  }

  /** Gives what cannot be written without waiting for a reader. */
  #writeNow(bytes: Buffer): Buffer {
    if (bytes.length > this.#room) return bytes
    this.#room -= bytes.length
    let done = 0
    try {
      while (done < bytes.length) done += writeSync(this.#descriptor, bytes, done)
    } catch (thrown) {
      const error = thrown as NodeJS.ErrnoException
      if (error.code === 'EAGAIN') return bytes.subarray(done)
      this.#onError(error)
    }
    return bytes.subarray(bytes.length)
  }

  #streamed(): NodeJS.WriteStream {
    this.#stream ??= this.#open().on('error', this.#onError)
    return this.#stream
  }
}

/** Bytes that a pipe or socket takes though nobody reads yet: half of what Linux has a pipe hold. */
const ROOM = 1 << 15

/**
 * Bytes that a descriptor takes at once, without Node's streams: as many as there are, some, or, as a terminal, none. On
 * Windows a pipe is nothing that can be told so.
 */
export function roomOf(descriptor: number): number {
  if (process.platform === 'win32') return 0
  try {
    // As big integers: what Node was told last in plain ones its `realpath` takes for the file it is at, and is wrong of pipes.
    const found = fstatSync(descriptor, { bigint: true })
    if (found.isFile()) return Number.POSITIVE_INFINITY
    return found.isFIFO() || found.isSocket() ? ROOM : 0
  } catch {
    return 0
  }
}
