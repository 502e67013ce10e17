/** Gathers questions that are asked in the same moment, and asks them at once: each turn over a network takes its time. */
import type { Answer } from './reader.ts'

interface Waiting {
  readonly select: string
  readonly resolve: (answer: Answer) => void
  readonly reject: (thrown: unknown) => void
}

export class Batch {
  readonly #askAll: (selects: readonly string[]) => Promise<Answer[]>
  #waiting: Waiting[] = []

  constructor(askAll: (selects: readonly string[]) => Promise<Answer[]>) {
    this.#askAll = askAll
  }

  /** The answer to a SELECT. */
  ask(select: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#send())
      this.#waiting.push({ select, resolve, reject })
    })
  }

  async #send(): Promise<void> {
    const waiting = this.#waiting
    this.#waiting = []
    try {
      const answers = await this.#askAll(waiting.map(({ select }) => select))
      for (const [place, { resolve }] of waiting.entries()) resolve(answers[place]!)
    } catch (thrown) {
      for (const { reject } of waiting) reject(thrown)
    }
  }
}
