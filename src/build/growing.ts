/** Typed arrays that grow as they are pushed to. `values` is the memory behind: read it again after every growth. */

const FIRST_CAPACITY = 1024

/** Whole numbers of 32 bits. */
export class GrowingInts {
  values = new Int32Array(FIRST_CAPACITY)
  length = 0

  push(value: number): void {
    if (this.length === this.values.length) this.#grow(this.length + 1)
    this.values[this.length++] = value
  }

  #grow(needed: number): void {
    const grown = new Int32Array(Math.max(needed, this.values.length * 2))
    grown.set(this.values)
    this.values = grown
  }
}

/** Whole numbers from 0 to 65,535. */
export class GrowingShorts {
  values = new Uint16Array(FIRST_CAPACITY)
  length = 0

  push(value: number): void {
    if (this.length === this.values.length) this.resize(this.length + 1)
    else this.length++
    this.values[this.length - 1] = value
  }

  /** Makes room for `length` values; new ones are 0 until they are set. */
  resize(length: number): void {
    if (length > this.values.length) {
      const grown = new Uint16Array(Math.max(length, this.values.length * 2))
      grown.set(this.values)
      this.values = grown
    }
    this.length = length
  }
}
