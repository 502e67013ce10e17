/**
 * Which folder of documents are speed and size measured on? Any that is named; without one, 72 MB of documentation
 * from Debian's packages (9,976 files), made once into the system's folder for temporary files and reused from there.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { CORPUS_SCRIPT } from './tool.mjs'

/** The corpus made last time, and this. */
const MADE = join(tmpdir(), 'gleaner-bench', 'linux-docs')
/** What the script leaves when it has come to its end. */
const COMPLETE = '.complete'

/**
 * The absolute folder of the corpus; null where there is none and none can be made, which is said on standard output.
 * Throws where the named folder is not there or where making it fails.
 */
export function findCorpus(named) {
  if (named !== undefined) {
    if (!existsSync(named) || !statSync(named).isDirectory()) throw new Error(`there is no folder ${named}`)
    return resolve(named)
  }
  if (existsSync(join(MADE, COMPLETE))) return MADE
  if (!existsSync(CORPUS_SCRIPT)) {
    console.log('Skipped: there is no corpus and no script to make it here; name a folder: --corpus DIR')
    return null
  }
  console.error(`making the corpus in ${MADE} ...`)
  const { status, error } = spawnSync('bash', [CORPUS_SCRIPT, MADE], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) throw new Error(`${CORPUS_SCRIPT} failed (${error?.message ?? `code ${status}`})`)
  return MADE
}

/** Absolute paths of all files under a folder but hidden ones, sorted. */
export function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.startsWith('.'))
    .map(entry => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}
