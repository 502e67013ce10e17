/**
 * The configuration files of a cluster: one for each copy of a shard, and one for the server that is asked. Text only:
 * whoever runs the daemons puts them where they belong.
 */
import { join } from 'node:path'
import { GleanError } from '../errors.ts'
import { type Endpoint, shownEndpoint, tablesOf } from './address.ts'
import { CHARSET } from './sql.ts'

/** Where a daemon runs: its port for SphinxQL, and the next but one, or another, for other daemons. */
export interface Daemon extends Endpoint {
  /** The port that the server which is asked speaks to. */
  readonly agentPort: number
  /** Its folder for data and log, absolute on its host. */
  readonly folder: string
}

export interface ClusterLayout {
  readonly table: string
  /** The copies of each shard. */
  readonly shards: readonly (readonly Daemon[])[]
  readonly reader: Omit<Daemon, 'agentPort'>
}

/** Milliseconds within which a shard must answer the server that asks it, and be connected to. */
const AGENT_TIMEOUT = 4000
const CONNECT_TIMEOUT = 500
/** The same where every copy is asked how it stands: what takes longer is as good as away. */
const STATE_TIMEOUT = 1000
const STATE_CONNECT_TIMEOUT = 300

/** The configuration of one copy of a shard. */
export function shardConfig({ table }: Pick<ClusterLayout, 'table'>, daemon: Daemon): string {
  const { chunks, terms } = tablesOf({ table })
  const path = (name: string) => join(daemon.folder, name)
  return `# One shard of a gleaner cluster, ${shownEndpoint(daemon)}. It knows no passwords: only trusted machines may reach it.
${section(`index ${chunks}`, [
  'type = rt',
  `path = ${path(chunks)}`,
  'rt_mem_limit = 512M',
  ...['mark', 'text', 'heading', 'title', 'parts'].map(name => `rt_field = ${name}`),
  'rt_attr_bigint = doc',
  'rt_attr_uint = ordinal',
  'rt_attr_uint = len',
  ...['path', 'body', 'about'].map(name => `rt_attr_string = ${name}`),
  ...WORDS,
])}
${section(`index ${terms}`, [
  'type = rt',
  `path = ${path(terms)}`,
  'rt_mem_limit = 128M',
  'rt_field = keys',
  'rt_attr_string = term',
  'rt_attr_uint = letters',
  ...WORDS,
])}
${section('searchd', [
  `listen = ${daemon.host}:${daemon.agentPort}`,
  `listen = ${daemon.host}:${daemon.port}:mysql41`,
  ...daemonLines(daemon.folder),
  `binlog_path = ${daemon.folder}`,
  // What was acknowledged is in the log, and goes to the disk each second.
  'binlog_flush = 2',
  'rt_flush_period = 3600',
])}`
}

/** Keywords as sql.ts writes them. */
const WORDS = ['dict = keywords', 'min_prefix_len = 1', `charset_table = ${CHARSET}`]

/** The configuration of the server that is asked. */
export function readerConfig({ table, shards, reader }: ClusterLayout): string {
  const { chunks, terms, copies } = tablesOf({ table })
  const agents = (of: string, daemons: readonly Daemon[]) =>
    `agent = ${daemons.map(({ host, agentPort }) => `${host}:${agentPort}:${of}`).join('|')}`
  const distributed = (name: string, of: string) =>
    section(`index ${name}`, [
      'type = distributed',
      ...shards.map(daemons => agents(of, daemons)),
      `agent_connect_timeout = ${CONNECT_TIMEOUT}`,
      `agent_query_timeout = ${AGENT_TIMEOUT}`,
      'ha_strategy = nodeads',
    ])
  return `# The server of a gleaner cluster that is asked, ${shownEndpoint(reader)}. It keeps nothing.
${distributed(chunks, chunks)}
${distributed(terms, terms)}
${section(`index ${copies}`, [
  'type = distributed',
  ...shards.flat().map(daemon => agents(chunks, [daemon])),
  `agent_connect_timeout = ${STATE_CONNECT_TIMEOUT}`,
  `agent_query_timeout = ${STATE_TIMEOUT}`,
])}
${section('searchd', [
  `listen = ${reader.host}:${reader.port}:mysql41`,
  ...daemonLines(reader.folder),
  'binlog_path =',
])}`
}

function daemonLines(folder: string): string[] {
  return [
    `log = ${join(folder, 'searchd.log')}`,
    `pid_file = ${join(folder, 'searchd.pid')}`,
    'workers = threads',
    'listen_backlog = 512',
    'max_packet_size = 64M',
    'max_filter_values = 8192',
    'collation_server = binary',
  ]
}

function section(head: string, lines: readonly string[]): string {
  return `${head}\n{\n${lines.map(line => `  ${line}\n`).join('')}}\n`
}

/** Throws `usage` for a name or folder that could say something else in a configuration file. */
export function mustBePlain(value: string, what: string): void {
  if (/[\n\r\0{}#\\]/.test(value))
    throw new GleanError(
      'usage',
      `${what} must not hold line ends, braces, # or \\: ${JSON.stringify(value)}`,
    )
}
