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
    if (this.length === this.values.length) this.#grow()
    this.values[this.length++] = value
  }

  #grow(): void {
    const grown = new Uint16Array(this.values.length * 2)
    grown.set(this.values)
    this.values = grown
  }
}
