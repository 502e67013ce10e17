/** Typed arrays that grow as they are pushed to. `values` is the memory behind: read it again after every growth. */

const FIRST_CAPACITY = 1024

/** Whole numbers of 32 bits. */
export class GrowingInts {
  values = new Int32Array(FIRST_CAPACITY)
  length = 0

  push(value: number): void {
    if (this.length === this.values.length) this.#grow()
    this.values[this.length++] = value
  }

  /** A copy of what was pushed. */
  taken(): Int32Array<ArrayBuffer> {
    return this.values.slice(0, this.length)
  }

  #grow(): void {
    const grown = new Int32Array(this.values.length * 2)
    grown.set(this.values)
    this.values = grown
  }
}

/** Whole numbers from 0 to 65,535. */
export class GrowingShorts {
  values = new Uint16Array(FIRST_CAPACITY)
  length = 0

  push(value: number): void {
    if (this.length === this.values.length) this.#grow(1)
    this.values[this.length++] = value
  }

  /** Pushes a number of 32 bits, low half first. */
  pushLong(value: number): void {
    this.push(value)
    this.push(value >>> 16)
  }

  /** Pushes what stands in an array from `start` to `end`, which is mostly short. */
  pushAll(values: Uint16Array, start: number, end: number): void {
    if (this.length + end - start > this.values.length) this.#grow(end - start)
    for (let at = start; at < end; at++) this.values[this.length++] = values[at]!
  }

  #grow(more: number): void {
    const grown = new Uint16Array(Math.max(this.values.length * 2, this.length + more))
    grown.set(this.values)
    this.values = grown
  }
}
