/** Units read of late, kept in memory: a bounded number, those longest unused given up first. */

export class UnitCache<T> {
  readonly #capacity: number
  /** By offset, in the order of their last use. */
  readonly #units = new Map<number, T>()

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** The units kept. */
  values(): Iterable<T> {
    return this.#units.values()
  }

  /** The unit at an offset: the one kept, else what `read` gives. */
  async get(offset: number, read: () => T | Promise<T>): Promise<T> {
    const known = this.#units.get(offset)
    const unit = known ?? (await read())
    this.#units.delete(offset)
    this.#units.set(offset, unit)
    if (this.#units.size > this.#capacity) this.#units.delete(this.#units.keys().next().value!)
    return unit
  }
}
