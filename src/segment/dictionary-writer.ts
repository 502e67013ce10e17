/**
 * Writes a sorted table of strings with a few bytes of information each, in blocks of about 2 KB: the term dictionary
 * and, with other information, the form tables and the list of documents.
 *
 * A block is a varint of how many entries there are and one of how many bytes their keys take; then for each entry the
 * bytes its key shares with the one before, how many more it has, those, and the length of its information; then the
 * information of all, one after the other: keys stand close together, and a scan over them does not touch what it does
 * not need. The index over the blocks has as its second number the ordinal of the block's first key.
 */
import { ByteWriter, encodeUtf8 } from './bytes.ts'
import type { Root } from './paged-index.ts'
import type { UnitSink } from './unit.ts'
import { type WaitingRoom, WaitingUnits } from './waiting-units.ts'

/** Bytes of a block, where its table does not say otherwise. */
const BLOCK_BYTES = 2048

/** How a table is written. */
export interface DictionaryPlan {
  /** From so many bytes on a block is full. */
  readonly blockBytes?: number
  /** Where blocks wait until they are written; in memory where left out. */
  readonly room?: WaitingRoom | undefined
}

/** Takes keys in ascending (UTF-16) order, then writes them. */
export class DictionaryWriter {
  readonly #keys = new ByteWriter()
  readonly #infos = new ByteWriter()
  readonly #blocks: WaitingUnits<string>
  #firstKey = ''
  #lastKey: Uint8Array = new Uint8Array(0)
  #count = 0

  readonly #payload = new ByteWriter()
  readonly #blockBytes: number

  /** Keys added so far, in all. */
  size = 0

  constructor({ blockBytes = BLOCK_BYTES, room }: DictionaryPlan = {}) {
    this.#blockBytes = blockBytes
    this.#blocks = new WaitingUnits(room)
  }

  add(key: string, information: Uint8Array): void {
    if (this.#keys.length + this.#infos.length >= this.#blockBytes) this.#closeBlock()
    const bytes = encodeUtf8(key)
    if (this.#count === 0) this.#firstKey = key
    const shared = this.#count === 0 ? 0 : sharedPrefix(this.#lastKey, bytes)
    this.#keys.varint(shared)
    this.#keys.varint(bytes.length - shared)
    this.#keys.raw(bytes.subarray(shared))
    this.#keys.varint(information.length)
    this.#infos.raw(information)
    this.#lastKey = bytes
    this.#count++
    this.size++
  }

  /** Writes the blocks side by side, then the pages over them. */
  finish(out: UnitSink): Root<string> {
    if (this.#count > 0) this.#closeBlock()
    return this.#blocks.write(out)
  }

  #closeBlock(): void {
    const payload = this.#payload
    payload.varint(this.#count)
    payload.varint(this.#keys.length)
    payload.raw(this.#keys.view())
    payload.raw(this.#infos.view())
    this.#blocks.add(this.#firstKey, this.size - this.#count, payload.view())
    payload.clear()
    this.#keys.clear()
    this.#infos.clear()
    this.#count = 0
  }
}

function sharedPrefix(a: Uint8Array, b: Uint8Array): number {
  const limit = Math.min(a.length, b.length)
  let length = 0
  while (length < limit && a[length] === b[length]) length++
  return length
}
