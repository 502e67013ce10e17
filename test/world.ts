/**
 * A tiny world to test in: a temporary folder with the files it is given, and the real, built command run inside it.
 * It is gone when the test is over.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** The command as `npm run build` leaves it. */
export const COMMAND = fileURLToPath(new URL('../dist/cli.js', import.meta.url))

/** Contents by path; bytes where text will not do. */
export type Files = Readonly<Record<string, string | Uint8Array>>

export interface Outcome {
  readonly stdout: string
  readonly stderr: string
  /** null where a signal ended it. */
  readonly code: number | null
}

/** Makes a world inside a test. */
export function world(files: Files = {}): World {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'glean-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return new World(folder).write(files)
}

export class World {
  /** Absolute. */
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  /** Absolute path of something in it. */
  path(name: string): string {
    return join(this.folder, name)
  }

  write(files: Files): this {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(this.path(name)), { recursive: true })
      writeFileSync(this.path(name), content)
    }
    return this
  }

  /** Indexes paths (all of the world without any) into `index`, and expects that to work. */
  async index(...paths: string[]): Promise<this> {
    const { code, stderr } = await this.run('index', ...paths)
    if (code !== 0) throw new Error(`glean index ended with ${code}: ${stderr}`)
    return this
  }

  /** `glean` with these arguments, to its end. */
  run(...args: string[]): Promise<Outcome> {
    return this.runWith({}, ...args)
  }

  /** The same in another folder of the world, or with further environment variables. */
  async runWith({ env = {}, cwd = '.' }: { env?: NodeJS.ProcessEnv; cwd?: string }, ...args: string[]) {
    return outcomeOf(this.start({ env, cwd }, process.execPath, COMMAND, ...args))
  }

  /** A shell line in which `glean` is the command. */
  async shell(line: string): Promise<Outcome> {
    const glean = `glean() { '${process.execPath}' '${COMMAND}' "$@"; }`
    return outcomeOf(this.start({}, 'bash', '-c', `${glean}; ${line}`))
  }

  /** A process in the world that the test itself follows. */
  start(
    { env = {}, cwd = '.' }: { env?: NodeJS.ProcessEnv; cwd?: string },
    command: string,
    ...args: string[]
  ): ChildProcess {
    if (!existsSync(COMMAND))
      throw new Error(`the command is not built: npm run build (${COMMAND} is not there)`)
    // CI would keep progress from being drawn, the others would change what is printed or found.
    const { GLEAN_INDEX: _index, GLEAN_DEBUG: _debug, NO_COLOR: _color, CI: _ci, ...inherited } = process.env
    return spawn(command, args, {
      cwd: this.path(cwd),
      env: { ...inherited, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }
}

function outcomeOf(child: ChildProcess): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    let stdout = ''
    let stderr = ''
    child.stdout?.setEncoding('utf8').on('data', piece => {
      stdout += piece
    })
    child.stderr?.setEncoding('utf8').on('data', piece => {
      stderr += piece
    })
    child.on('error', reject)
    child.on('close', code => resolve({ stdout, stderr, code }))
  })
}
