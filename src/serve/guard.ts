/**
 * Who may ask. A server on loopback is reachable from every page the user has open, and by a name that was made to point
 * there (DNS rebinding): so the host named in a request has to be one of ours, and so has the page it comes from.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export interface GuardOptions {
  /** Names the server answers to, lower-cased, without a port. */
  readonly hosts: ReadonlySet<string>
  readonly port: number
  /** What a client that is not on this machine has to know; undefined where nothing is asked of it. */
  readonly token: string | undefined
}

export interface Refusal {
  readonly status: 401 | 403
  readonly message: string
}

/** Names of this machine that mean itself. */
export const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/** The cookie that carries the token of a browser. */
export const COOKIE = 'gleaner-token'

/** Why a request is not answered; undefined where it is. */
export function refusalOf(request: IncomingMessage, options: GuardOptions): Refusal | undefined {
  const { host, origin } = request.headers
  if (!isOurs(host, options)) {
    return { status: 403, message: `this server does not answer to the host ${quoted(host)}` }
  }
  if (origin !== undefined && !isOurs(origin.replace(/^https?:\/\//, ''), options)) {
    return { status: 403, message: `pages of ${quoted(origin)} may not ask this server` }
  }
  // A page of another site that only embeds what it asks for sends no origin.
  const isEmbedded =
    request.headers['sec-fetch-site'] === 'cross-site' && request.headers['sec-fetch-mode'] !== 'navigate'
  if (isEmbedded) return { status: 403, message: 'pages of other sites may not ask this server' }
  if (options.token !== undefined && !isLocal(request) && !isKnown(tokenOf(request), options.token)) {
    return {
      status: 401,
      message: 'this server wants its token: Authorization: Bearer TOKEN, or ?token=TOKEN once',
    }
  }
  return undefined
}

/** Whether a host, with its port where it has one, is the server's. */
function isOurs(host: string | undefined, { hosts, port }: GuardOptions): boolean {
  const [, name, given] = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(\d+))?$/i.exec(host ?? '') ?? []
  if (name === undefined) return false
  // Behind a proxy the port is another; a name that is no address is then given on purpose.
  const isPort = given === undefined ? true : Number(given) === port
  return hosts.has(name.toLowerCase()) && isPort
}

function isLocal({ socket }: IncomingMessage): boolean {
  const address = socket.remoteAddress ?? ''
  return address === '::1' || /^(?:::ffff:)?127\./.test(address)
}

/** The token a request carries: in a header, a cookie, or once in its URL. */
export function tokenOf({ headers, url }: IncomingMessage): string | undefined {
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return bearer
  const cookie = (headers.cookie ?? '').split('; ').find(each => each.startsWith(`${COOKIE}=`))
  if (cookie !== undefined) return decoded(cookie.slice(COOKIE.length + 1))
  return /[?&]token=([^&#]*)/.exec(url ?? '')?.[1]?.replace(/.*/s, decoded)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Takes as long for a token that is nearly right as for any other. */
function isKnown(given: string | undefined, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return given !== undefined && timingSafeEqual(digest(given), digest(token))
}

function quoted(text: string | undefined): string {
  return text === undefined ? 'none' : JSON.stringify(text.slice(0, 100))
}
