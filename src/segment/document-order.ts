/**
 * Which documents of the segments make the index, and in which order. Content stands in segments as it was written;
 * the index is a sequence of runs, each some documents that follow one another both in their segment and in the order
 * of paths. An index that was just built is one run. What no run covers has been replaced or removed.
 *
 * So a change costs a run or two, a rename moves one, and nothing that is read at opening grows with the text.
 */
import { GleanError } from '../errors.ts'

/** `documents` documents from number `document` of a segment on, whose chunks begin with number `chunk`. */
export type DocumentRun = readonly [
  segment: number,
  document: number,
  documents: number,
  chunk: number,
  chunks: number,
]

/** Half-open ranges of numbers, ascending and disjoint. */
export type Ranges = readonly (readonly [start: number, end: number])[]

/** A run with what stands before it in the order of the index. */
interface PlacedRun {
  readonly document: number
  readonly documents: number
  readonly chunk: number
  readonly chunks: number
  readonly documentsBefore: number
  readonly chunksBefore: number
}

export class DocumentOrder {
  /** The runs of each segment, in the order of the segment. */
  readonly #bySegment: PlacedRun[][]

  /** `runs` are in the order of paths. */
  constructor(runs: readonly DocumentRun[], segments: number) {
    this.#bySegment = Array.from({ length: segments }, () => [])
    let documentsBefore = 0
    let chunksBefore = 0
    for (const [segment, document, documents, chunk, chunks] of runs) {
      const run = { document, documents, chunk, chunks, documentsBefore, chunksBefore }
      this.#bySegment[segment]?.push(run)
      documentsBefore += documents
      chunksBefore += chunks
    }
    for (const own of this.#bySegment) own.sort((a, b) => a.document - b.document)
  }

  /** The chunks of a segment that are in the index. */
  chunks(segment: number): Ranges {
    return joined(this.#bySegment[segment]!.map(({ chunk, chunks }) => [chunk, chunk + chunks]))
  }

  /** The place of a segment's document in the order of paths. Throws `damaged` where it is not in the index. */
  rankOf(segment: number, document: number): number {
    const run = lastAtOrBefore(this.#bySegment[segment]!, document, ({ document: first }) => first)
    if (run && document < run.document + run.documents) return run.documentsBefore + document - run.document
    throw new GleanError(
      'damaged',
      `the index is damaged: document ${document} of segment ${segment} is not listed`,
    )
  }

  /** Tells the places of a segment's chunks in the order of the index. */
  places(segment: number): ChunkPlaces {
    return new ChunkPlaces(this.#bySegment[segment]!)
  }
}

/** The places of one segment's chunks in the order of the index: by path, then by line. Quickest in ascending order. */
export class ChunkPlaces {
  readonly #runs: readonly PlacedRun[]
  #at = 0

  constructor(runs: readonly PlacedRun[]) {
    this.#runs = runs
  }

  /** The place of a chunk that is in the index. */
  placeOf(chunk: number): number {
    let run = this.#runs[this.#at]!
    while (chunk < run.chunk) run = this.#runs[--this.#at]!
    while (chunk >= run.chunk + run.chunks) run = this.#runs[++this.#at]!
    return run.chunksBefore + chunk - run.chunk
  }
}

/** What lies in `[0, end)` between some ranges. */
export function gapsOf(ranges: Ranges, end: number): Ranges {
  const gaps: [number, number][] = []
  let at = 0
  for (const [start, stop] of [...ranges, [end, end] as const]) {
    if (start > at) gaps.push([at, start])
    at = stop
  }
  return gaps
}

/** Numbers that some ranges cover. */
export function sizeOf(ranges: Ranges): number {
  return ranges.reduce((sum, [start, end]) => sum + end - start, 0)
}

/** Ranges that touch made one, empty ones left out. */
function joined(ranges: readonly (readonly [number, number])[]): Ranges {
  const whole: [number, number][] = []
  for (const [start, end] of ranges) {
    if (start === end) continue
    const last = whole.at(-1)
    if (last?.[1] === start) last[1] = end
    else whole.push([start, end])
  }
  return whole
}

function lastAtOrBefore<T>(items: readonly T[], wanted: number, keyOf: (item: T) => number): T | undefined {
  let low = -1
  let high = items.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (keyOf(items[middle]!) <= wanted) low = middle
    else high = middle - 1
  }
  return items[low]
}
