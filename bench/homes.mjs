/** Where the engines of one run keep their indexes: a temporary folder each, all gone when the run is over. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
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

/** Builds the index of each engine that has one, `runs` times; gives what measure() does, with `indexBytes`. */
export function buildAll(engines, corpus, homeOf, runs = 1) {
  const commands = engines
    .filter(({ build }) => build)
    .map(({ name, rival, slow, build }) => {
      const home = homeOf(name)
      const empty = () => {
        rmSync(home, { recursive: true, force: true })
        mkdirSync(home)
      }
      return { name, rival, most: slow ? 1 : undefined, before: empty, ...build(corpus, home) }
    })
  const figures = measure(commands, { runs, warmups: 0 })
  for (const [name, own] of Object.entries(figures)) own.indexBytes = bytesOf(homeOf(name))
  return figures
}

/** Bytes of all files under a folder. */
export function bytesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath ?? entry.path, entry.name)).size, 0)
}
