/**
 * Units that wait until they can be put into a file, side by side and with the pages over them: the checksum of each
 * depends on where it will stand. They lie in flat memory, and, where they are given a file to wait in, most of them there.
 *
 * A unit that waits is its key (a varint or a string), varints of its second number and its bytes, and these. So many of
 * them as fill a sheet go to the file together, and come back together.
 */
import { ByteReader, ByteWriter } from './bytes.ts'
import type { Key } from './index-page.ts'
import { PagedIndexWriter, type Root } from './paged-index.ts'
import type { UnitSink } from './unit.ts'

/** Bytes from which on a sheet is full. */
const SHEET_BYTES = 1 << 16

/** A file to wait in. */
export interface WaitingRoom {
  /** Takes bytes; gives where they begin. Throws `io`. */
  append(bytes: Uint8Array): { readonly offset: number }
  /** Fills some memory with what begins at an offset. Throws `io`. */
  read(offset: number, bytes: Uint8Array): void
}

/** What a paged index knows of a unit, and its bytes: valid until the next is asked for. */
export interface WaitingUnit<K extends Key> {
  readonly key: K
  readonly extra: number
  readonly payload: Uint8Array
}

/** Takes units in ascending order of key. */
export class WaitingUnits<K extends Key> {
  readonly #room: WaitingRoom | undefined
  /** What has not gone to the file, and where there what has gone begins and ends. */
  readonly #sheet = new ByteWriter()
  readonly #sheets: (readonly [start: number, end: number])[] = []
  #areStrings = false

  /** They wait in memory where there is no room for them. */
  constructor(room?: WaitingRoom) {
    this.#room = room
  }

  /** Takes a copy of a unit. Throws `io`. */
  add(key: K, extra: number, payload: Uint8Array): void {
    const sheet = this.#sheet
    this.#areStrings = typeof key === 'string'
    if (typeof key === 'string') sheet.string(key)
    else sheet.varint(key)
    sheet.varint(extra)
    sheet.varint(payload.length)
    sheet.raw(payload)
    if (!this.#room || sheet.length < SHEET_BYTES) return
    const { offset } = this.#room.append(sheet.view())
    this.#sheets.push([offset, offset + sheet.length])
    sheet.clear()
  }

  /** All of them, in order, as often as it is asked. Throws `io`. */
  *all(): Generator<WaitingUnit<K>> {
    let memory = new Uint8Array(0)
    for (const [start, end] of this.#sheets) {
      if (memory.length < end - start) memory = new Uint8Array(end - start)
      const sheet = memory.subarray(0, end - start)
      this.#room!.read(start, sheet)
      yield* this.#read(sheet)
    }
    yield* this.#read(this.#sheet.view())
  }

  /** Puts them into a file, and then the pages over them. Throws `io`. */
  write(out: UnitSink): Root<K> {
    const index = new PagedIndexWriter<K>()
    for (const { key, extra, payload } of this.all()) index.add(key, extra, out.unit(payload))
    return index.finish(out)
  }

  *#read(sheet: Uint8Array): Generator<WaitingUnit<K>> {
    const reader = new ByteReader(sheet)
    while (!reader.done) {
      const key: Key = this.#areStrings ? reader.string() : reader.varint()
      const extra = reader.varint()
      yield { key: key as K, extra, payload: reader.raw(reader.varint()) }
    }
  }
}
