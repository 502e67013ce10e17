/**
 * Where a cluster is: `sphinxql://host:9306/chunks?shards=host1:9316,host2:9316`. The host is asked, and asks all shards
 * itself; the shards are written to, each by its own port, in an order that stays. Copies of a shard are named with a
 * bar between them, `host1:9316|host3:9316`. Nothing is connected to here.
 */
import { GleanError } from '../errors.ts'

/** A server that speaks SphinxQL. */
export interface Endpoint {
  readonly host: string
  readonly port: number
}

export interface ClusterAddress {
  /** As it was given. */
  readonly location: string
  /** What is asked. */
  readonly reader: Endpoint
  /** The table of chunks. */
  readonly table: string
  /** The copies of each shard; empty where none was named, and then nothing can be written. */
  readonly shards: readonly (readonly Endpoint[])[]
  /** Milliseconds a server may take to answer. */
  readonly timeout: number
}

const SCHEME = 'sphinxql://'
const DEFAULT_PORT = 9306
const DEFAULT_TIMEOUT = 6000
const LONGEST_TIMEOUT = 600_000

/** Shards of a cluster: each has one of the virtual shards at least. */
export const MOST_SHARDS = 64
/** Copies of a shard. */
export const MOST_COPIES = 8

/** Whether a location is a cluster's. */
export function isCluster(location: string): boolean {
  return location.slice(0, SCHEME.length).toLowerCase() === SCHEME
}

/** Reads an address. Throws `usage` for one that cannot be taken. */
export function parseAddress(location: string): ClusterAddress {
  const wrong = (what: string): GleanError =>
    new GleanError(
      'usage',
      `${location} is no address of a cluster: ${what}; expected sphinxql://HOST:PORT/TABLE?shards=HOST:PORT,HOST:PORT`,
    )
  const [, authority = '', table = '', query = ''] =
    /^([^/?#]*)\/?([^/?#]*)(?:\?([^#]*))?$/.exec(location.slice(SCHEME.length)) ?? []
  const endpoint = (text: string): Endpoint => {
    const [, bracketed, plain, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([\w.-]+))(?::(\d{1,5}))?$/.exec(text) ?? []
    const host = bracketed ?? plain
    const number = port === undefined ? DEFAULT_PORT : Number(port)
    if (host === undefined || number < 1 || number > 65_535) throw wrong(`"${text}" is no HOST:PORT`)
    return { host, port: number }
  }
  if (authority === '') throw wrong('it names no host')
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(table))
    throw wrong(`"${table}" is no name of a table (a to z, 0 to 9 and _)`)
  const given = new URLSearchParams(query)
  for (const name of given.keys())
    if (name !== 'shards' && name !== 'timeout') throw wrong(`it has no part "${name}"`)
  const shards = (given.get('shards') ?? '')
    .split(',')
    .filter(Boolean)
    .map(copies => copies.split('|').map(endpoint))
  if (shards.length > MOST_SHARDS) throw wrong(`it names ${shards.length} shards, at most ${MOST_SHARDS}`)
  if (shards.some(copies => copies.length > MOST_COPIES))
    throw wrong(`a shard has more than ${MOST_COPIES} copies`)
  const all = shards.flat().map(shownEndpoint)
  const twice = all.find((each, place) => all.indexOf(each) !== place)
  if (twice !== undefined) throw wrong(`it names the shard ${twice} twice`)
  const timeout = Number(given.get('timeout') ?? DEFAULT_TIMEOUT)
  if (!Number.isInteger(timeout) || timeout < 1 || timeout > LONGEST_TIMEOUT)
    throw wrong('timeout is a number of milliseconds')
  return { location, reader: endpoint(authority), table, shards, timeout }
}

/** An endpoint as the user names it. */
export function shownEndpoint({ host, port }: Endpoint): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** The names of a cluster's tables: chunks, words, and every copy of the chunks by itself. */
export function tablesOf({ table }: Pick<ClusterAddress, 'table'>) {
  return { chunks: table, terms: `${table}_terms`, copies: `${table}_copies` } as const
}
