/** A real cluster for tests: daemons on this machine alone, on free ports, in a folder that goes away with them. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type ClusterLayout, type Daemon, readerConfig, shardConfig } from '../../src/cluster/config.ts'
import { Connection } from '../../src/cluster/connection.ts'

/** Why tests with daemons are skipped; undefined where they are not. */
export const noDaemons: string | undefined = whyNot()

function whyNot(): string | undefined {
  try {
    execFileSync('searchd', ['--help'], { stdio: 'ignore' })
    return undefined
  } catch {
    if (process.env.CI) throw new Error('CI has sphinxsearch installed, and searchd is not there')
    return 'searchd is not installed (Debian: apt-get install sphinxsearch)'
  }
}

/** Writes files (path -> content) below a folder. */
export function written(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
}

/** One daemon, which can be stopped as it would never be, and started again. */
export interface RunningDaemon {
  readonly daemon: { readonly host: string; readonly port: number; readonly folder: string }
  start(): Promise<void>
  kill(signal: NodeJS.Signals): Promise<void>
  /** Stops it where it stands, and lets it go on. */
  hang(): void
  resume(): void
}

export interface TestCluster {
  readonly address: string
  readonly folder: string
  readonly shards: readonly (readonly RunningDaemon[])[]
  readonly reader: RunningDaemon
  stop(): Promise<void>
}

/** Starts a cluster with so many copies of each shard. */
export async function startCluster(copies: readonly number[] = [1, 1], timeout = 5000): Promise<TestCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'glean-cluster-'))
  const daemonOf = async (name: string): Promise<Daemon> => {
    const [port, agentPort] = [await freePort(), await freePort()]
    const own = join(folder, name)
    mkdirSync(own)
    return { host: '127.0.0.1', port, agentPort, folder: own }
  }
  const shards: Daemon[][] = []
  for (const [shard, count] of copies.entries()) {
    const own: Daemon[] = []
    for (let copy = 0; copy < count; copy++) own.push(await daemonOf(`shard-${shard}-${copy}`))
    shards.push(own)
  }
  const layout: ClusterLayout = { table: 'chunks', shards, reader: await daemonOf('reader') }
  const running = shards.map(own => own.map(daemon => runningDaemon(daemon, shardConfig(layout, daemon))))
  const reader = runningDaemon(layout.reader, readerConfig(layout))
  const all = [...running.flat(), reader]
  await Promise.all(all.map(daemon => daemon.start()))
  const named = shards.map(own => own.map(({ host, port }) => `${host}:${port}`).join('|')).join(',')
  return {
    address: `sphinxql://127.0.0.1:${layout.reader.port}/chunks?shards=${named}&timeout=${timeout}`,
    folder,
    shards: running,
    reader,
    stop: async () => {
      await Promise.all(all.map(daemon => daemon.kill('SIGKILL')))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function runningDaemon(daemon: RunningDaemon['daemon'], config: string): RunningDaemon {
  const path = join(daemon.folder, 'sphinx.conf')
  writeFileSync(path, config)
  let process: ChildProcess | undefined
  return {
    daemon,
    start: async () => {
      process = spawn('searchd', ['-c', path, '--nodetach'], { stdio: 'ignore' })
      await answering(daemon)
    },
    kill: async signal => {
      const own = process
      process = undefined
      if (!own || own.exitCode !== null || own.signalCode !== null) return
      const ended = new Promise(resolve => own.once('exit', resolve))
      own.kill('SIGCONT')
      own.kill(signal)
      await ended
    },
    hang: () => void process?.kill('SIGSTOP'),
    resume: () => void process?.kill('SIGCONT'),
  }
}

async function answering(daemon: RunningDaemon['daemon']): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const connection = new Connection(daemon, 2000)
    try {
      await connection.query(['SHOW TABLES'])
      return
    } catch (thrown) {
      if (attempt === 100) throw thrown
      await new Promise(resolve => setTimeout(resolve, 50))
    } finally {
      connection.close()
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise(resolve => server.close(resolve))
  return port
}
