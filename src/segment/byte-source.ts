/**
 * Where a reader's bytes come from. A file descriptor answers at once, a buffer too, a network only later: `read`
 * may return either the bytes or a promise of them, and whoever calls it awaits only what is a promise.
 */

/** Bytes that can be read by range. */
export interface ByteSource {
  /** Bytes in all. */
  readonly size: number
  /**
   * The bytes `[offset, offset + length)`. The view belongs to the caller; memory the caller lends in `into` may be used
   * for it, where it is long enough. Throws `damaged` where the source ends sooner, `io` where the system refuses.
   */
  read(offset: number, length: number, into?: Uint8Array): Uint8Array | Promise<Uint8Array>
  /**
   * Begins to fetch what will be read soon, where that takes long: each read otherwise waits for the one before. Absent
   * where reading is fast. Throws nothing: a fault shows when the bytes are read.
   */
  prefetch?(ranges: readonly ByteRange[]): void
  close(): void
}

/** `length` bytes from `offset` on. */
export interface ByteRange {
  readonly offset: number
  readonly length: number
}

/** A folder of an index: opens its files by name. */
export interface ByteFolder {
  /** As the user named it, for messages. */
  readonly name: string
  /**
   * Opens a file; throws `not-found` where there is none. `bytes` is its length, where that is known: what would have to
   * ask for it takes that, and finds out on the first read.
   */
  open(file: string, bytes?: number): ByteSource | Promise<ByteSource>
}

/** Applies `then` to a value that may have to be waited for, without waiting where it is already there. */
export function whenRead<T, R>(value: T | Promise<T>, then: (value: T) => R): R | Promise<Awaited<R>> {
  return value instanceof Promise ? (value.then(then) as Promise<Awaited<R>>) : then(value)
}
