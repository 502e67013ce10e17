/**
 * The postings of consecutive chunks, sorted by term: what one thread has found in some documents, and what is merged
 * with others of its kind into the postings of a segment. Flat memory that threads can share and a file can hold.
 *
 * The rows of a run are 16-bit numbers. For each of its terms, in ascending order of the terms themselves, they have the
 * term's number in some table and how many numbers its postings take, two each, low half first; then the postings. Of a
 * posting they have the chunk less that of the posting before (the first: the chunk itself, from the run's first),
 * {@link FAR} and two more numbers, low half first, where that is too much for one; then how often the term stands in the
 * text, if it stands nowhere else, else 0 and how often in text, headings and title; then its token ordinals, those of
 * the text first, then of the headings, then of the title.
 */
export interface PostingRun {
  /** Valid until the next run is taken. */
  readonly rows: Uint16Array
  /** The length code of each chunk. */
  readonly lengths: Uint8Array
}

/** Numbers that stand in the rows ahead of a term's postings. */
export const HEAD = 4

/** The number of the term whose head stands at a place in some rows. */
export function termAt(rows: Uint16Array, at: number): number {
  return rows[at]! + rows[at + 1]! * 0x10000
}

/** How many numbers its postings take. */
export function sizeAt(rows: Uint16Array, at: number): number {
  return rows[at + 2]! + rows[at + 3]! * 0x10000
}

/** Writes the number of a term. */
export function setTerm(rows: Uint16Array, at: number, term: number): void {
  rows[at] = term
  rows[at + 1] = term >>> 16
}

/** Writes how many numbers its postings take. */
export function setSize(rows: Uint16Array, at: number, size: number): void {
  rows[at + 2] = size
  rows[at + 3] = size >>> 16
}

/** Memory of so many bytes, that other threads can see where it is shared. */
export function memoryOf(bytes: number, isShared: boolean): ArrayBuffer | SharedArrayBuffer {
  return isShared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes)
}

/** Says that a number does not fit into 16 bits. */
export const FAR = 0xffff

/** Reads the postings of one term out of rows. */
export class PostingReader {
  /** The posting in hand: its chunk in the segment, how often the term stands in each field. */
  chunk = 0
  text = 0
  heading = 0
  title = 0
  /** Where its ordinals begin in the rows. */
  positions = 0
  rows: Uint16Array = new Uint16Array(0)
  #next = 0
  #end = 0

  /** Begins with the postings from `start` to `end`; `firstChunk` is the number of the run's first chunk. */
  begin(rows: Uint16Array, start: number, end: number, firstChunk: number): void {
    this.rows = rows
    this.#next = start
    this.#end = end
    this.chunk = firstChunk
  }

  /** Reads the next posting; false where there is none. */
  advance(): boolean {
    if (this.#next === this.#end) return false
    const { rows } = this
    let at = this.#next
    let gap = rows[at++]!
    if (gap === FAR) {
      gap = rows[at]! + rows[at + 1]! * 0x10000
      at += 2
    }
    this.chunk += gap
    this.text = rows[at++]!
    this.heading = this.title = 0
    if (this.text === 0) {
      this.text = rows[at]!
      this.heading = rows[at + 1]!
      this.title = rows[at + 2]!
      at += 3
    }
    this.positions = at
    this.#next = at + this.text + this.heading + this.title
    return true
  }
}
