/**
 * Asks the searching thread, one question of a kind at a time. While it works, only the newest of the questions that
 * come is kept: what was typed over is never searched for.
 */
import { Worker } from 'node:worker_threads'
import type { SourceLines } from '../../render/source-lines.ts'
import type { SearchOptions } from '../../search/options.ts'
import type { Hit, SearchResult } from '../../search/result.ts'
import type { Answer, Question, ThreadData } from './search-thread.ts'

/** What is done with answers. */
export interface Listener {
  found(result: SearchResult): void
  shown(lines: SourceLines): void
  failed(message: string): void
}

type Unnumbered = Question extends infer Each ? (Each extends Question ? Omit<Each, 'id'> : never) : never

export class Searcher {
  readonly #worker: Worker
  readonly #listener: Listener
  /** By kind: the one that is being answered, and the newest that waits. */
  readonly #asked = new Map<Question['kind'], number>()
  readonly #waiting = new Map<Question['kind'], Unnumbered>()
  #numbers = 0

  constructor(data: ThreadData, listener: Listener) {
    this.#listener = listener
    this.#worker = new Worker(new URL('./search-thread.js', import.meta.url), { workerData: data })
    this.#worker.on('message', (answer: Answer) => this.#take(answer))
    this.#worker.on('error', error => listener.failed(error.message))
  }

  search(query: string, options: SearchOptions): void {
    this.#ask({ kind: 'search', query, options })
  }

  /** The lines a hit's passage stands in, with so many around it. */
  lines(hit: Hit, context: number): void {
    this.#ask({ kind: 'lines', hit, context })
  }

  /** Ends the thread, whatever it is doing. */
  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #ask(question: Unnumbered): void {
    if (this.#asked.has(question.kind)) {
      this.#waiting.set(question.kind, question)
      return
    }
    const id = ++this.#numbers
    this.#asked.set(question.kind, id)
    this.#worker.postMessage({ ...question, id })
  }

  #take(answer: Answer): void {
    for (const [kind, id] of this.#asked) if (id === answer.id) this.#next(kind)
    if ('failure' in answer) this.#listener.failed(answer.failure)
    else if ('result' in answer) this.#listener.found(answer.result)
    else this.#listener.shown(answer.lines)
  }

  #next(kind: Question['kind']): void {
    this.#asked.delete(kind)
    const question = this.#waiting.get(kind)
    this.#waiting.delete(kind)
    if (question) this.#ask(question)
  }
}
