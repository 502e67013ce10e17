/**
 * What was read of a segment's lists, kept for the next query of a process that stays: words are asked for as they are
 * written, the common ones again and again. As much as a bound allows; the lists longest unused are given up first.
 */
import type { SkipTable } from './skip-table.ts'
import { UnitRun } from './unit-run.ts'

/** Bytes of what is kept, at the most. */
const MOST = 8 << 20
/** Of a segment, at the most: one part of so many. */
const SHARE = 8

/** Bytes that a list takes beside those that were read. */
const BESIDE = 1 << 10

/** What was read of a list. */
export interface KeptList {
  skips: SkipTable | undefined
  readonly postings: UnitRun
  readonly positions: UnitRun
}

export class KeptLists {
  readonly #most: number
  /** By the offset of the list, in the order of their last use. */
  readonly #lists = new Map<number, { readonly list: KeptList; bytes: number }>()
  #bytes = 0

  /** `bytes` is the size of the segment. */
  constructor(bytes: number) {
    this.#most = Math.min(MOST, bytes / SHARE)
  }

  /** The list at an offset, with whatever was read of it. */
  at(offset: number): KeptList {
    const known = this.#lists.get(offset)
    const kept = known ?? this.#begin(offset)
    this.#lists.delete(offset)
    this.#lists.set(offset, kept)
    if (!known) this.#add(BESIDE)
    return kept.list
  }

  #begin(offset: number): { readonly list: KeptList; bytes: number } {
    const count = (bytes: number): void => {
      kept.bytes += bytes
      // One that was given up is still read by whoever has it.
      if (this.#lists.get(offset) === kept) this.#add(bytes)
    }
    const list = { skips: undefined, postings: new UnitRun(count), positions: new UnitRun(count) }
    const kept = { list, bytes: BESIDE }
    return kept
  }

  #add(bytes: number): void {
    this.#bytes += bytes
    for (const [offset, { bytes }] of this.#lists) {
      if (this.#bytes <= this.#most) return
      this.#lists.delete(offset)
      this.#bytes -= bytes
    }
  }
}
