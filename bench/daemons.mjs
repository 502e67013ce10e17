/**
 * A search cluster on this machine for a question: daemons of Debian's sphinxsearch on free ports of the loopback, with
 * the configuration that `glean cluster init` writes, in a folder for temporary files. Ends what it started, by process.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CLI } from './tool.mjs'

/** Whether the daemon is installed. */
export const hasDaemon = () => spawnSync('searchd', ['--help']).error === undefined

/** Starts shards with so many copies each, and what is asked; calls `use`, and stops everything whatever comes of it. */
export async function withCluster(copies, use) {
  const folder = mkdtempSync(join(tmpdir(), 'glean-bench-cluster-'))
  const daemons = []
  try {
    const shards = []
    for (const count of copies) {
      const own = []
      for (let copy = 0; copy < count; copy++) own.push(`127.0.0.1:${await freePair()}`)
      shards.push(own.join('|'))
    }
    const address = `sphinxql://127.0.0.1:${await freePair()}/chunks?shards=${shards.join(',')}`
    const init = ['cluster', 'init', 'conf', '--data', join(folder, 'data'), '--index', address, '--json']
    const { configs } = JSON.parse(
      execFileSync(process.execPath, [CLI, ...init], { cwd: folder, encoding: 'utf8' }),
    )
    for (const { file, server, data } of configs) {
      mkdirSync(data, { recursive: true })
      daemons.push(new Daemon(join(folder, file), server, data))
    }
    await Promise.all(daemons.map(daemon => daemon.start()))
    return await use({ address, daemons, folder })
  } finally {
    await Promise.all(daemons.map(daemon => daemon.stop()))
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One daemon; `name` is that of its configuration file. */
class Daemon {
  #process
  constructor(config, server, data) {
    this.config = config
    this.name = config.replace(/^.*\/|\.conf$/g, '')
    this.port = Number(server.split(':').at(-1))
    this.data = data
  }

  async start() {
    this.#process = spawn('searchd', ['--config', this.config, '--nodetach'], { stdio: 'ignore' })
    for (let attempt = 0; !(await answers(this.port)); attempt++) {
      if (attempt > 600) throw new Error(`${this.name} did not start: see ${this.data}/searchd.log`)
      await pause(50)
    }
  }

  kill() {
    return this.#end('SIGKILL')
  }

  hang() {
    this.#process.kill('SIGSTOP')
  }

  resume() {
    this.#process.kill('SIGCONT')
  }

  async stop() {
    if (this.#process) await this.#end('SIGKILL')
  }

  /** Bytes of memory it holds now, and bytes of its files. */
  memory() {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.#process.pid}/status`, 'utf8'))
    return Number(kilobytes) * 1024
  }

  disk() {
    return readdirSync(this.data).reduce((sum, file) => {
      const path = join(this.data, file)
      return existsSync(path) ? sum + statSync(path).size : sum
    }, 0)
  }

  async #end(signal) {
    const own = this.#process
    if (own.exitCode !== null || own.signalCode !== null) return
    const ended = new Promise(resolve => own.once('exit', resolve))
    own.kill('SIGCONT')
    own.kill(signal)
    await ended
  }
}

export const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))

/** Whether a server greets at a port. */
function answers(port) {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    const done = found => {
      socket.destroy()
      resolve(found)
    }
    socket.once('data', () => done(true))
    socket.once('error', () => done(false))
    socket.setTimeout(2000, () => done(false))
  })
}

/** A port that is free, and the next one too: a shard takes both. */
async function freePair() {
  for (;;) {
    const port = await free(0)
    if (port !== undefined && port < 65_535 && (await free(port + 1)) !== undefined) return port
  }
}

function free(port) {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => {
      const found = server.address().port
      server.close(() => resolve(found))
    })
  })
}
