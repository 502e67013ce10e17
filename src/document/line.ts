/**
 * Lines of a text, one after another, without making strings or arrays of them. A line ends at `\n`, at `\r\n` or at a
 * lone `\r`, each one line break. Knows nothing of what stands in a line. Takes linear time on any text.
 */

const LF = 10
const CR = 13

/** Whether a UTF-16 unit is white space: what `\s` matches, line breaks included. */
export function isSpace(unit: number): boolean {
  if (unit <= 32) return unit === 32 || (unit >= 9 && unit <= 13)
  if (unit < 0xa0) return false
  return (
    unit === 0xa0 ||
    unit === 0x1680 ||
    (unit >= 0x2000 && unit <= 0x200a) ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000 ||
    unit === 0xfeff
  )
}

/** Whether a UTF-16 unit is a line feed or a carriage return. */
export function isLineBreak(unit: number): boolean {
  return unit === LF || unit === CR
}

/** Walks a text line by line: call {@link advance}, then read the fields. All are offsets in UTF-16 units. */
export class LineCursor {
  readonly text: string
  /** Where the line starts. */
  start: number
  /** Where it ends, its line break left out. */
  end: number
  /** Its first unit that is not white space; `end` where it has none. */
  first: number
  /** Where the next line starts. */
  next: number
  #lf = -1
  #cr = -1

  /** Begins before the line that starts at `at`. */
  constructor(text: string, at = 0) {
    this.text = text
    this.start = this.end = this.first = this.next = at
  }

  /** White space alone, or nothing. */
  get blank(): boolean {
    return this.first === this.end
  }

  /** Moves to the next line; false at the end of the text. A line break at the very end begins no further line. */
  advance(): boolean {
    const { text, next } = this
    if (next >= text.length) return false
    this.start = next
    // Each of the two searches passes over the text once in all: a file without `\r` is searched for it once.
    if (this.#lf < next) this.#lf = find(text, '\n', next)
    if (this.#cr < next) this.#cr = find(text, '\r', next)
    if (this.#lf < this.#cr) {
      this.end = this.#lf
      this.next = this.#lf + 1
    } else {
      this.end = this.#cr
      this.next = Math.min(text.length, this.#lf === this.#cr + 1 ? this.#lf + 1 : this.#cr + 1)
    }
    let first = next
    while (first < this.end && isSpace(text.charCodeAt(first))) first++
    this.first = first
    return true
  }

  /** Goes on at `at`, where a line starts: the current one or a later one. */
  skipTo(at: number): void {
    this.next = at
  }
}

function find(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from)
  return at < 0 ? text.length : at
}
