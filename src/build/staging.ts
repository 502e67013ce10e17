/**
 * Where the text of a segment in the making waits. A segment's checksums are seeded with its name, its name is a hash of
 * its content, and so nothing can be put into place before all of it is known; the text is too much to hold in memory
 * until then.
 */
import { type FilePlace, readPlace, TemporaryFile, temporaryPath } from './temporary-file.ts'

/** Byte strings, written once and read back in the same order. */
export class Staging {
  readonly #file: TemporaryFile
  #start: FilePlace | undefined
  readonly #lengths: number[] = []

  /** The file will stand in `folder`. */
  constructor(folder: string) {
    this.#file = new TemporaryFile(temporaryPath(folder, 'text'))
  }

  /** Throws `io`. */
  push(bytes: Uint8Array): void {
    const place = this.#file.append(bytes)
    this.#start ??= place
    this.#lengths.push(bytes.length)
  }

  /** What was pushed, in order. Throws `io`. */
  *read(): Generator<Uint8Array> {
    let before = 0
    for (const length of this.#lengths) {
      const bytes = new Uint8Array(length)
      readPlace(this.#start!, bytes, before)
      before += length
      yield bytes
    }
  }

  /** Removes the file. Never throws. */
  drop(): void {
    this.#file.drop()
  }
}
