/**
 * The HTTP server: the search page and the API over one index. Answers GET and HEAD, from memory or from the threads of
 * its pool, and touches no file a client names.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, isIPv6 } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'
import { GleanError, messageOf } from '../errors.ts'
import { AnswerCache } from './answer-cache.ts'
import { jobOf } from './asked.ts'
import { Events } from './events.ts'
import { COOKIE, LOOPBACK, refusalOf, tokenOf } from './guard.ts'
import type { Job, Outcome } from './job.ts'
import { markOf, PATIENCE, patientMark } from './live-index.ts'
import type { McpEndpoint } from './mcp-http.ts'
import { openApi } from './openapi.ts'
import { type PageFile, pageFiles } from './page-files.ts'
import { reply, replyError, replyJson, statusOf } from './reply.ts'
import { Refused, WorkerPool } from './worker-pool.ts'

export interface ServeOptions {
  /** The index, as `openIndex` takes it. */
  readonly index: string
  readonly cwd: string
  /** The address to listen on. */
  readonly host: string
  /** 0 for any that is free. */
  readonly port: number
  /** Further names the server answers to. */
  readonly names?: readonly string[]
  /** What a client that is not on this machine has to know. */
  readonly token?: string | undefined
  readonly threads: number
  /** Milliseconds a request may take. */
  readonly timeout: number
  readonly version: string
  /** Whether to answer agents too, at `/mcp`. */
  readonly mcp?: boolean
}

export interface RunningServer {
  /** Where it answers, with a slash at the end. */
  readonly url: string
  /** Tells every page that listens; `data` is sent as JSON. */
  tell(event: ServerEvent, data: object): void
  /** Ends it: no new requests, a while for those under way. */
  close(): Promise<void>
}

/** What pages are told by who runs the server: how far an update of the index is, that one has ended, that one failed. */
export type ServerEvent = 'progress' | 'update' | 'problem'

/** Requests that may wait for a thread. */
const QUEUE = 256

/** UTF-16 units of a URL at the most: a few parameters of the longest length, escaped. */
const LONGEST_URL = 12_288

/** Milliseconds a client has for its request, between two of them, and for the last when the server is to end. */
const REQUEST_TIME = 10_000
const IDLE_TIME = 5_000
const GRACE = 3_000

/** Milliseconds between two looks at the manifest, for those who listen. */
const WATCH = 1000

/** Starts it. Throws `io` where the port cannot be had. */
export async function startServer(options: ServeOptions): Promise<RunningServer> {
  const { index, cwd, threads, timeout } = options
  const server = createServer({
    connectionsCheckingInterval: 1000,
    headersTimeout: REQUEST_TIME,
    requestTimeout: REQUEST_TIME,
    keepAliveTimeout: IDLE_TIME,
  })
  server.maxConnections = 1024
  await listen(server, options)
  const pool = new WorkerPool({ index, cwd, threads, queue: QUEUE, timeout })
  const answers = new AnswerCache({ run: job => pool.run(job), mark: patientMark(index, cwd) })
  const mcp = options.mcp ? await mcpOf(answers, options.version) : undefined
  const site = new Site(options, (server.address() as AddressInfo).port, answers, mcp)
  server.on('request', (request, response) => {
    site.answer(request, response).catch(() => fail(response))
  })
  server.on('clientError', (_, socket) => {
    if (socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
    else socket.destroy()
  })
  const close = async (): Promise<void> => {
    site.close()
    const ended = new Promise(resolve => server.close(resolve))
    server.closeIdleConnections()
    const timer = setTimeout(() => server.closeAllConnections(), GRACE)
    await ended
    clearTimeout(timer)
    await mcp?.close()
    await pool.close()
  }
  return { url: site.url, tell: (event, data) => site.tell(event, data), close }
}

/** Loaded only where it is asked for: it is larger than all the rest. */
async function mcpOf(answers: AnswerCache, version: string): Promise<McpEndpoint> {
  const { mcpEndpoint } = await import('./mcp-http.ts')
  const ask = (job: Job): Promise<Outcome> =>
    answers.run(job).catch((thrown: unknown) => {
      if (!(thrown instanceof Refused)) throw thrown
      return {
        code: 'usage',
        message: `the server gave no answer (${thrown.reason}); ask for less, or later`,
      }
    })
  return mcpEndpoint(ask, version)
}

function listen(server: Server, { host, port }: ServeOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', thrown => {
      const { code } = thrown as NodeJS.ErrnoException
      const remedy =
        code === 'EADDRINUSE' ? 'it is taken; choose another: --port N, or 0 for any' : messageOf(thrown)
      reject(new GleanError('io', `cannot listen on ${host}, port ${port}: ${remedy}`, { cause: thrown }))
    })
    server.listen(port, host, resolve)
  })
}

function fail(response: ServerResponse): void {
  if (response.headersSent) response.destroy()
  else replyError(response, 500, 'internal', 'this should not happen')
}

/** What is at which path. */
class Site {
  readonly url: string
  readonly #options: ServeOptions
  readonly #port: number
  readonly #answers: AnswerCache
  readonly #hosts: ReadonlySet<string>
  readonly #files: ReadonlyMap<string, PageFile> = pageFiles('Search')
  readonly #events = new Events()
  readonly #watch: NodeJS.Timeout
  readonly #mcp: McpEndpoint | undefined
  #mark: string | undefined

  constructor(options: ServeOptions, port: number, answers: AnswerCache, mcp: McpEndpoint | undefined) {
    this.#options = options
    this.#mcp = mcp
    this.#port = port
    this.#answers = answers
    this.#hosts = namesOf(options)
    this.url = `http://${isIPv6(options.host) ? `[${options.host}]` : options.host}:${port}/`
    this.#mark = markOf(options.index, options.cwd)
    this.#watch = setInterval(() => void this.#tell(), WATCH)
    this.#watch.unref()
  }

  tell(event: ServerEvent, data: object): void {
    this.#events.send(event, data)
  }

  close(): void {
    clearInterval(this.#watch)
    this.#events.close()
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { token } = this.#options
    const refusal = refusalOf(request, { hosts: this.#hosts, port: this.#port, token })
    if (refusal) {
      const challenge = refusal.status === 401 ? { 'www-authenticate': 'Bearer' } : undefined
      return replyError(response, refusal.status, 'refused', refusal.message, challenge)
    }
    if (this.#mcp && request.url?.split('?', 1)[0] === '/mcp') return this.#mcp.answer(request, response)
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return replyError(response, 405, 'usage', 'only GET and HEAD are answered', {
        allow: 'GET, HEAD',
        connection: 'close',
      })
    }
    const url = urlOf(request)
    if (url === undefined)
      return replyError(response, 400, 'usage', 'the URL cannot be read', { connection: 'close' })
    if (request.url!.length > LONGEST_URL) {
      return replyError(response, 414, 'usage', `a URL may have ${LONGEST_URL} characters`, {
        connection: 'close',
      })
    }
    if (url.searchParams.has('token') && token !== undefined) return keepToken(request, response, url)
    const file = this.#files.get(url.pathname)
    if (file) return replyFile(request, response, file)
    await this.#answerApi(url, response)
  }

  async #answerApi({ pathname, searchParams }: URL, response: ServerResponse): Promise<void> {
    if (pathname === '/api/openapi.json')
      return replyJson(response, 200, JSON.stringify(openApi(this.#options.version)))
    if (pathname === '/api/events') {
      if (!this.#events.listen(response)) replyBusy(response)
      return
    }
    try {
      const job = jobOf(pathname, searchParams)
      if (job === undefined) return replyError(response, 404, 'not-found', 'there is nothing at this path')
      await this.#do(job, response)
    } catch (thrown) {
      if (!(thrown instanceof GleanError)) throw thrown
      replyError(response, statusOf(thrown.code), thrown.code, thrown.message)
    }
  }

  async #do(job: Job, response: ServerResponse): Promise<void> {
    try {
      const outcome = await this.#answers.run(job)
      if ('json' in outcome) return replyJson(response, 200, outcome.json)
      const { code, message } = outcome
      replyError(response, statusOf(code), code ?? 'internal', code ? message : 'this should not happen')
    } catch (thrown) {
      if (!(thrown instanceof Refused)) throw thrown
      if (thrown.reason !== 'timeout') return replyBusy(response)
      const { timeout } = this.#options
      replyError(response, 504, 'timeout', `no answer within ${timeout} ms; ask for less, or for rarer words`)
    }
  }

  /** Looks whether the index has become another, and tells those who listen. */
  async #tell(): Promise<void> {
    const mark = markOf(this.#options.index, this.#options.cwd)
    if (mark === undefined || mark === this.#mark) return
    this.#mark = mark
    // Until no thread takes the index before it for the last any more: whoever is told asks at once.
    await new Promise(resolve => setTimeout(resolve, PATIENCE + 50))
    const outcome = await this.#answers.run({ call: 'stats' }).catch(() => undefined)
    if (outcome === undefined || !('json' in outcome)) return
    const { documents, chunks } = JSON.parse(outcome.json) as { documents: number; chunks: number }
    this.#events.send('index', { documents, chunks }, true)
  }
}

/** The names a request may call the server by. */
function namesOf({ host, names = [] }: ServeOptions): ReadonlySet<string> {
  const own = isLoopback(host) ? [] : [hostname(), ...addresses()]
  const bracketed = isIPv6(host) ? `[${host}]` : host
  return new Set([...LOOPBACK, bracketed, ...own, ...names].map(name => name.toLowerCase()))
}

/** Whether only this machine can reach an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host)
}

function addresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap(each => each ?? [])
    .map(({ address }) => (isIPv6(address) ? `[${address}]` : address))
}

/** Put behind a host, not resolved against one: what begins with two slashes is a path like any other. */
function urlOf({ url }: IncomingMessage): URL | undefined {
  const whole = `http://localhost${url}`
  return url?.startsWith('/') && URL.canParse(whole) ? new URL(whole) : undefined
}

/** The token goes from the URL, which is seen and stored, into a cookie that scripts cannot read. */
function keepToken(request: IncomingMessage, response: ServerResponse, url: URL): void {
  const cookie = `${COOKIE}=${encodeURIComponent(tokenOf(request) ?? '')}; HttpOnly; SameSite=Strict; Path=/`
  url.searchParams.delete('token')
  reply(response, 303, 'text/plain; charset=utf-8', '', {
    'set-cookie': cookie,
    location: `${url.pathname}${url.search}`,
  })
}

function replyFile(
  { headers }: IncomingMessage,
  response: ServerResponse,
  { type, bytes, gzipped }: PageFile,
): void {
  const isGzip = /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''))
  const encoding: Record<string, string> = isGzip ? { 'content-encoding': 'gzip' } : {}
  reply(response, 200, type, isGzip ? gzipped : bytes, {
    vary: 'accept-encoding',
    'cache-control': 'no-cache',
    ...encoding,
  })
}

function replyBusy(response: ServerResponse): void {
  replyError(response, 503, 'busy', 'too many requests at once; ask again in a moment', {
    'retry-after': '1',
  })
}
