/** Units read of late, kept in memory: a bounded number, those longest unused given up first. */

export class UnitCache<T> {
  readonly #capacity: number
  /** By offset, in the order of their last use. */
  readonly #units = new Map<number, T>()
  /** What is being read: who asks for it meanwhile waits for the same. */
  readonly #coming = new Map<number, Promise<T>>()

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
    const unit = known ?? (await this.#read(offset, read))
    this.#units.delete(offset)
    this.#units.set(offset, unit)
    if (this.#units.size > this.#capacity) this.#units.delete(this.#units.keys().next().value!)
    return unit
  }

  #read(offset: number, read: () => T | Promise<T>): T | Promise<T> {
    const coming = this.#coming.get(offset)
    if (coming) return coming
    const unit = read()
    if (!(unit instanceof Promise)) return unit
    const done = () => this.#coming.delete(offset)
    this.#coming.set(offset, unit)
    unit.then(done, done)
    return unit
  }
}
