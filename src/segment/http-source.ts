/**
 * Byte sources over HTTP range requests, for an index on any static host. Reads asked for in one turn of the event loop
 * become few requests: those that stand close together are fetched as one, and what is read on from where a request
 * ended is fetched ahead, twice as far each time. A host that answers a range with the whole file is taken at its word:
 * the file is kept and nothing more is asked for.
 */
import { GleanError, messageOf } from '../errors.ts'
import { type ByteFolder, type ByteRange, type ByteSource, whenRead } from './byte-source.ts'
import { memoryFolder } from './memory-source.ts'

/** As much of the platform's `fetch` as is used. */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>

export interface FetchInit {
  readonly headers?: Record<string, string>
  readonly signal?: AbortSignal
  readonly cache?: 'no-cache'
}

/** Bytes between two ranges that are fetched along with them rather than by a request of their own. */
const GAP = 512

/** Bytes fetched ahead of a reader that goes straight on, at the most. */
const LARGEST_AHEAD = 1 << 18

/** Bytes kept of each file; what was used longest ago is given up first. */
const KEPT = 32 << 20

/** Milliseconds until a request counts as lost, and before one that failed is made again. */
const TIMEOUT = 60_000
const PAUSE = 250

/** An index folder on a web server, under an absolute URL. `fetch` is the platform's where left out. */
export function httpFolder(
  url: string,
  fetch: Fetch = (at, init) => globalThis.fetch(at, init as RequestInit),
): HttpFolder {
  const urlOf = (file: string): string => {
    const at = new URL(url)
    at.pathname = `${at.pathname.replace(/\/+$/, '')}/${file}`
    at.hash = ''
    return at.href
  }
  const targetOf = (file: string): Target => ({ url: urlOf(file), shown: `${url}/${file}`, fetch })
  const whole = async (file: string, init: FetchInit = {}): Promise<Uint8Array> => {
    const target = targetOf(file)
    return bodyOf(await answer(target, init), target)
  }
  return {
    name: url,
    open: async (file, bytes) => {
      if (bytes !== undefined) return new HttpSource(targetOf(file), bytes)
      // Of unknown length, and replaced from time to time: whole, and never from a cache that has not asked.
      return memoryFolder({ [file]: await whole(file, { cache: 'no-cache' }) }, url).open(file)
    },
    whole,
  }
}

/** A folder on a web server. */
export interface HttpFolder extends ByteFolder {
  /** A file whole, in one request; it may come from a cache. Throws as `open` does. */
  whole(file: string): Promise<Uint8Array>
}

interface Target {
  readonly url: string
  /** How messages call it. */
  readonly shown: string
  readonly fetch: Fetch
}

/** A stretch of the file that is here or on its way. */
interface Held {
  readonly start: number
  readonly end: number
  bytes: Uint8Array | Promise<Uint8Array>
}

/** A read that waits for the end of the turn. */
interface Asked {
  readonly start: number
  readonly end: number
  take(bytes: Promise<Uint8Array>): void
}

class HttpSource implements ByteSource {
  readonly size: number
  readonly #target: Target
  readonly #closed = new AbortController()
  /** The whole file, once a server has sent that. */
  #whole: Promise<Uint8Array> | undefined
  /** In the order of their last use. */
  #held: Held[] = []
  #asked: Asked[] = []
  /** What was fetched last, where it was one stretch: whoever reads on from its end will go on so. */
  #last: { readonly start: number; readonly end: number } | undefined

  constructor(target: Target, size: number) {
    this.#target = target
    this.size = size
  }

  read(offset: number, length: number): Uint8Array | Promise<Uint8Array> {
    const end = offset + length
    const held = this.#find(offset, end)
    if (!held) return this.#ask(offset, end)
    return whenRead(held.bytes, bytes => bytes.subarray(offset - held.start, end - held.start))
  }

  prefetch(ranges: readonly ByteRange[]): void {
    for (const { offset, length } of ranges) {
      const end = Math.min(offset + length, this.size)
      // Whoever reads it is told what went wrong.
      if (end > offset && !this.#find(offset, end)) this.#ask(offset, end).catch(() => {})
    }
  }

  close(): void {
    this.#closed.abort()
    this.#held = []
  }

  #find(start: number, end: number): Held | undefined {
    const at = this.#held.findLastIndex(held => held.start <= start && held.end >= end)
    const held = this.#held[at]
    if (held && at < this.#held.length - 1) this.#held.push(...this.#held.splice(at, 1))
    return held
  }

  #ask(start: number, end: number): Promise<Uint8Array> {
    if (this.#asked.length === 0) setTimeout(() => this.#send(), 0)
    return new Promise((resolve, reject) => {
      const take = (bytes: Promise<Uint8Array>): void => {
        bytes.then(resolve, reject)
      }
      this.#asked.push({ start, end, take })
    })
  }

  /** Makes requests of what has been asked for. */
  #send(): void {
    const asked = this.#asked.sort((a, b) => a.start - b.start)
    this.#asked = []
    const stretches: { start: number; end: number; of: Asked[] }[] = []
    for (const each of asked) {
      const last = stretches.at(-1)
      if (!last || each.start > last.end + GAP)
        stretches.push({ start: each.start, end: each.end, of: [each] })
      else {
        last.end = Math.max(last.end, each.end)
        last.of.push(each)
      }
    }
    const [only, ...others] = stretches
    if (only && others.length === 0) this.#lookAhead(only)
    else this.#last = undefined
    for (const { start, end, of } of stretches) {
      const bytes = this.#hold(start, end)
      for (const each of of) each.take(bytes.then(all => all.subarray(each.start - start, each.end - start)))
    }
  }

  /**
   * Widens a stretch that goes on where the last request, made alone as well, ended: what was fetched ahead need not end
   * where a read does.
   */
  #lookAhead(stretch: { start: number; end: number }): void {
    const last = this.#last
    if (last && last.start < stretch.start && stretch.start <= last.end) {
      const ahead = Math.min(2 * (last.end - last.start), LARGEST_AHEAD)
      stretch.end = Math.min(Math.max(stretch.end, stretch.start + ahead), this.size)
    }
    this.#last = { start: stretch.start, end: stretch.end }
  }

  /** Fetches a stretch and keeps it. */
  #hold(start: number, end: number): Promise<Uint8Array> {
    const bytes = this.#fetch(start, end)
    const held: Held = { start, end, bytes }
    this.#held.push(held)
    const isHeld = (): boolean => this.#held.includes(held)
    bytes.then(
      there => {
        held.bytes = there
        this.#giveUp()
      },
      () => {
        // What failed may be asked for again.
        if (isHeld()) this.#held.splice(this.#held.indexOf(held), 1)
      },
    )
    return bytes
  }

  #giveUp(): void {
    let kept = this.#held.reduce((sum, { start, end }) => sum + end - start, 0)
    while (kept > KEPT && this.#held.length > 1) {
      const { start, end } = this.#held.shift()!
      kept -= end - start
    }
  }

  async #fetch(start: number, end: number): Promise<Uint8Array> {
    if (this.#whole) return (await this.#whole).subarray(start, end)
    const response = await answer(this.#target, {
      headers: { range: `bytes=${start}-${end - 1}` },
      signal: this.#closed.signal,
    })
    if (response.status === 206) {
      this.#mustBeRange(response, start)
      return this.#mustHave(await bodyOf(response, this.#target), end - start)
    }
    if (this.#whole) await response.body?.cancel()
    else {
      this.#whole = bodyOf(response, this.#target).then(bytes => this.#mustHave(bytes, this.size))
      this.#held = [{ start: 0, end: this.size, bytes: this.#whole }]
    }
    return (await this.#whole!).subarray(start, end)
  }

  /** The header may be hidden from a page of another origin; then length and checksums must do. */
  #mustBeRange(response: Response, start: number): void {
    const header = response.headers.get('content-range')
    const found = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(header ?? '')
    if (header === null || (found && Number(found[1]) === start && ['*', `${this.size}`].includes(found[2]!)))
      return
    throw this.#damaged(`bytes from ${start} on of ${this.size}`, header)
  }

  #mustHave(bytes: Uint8Array, length: number): Uint8Array {
    if (bytes.length === length) return bytes
    throw this.#damaged(`${length} bytes`, `${bytes.length}`)
  }

  #damaged(expected: string, got: string): GleanError {
    return new GleanError(
      'damaged',
      `${this.#target.shown} is not what the manifest names: expected ${expected}, the server sent ${got}; put the whole index there again`,
    )
  }
}

/** The server's answer, if it is a good one; asked for once more where the network or the server failed. */
async function answer({ url, shown, fetch }: Target, init: FetchInit): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const timeout = AbortSignal.timeout(TIMEOUT)
    const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout
    const response = await fetch(url, { ...init, signal }).catch((thrown: unknown) => {
      if (attempt > 1 || signal.aborted)
        throw new GleanError('io', `cannot fetch ${shown}: ${messageOf(thrown)}`, { cause: thrown })
      return undefined
    })
    if (response?.ok) return response
    const status = response?.status ?? 0
    await response?.body?.cancel()
    if (status === 404 || status === 410)
      throw new GleanError('not-found', `cannot open ${shown}: the server has no such file (${status})`)
    if (status === 416)
      throw new GleanError(
        'damaged',
        `${shown} is shorter than the manifest says; put the whole index there again`,
      )
    const isPassing = status === 0 || status === 429 || status >= 500
    if (attempt > 1 || !isPassing)
      throw new GleanError('io', `cannot fetch ${shown}: the server answered ${status}`)
    await new Promise(resolve => setTimeout(resolve, PAUSE))
  }
}

async function bodyOf(response: Response, { shown }: Target): Promise<Uint8Array> {
  try {
    return new Uint8Array(await response.arrayBuffer())
  } catch (thrown) {
    throw new GleanError('io', `cannot fetch ${shown}: ${messageOf(thrown)}`, { cause: thrown })
  }
}
