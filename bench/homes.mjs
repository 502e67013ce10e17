/** Where the engines of one run keep their indexes: a temporary folder each, all gone when the run is over. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measure } from './measure.mjs'

/** Calls `work` with a function from an engine's name to its folder. */
export async function withHomes(work) {
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-bench-'))
  try {
    return await work(name => join(folder, name.replaceAll(' ', '-')))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Builds the index of each engine that has one, `runs` times, `fromDisk` with files that the system has to fetch; gives what
 * measure() does, with `indexBytes`.
 */
export function buildAll(engines, corpus, homeOf, runs = 1, fromDisk = false) {
  const commands = engines
    .filter(({ build }) => build)
    .map(({ name, rival, slow, build }) => {
      const home = homeOf(name)
      const empty = () => {
        rmSync(home, { recursive: true, force: true })
        mkdirSync(home)
        if (fromDisk) forgetFiles()
      }
      return { name, rival, most: slow ? 1 : undefined, before: empty, ...build(corpus, home) }
    })
  const figures = measure(commands, { runs, warmups: 0 })
  for (const [name, own] of Object.entries(figures)) own.indexBytes = bytesOf(homeOf(name))
  return figures
}

/** Has the system forget what it has in memory of files. */
function forgetFiles() {
  execFileSync('sync')
  try {
    writeFileSync('/proc/sys/vm/drop_caches', '3')
  } catch (thrown) {
    throw new Error(`--from-disk needs Linux, and root: ${thrown.message}`)
  }
}

/** Bytes of all files under a folder. */
export function bytesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath ?? entry.path, entry.name)).size, 0)
}
