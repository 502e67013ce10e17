/** Writes the configuration files of a cluster, as its address has it, into a folder of this machine. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { GleanError, messageOf } from '../errors.ts'
import { type ClusterAddress, type Endpoint, shownEndpoint } from './address.ts'
import { type ClusterLayout, type Daemon, mustBePlain, readerConfig, shardConfig } from './config.ts'

/** A file, and the daemon it is for. */
export interface WrittenConfig {
  file: string
  server: string
  /** The folder the daemon needs on its host. */
  data: string
}

export interface WrittenConfigs {
  schema: 'gleaner.cluster-init/1'
  index: string
  configs: WrittenConfig[]
}

/**
 * Writes them; none over another. `data` is an absolute folder on the daemons' hosts. Throws `usage` for an address
 * without shards, ports that meet, or a folder that is none, `io` where the system refuses.
 */
export function writeConfigs(
  address: ClusterAddress,
  { folder, cwd, data }: { readonly folder: string; readonly cwd: string; readonly data: string },
): WrittenConfigs {
  if (address.shards.length === 0)
    throw new GleanError('usage', `${address.location} names no shards: add ?shards=HOST:PORT,HOST:PORT`)
  if (!isAbsolute(data)) throw new GleanError('usage', `--data takes an absolute folder; got ${data}`)
  mustBePlain(data, '--data')
  const layout = layoutOf(address, data)
  mustNotMeet(layout)
  const files = [
    ...layout.shards.flatMap((daemons, shard) =>
      daemons.map((daemon, copy) => ({
        name: copy === 0 ? `shard-${shard}.conf` : `shard-${shard}-copy-${copy}.conf`,
        daemon,
        text: shardConfig(layout, daemon),
      })),
    ),
    { name: 'reader.conf', daemon: layout.reader, text: readerConfig(layout) },
  ]
  const configs = files.map(({ name, daemon, text }): WrittenConfig => {
    write(resolve(cwd, folder), name, text)
    return { file: join(folder, name), server: shownEndpoint(daemon), data: daemon.folder }
  })
  return { schema: 'gleaner.cluster-init/1', index: address.location, configs }
}

/** Beside its port each daemon of a shard has the next one, for the server that is asked. */
function layoutOf({ table, shards, reader }: ClusterAddress, data: string): ClusterLayout {
  const daemon = (endpoint: Endpoint, name: string): Daemon => {
    if (endpoint.port === 65_535)
      throw new GleanError('usage', `${shownEndpoint(endpoint)} has no next port, which a shard needs too`)
    return { ...endpoint, agentPort: endpoint.port + 1, folder: join(data, table, name) }
  }
  return {
    table,
    shards: shards.map((copies, shard) =>
      copies.map((endpoint, copy) =>
        daemon(endpoint, copy === 0 ? `shard-${shard}` : `shard-${shard}-${copy}`),
      ),
    ),
    reader: { ...reader, folder: join(data, table, 'reader') },
  }
}

function mustNotMeet({ shards, reader }: ClusterLayout): void {
  const ports = [
    shownEndpoint(reader),
    ...shards.flat().flatMap(({ host, port, agentPort }) =>
      [
        { host, port },
        { host, port: agentPort },
      ].map(shownEndpoint),
    ),
  ]
  const twice = ports.find((each, place) => ports.indexOf(each) !== place)
  if (twice !== undefined)
    throw new GleanError(
      'usage',
      `two daemons would listen at ${twice}: each shard takes its port and the next`,
    )
}

function write(folder: string, name: string, text: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, name), text, { flag: 'wx' })
  } catch (thrown) {
    const isThere = (thrown as NodeJS.ErrnoException).code === 'EEXIST'
    const why = isThere ? 'it is there already; name another folder' : messageOf(thrown)
    throw new GleanError('io', `cannot write ${join(folder, name)}: ${why}`, { cause: thrown })
  }
}
