/** A file of which is noted what was read: when all parts were read as any reader would, what is left is no part. */
import type { ByteFolder, ByteSource } from '../segment/byte-source.ts'

/** Bytes `[start, end)` of a file. */
export type Stretch = readonly [start: number, end: number]

export class RecordedFolder implements ByteFolder {
  readonly name: string
  readonly #folder: ByteFolder
  readonly #read = new Map<string, { readonly size: number; readonly stretches: Stretch[] }>()

  constructor(folder: ByteFolder) {
    this.name = folder.name
    this.#folder = folder
  }

  async open(file: string): Promise<ByteSource> {
    const source = await this.#folder.open(file)
    const stretches: Stretch[] = []
    this.#read.set(file, { size: source.size, stretches })
    return {
      size: source.size,
      read: (offset, length, into) => {
        stretches.push([offset, offset + length])
        // Thousands of neighbours are one stretch: what is kept does not grow with the file.
        if (stretches.length > 10_000) stretches.splice(0, stretches.length, ...joined(stretches))
        return source.read(offset, length, into)
      },
      close: () => source.close(),
    }
  }

  /** The stretches of a file that were not read. */
  unread(file: string): Stretch[] {
    const { size = 0, stretches = [] } = this.#read.get(file) ?? {}
    const unread: Stretch[] = []
    let at = 0
    for (const [start, end] of [...joined(stretches), [size, size] as const]) {
      if (start > at) unread.push([at, start])
      at = Math.max(at, end)
    }
    return unread
  }
}

function joined(stretches: readonly Stretch[]): Stretch[] {
  const whole: [number, number][] = []
  for (const [start, end] of stretches.toSorted((a, b) => a[0] - b[0])) {
    const last = whole.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else whole.push([start, end])
  }
  return whole
}
