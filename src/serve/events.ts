/**
 * Server-sent events: tells every page that listens when the index has become another, so that it may ask again, and how
 * far an update is. A comment now and then keeps the connection open.
 */
import type { ServerResponse } from 'node:http'

/** Pages that may listen at a time. */
const MOST_LISTENERS = 256

const HEARTBEAT = 15_000

export class Events {
  readonly #listeners = new Set<ServerResponse>()
  readonly #timer = setInterval(() => this.#write(':\n\n'), HEARTBEAT)
  #last = ''

  constructor() {
    this.#timer.unref()
  }

  /** False where too many listen already. */
  listen(response: ServerResponse): boolean {
    if (this.#listeners.size >= MOST_LISTENERS) return false
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    response.write(`retry: 3000\n\n${this.#last}`)
    this.#listeners.add(response)
    response.on('close', () => this.#listeners.delete(response))
    return true
  }

  /** `data` is sent as JSON; who listens later is sent the last of those that are kept. */
  send(event: string, data: object, isKept = false): void {
    const message = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
    if (isKept) this.#last = message
    this.#write(message)
  }

  close(): void {
    clearInterval(this.#timer)
    for (const response of this.#listeners) response.end()
    this.#listeners.clear()
  }

  #write(text: string): void {
    for (const response of this.#listeners) {
      // Whoever does not read what it is sent is sent no more.
      if (response.writableLength > 1 << 16) response.destroy()
      else response.write(text)
    }
  }
}
