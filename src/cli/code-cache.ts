/**
 * The code cache: what V8 made of the command's script in an earlier run, so that the next one need not compile it again.
 * Local to a user and a machine, and no part of anything: whatever is not as expected is passed over without a word, and
 * the script compiled (NODE_DEBUG=glean tells). It stands in the user's folder for caches, which has to be theirs alone
 * to write: code from there is run.
 *
 * The first run has done no more than it was asked for, so those after it add what they had to compile: one digit tells
 * how many did.
 *
 * The file: the code, then a line with its name, that digit, and the CRC-32 of the code. The name says what it is for
 * (Node's version, the processor, V8's own tag of its version and flags, the script), for V8 does not look closely at
 * what it is given.
 */
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { cachedDataVersionTag } from 'node:v8'
import { crc32 } from 'node:zlib'

const OURS = /^code-v\d+\.\d+\.\d+-/
/** Files that stay: two versions of Node, or of gleaner, used in turn should not drive each other out. */
const KEPT = 4
const WRITABLE_BY_OTHERS = 0o022
/** Runs that add to the code. To write it takes some milliseconds, once the answer is out. */
const RUNS = 5

export class CodeCache {
  /** What was kept; undefined where nothing was, or it does not hold. */
  readonly code: Buffer | undefined
  /** How many runs have added to it. */
  #runs = 0
  readonly #folder: string
  readonly #name: string

  private constructor(folder: string, name: string) {
    this.#folder = folder
    this.#name = name
    this.code = this.#read()
    tell(`${join(folder, name)}: ${this.code ? `${this.code.length} bytes` : 'nothing'}`)
  }

  /** The cache for a script with this hash, once V8's flags are set; undefined where none is wanted or possible. */
  static open(script: string, env: NodeJS.ProcessEnv): CodeCache | undefined {
    const folder = isOff(env) || !isNode() ? undefined : cacheFolder(env)
    if (folder === undefined) return undefined
    const machine = `${process.version}-${process.platform}-${process.arch}`
    return new CodeCache(folder, `code-${machine}-${cachedDataVersionTag().toString(16)}-${script}`)
  }

  /** Whether enough runs have added to the code. */
  get isDone(): boolean {
    return this.#runs >= RUNS
  }

  /**
   * Keeps code for the next run: what was kept, if it was of use, and what this run has added, which counts where it is what
   * a search needs. Never throws.
   */
  keep(code: Buffer, { counts }: { readonly counts: boolean }): void {
    const runs = this.#runs + (counts ? 1 : 0)
    const path = join(this.#folder, this.#name)
    const fresh = `${path}.${process.pid}`
    try {
      makeFolder(this.#folder)
      if (!this.#isSafe()) throw new Error(`${this.#folder} is not ours alone`)
      // Written in full and then named: who reads meanwhile has the old one, or none.
      writeFileSync(fresh, Buffer.concat([code, this.#lastLine(code, runs)]), { mode: 0o600, flag: 'wx' })
      renameSync(fresh, path)
      tell(`kept ${code.length} bytes`)
      this.#removeOldest()
    } catch (thrown) {
      tell(`not kept: ${thrown}`)
      remove(fresh)
    }
  }

  #read(): Buffer | undefined {
    try {
      if (!this.#isSafe()) return undefined
      const bytes = readOurs(join(this.#folder, this.#name))
      const code = bytes?.subarray(0, -this.#lastLine(Buffer.alloc(0), 0).length)
      const line = code && bytes?.subarray(code.length)
      const runs = Number(line?.toString('latin1', this.#name.length + 2, this.#name.length + 3))
      if (!code || !line?.equals(this.#lastLine(code, runs))) return undefined
      this.#runs = runs
      return code
    } catch {
      return undefined
    }
  }

  #isSafe(): boolean {
    const found = lstatSync(this.#folder)
    return found.isDirectory() && isOurs(found)
  }

  #lastLine(code: Buffer, runs: number): Buffer {
    return Buffer.from(`\n${this.#name} ${runs} ${crc32(code).toString(16).padStart(8, '0')}\n`)
  }

  /** Also what runs that were killed have left. */
  #removeOldest(): void {
    const files = readdirSync(this.#folder)
      .filter(name => OURS.test(name))
      .map(name => join(this.#folder, name))
      .map(path => ({ path, written: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    for (const { path } of files.sort((a, b) => b.written - a.written).slice(KEPT)) remove(path)
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // Gone by itself, or not ours to remove.
  }
}

/** For whoever wants to see: as Node's modules do, without loading what they do it with. */
function tell(what: string): void {
  if (process.env.NODE_DEBUG?.split(',').includes('glean')) process.stderr.write(`code cache: ${what}\n`)
}

/** By Node's own switch for its own cache, or by ours. */
function isOff({ NODE_DISABLE_COMPILE_CACHE, GLEAN_CODE_CACHE }: NodeJS.ProcessEnv): boolean {
  return Boolean(NODE_DISABLE_COMPILE_CACHE) || ['0', 'false', 'no'].includes(GLEAN_CODE_CACHE ?? '')
}

/** Others run the command too, and have caches of their own. */
function isNode(): boolean {
  return process.versions.bun === undefined && process.versions.deno === undefined
}

/** gleaner's folder in that for the user's caches; undefined where there is no such place. */
function cacheFolder(env: NodeJS.ProcessEnv): string | undefined {
  const { HOME = '', LOCALAPPDATA = '', XDG_CACHE_HOME = '' } = env
  const inHome = process.platform === 'darwin' ? ['Library', 'Caches'] : ['.cache']
  const caches =
    process.platform === 'win32'
      ? LOCALAPPDATA
      : isAbsolute(XDG_CACHE_HOME)
        ? XDG_CACHE_HOME
        : HOME && join(HOME, ...inHome)
  return isAbsolute(caches) ? join(caches, 'gleaner') : undefined
}

/**
 * Makes the folder, and that for caches around it, in a place that is there and ours: what another user's run made in
 * someone's home would be in their way.
 */
function makeFolder(folder: string): void {
  const caches = dirname(folder)
  const places = [dirname(caches), caches, folder]
  const nearest = places.findLast(place => existsSync(place))
  if (nearest === undefined || nearest === folder || !isOwner(statSync(nearest))) return
  // One by one: mkdir's own way to make several never ends in /proc.
  for (const place of places.slice(places.indexOf(nearest) + 1)) mkdirSync(place, { mode: 0o700 })
}

/** Whether it is this user's, and nobody else may write to it. On Windows a user's folder is theirs. */
function isOurs(found: Stats): boolean {
  return process.platform === 'win32' || (isOwner(found) && (found.mode & WRITABLE_BY_OTHERS) === 0)
}

function isOwner({ uid }: Stats): boolean {
  return process.geteuid === undefined || uid === process.geteuid()
}

/** A file of ours as a whole; undefined where it is none. Throws where it cannot be read. */
function readOurs(path: string): Buffer | undefined {
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  try {
    const found = fstatSync(descriptor)
    if (!found.isFile() || !isOurs(found)) return undefined
    const bytes = Buffer.allocUnsafeSlow(found.size)
    return readSync(descriptor, bytes, 0, found.size, 0) === found.size ? bytes : undefined
  } finally {
    closeSync(descriptor)
  }
}
