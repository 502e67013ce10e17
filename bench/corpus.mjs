/**
 * Which folder of documents are speed and size measured on? Any that is named, or a made one of any size; without
 * either, 72 MB of documentation from Debian's packages (9,976 files). What is made is made once, into the system's
 * folder for temporary files, and reused from there.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { CORPUS_SCRIPT } from './tool.mjs'
import { writeZipfCorpus } from './zipf.mjs'

/** Where corpora are made. */
const MADE = join(tmpdir(), 'gleaner-bench')
const LINUX_DOCS = 'linux-docs'
/** Stands in a corpus that was made to its end. */
const COMPLETE = '.complete'

/** The options by which a question names its corpus. */
export const CORPUS_OPTIONS = { corpus: { type: 'string' }, zipf: { type: 'string' } }

/**
 * The absolute folder of the corpus: the one named, the made one of `zipf` MB (made once), or the documentation; null
 * where that is not there and cannot be made, which is said on standard output. Throws where the named folder is not
 * there or where making one fails.
 */
export function findCorpus({ corpus, zipf }) {
  if (corpus !== undefined) {
    if (!existsSync(corpus) || !statSync(corpus).isDirectory())
      throw new Error(`there is no folder ${corpus}`)
    return resolve(corpus)
  }
  if (zipf !== undefined) return zipfCorpus(Number(zipf))
  return linuxDocs()
}

/** The made corpus of so many MB. */
export function zipfCorpus(megabytes) {
  if (!(megabytes > 0)) throw new Error('--zipf is a number of megabytes, over 0')
  return made(`zipf-${megabytes}`, folder => writeZipfCorpus(folder, megabytes * 1e6))
}

function linuxDocs() {
  if (!existsSync(CORPUS_SCRIPT) && !existsSync(join(MADE, LINUX_DOCS, COMPLETE))) {
    console.log(
      'Skipped: there is no corpus and no script to make it here; name a folder: --corpus DIR, or --zipf MB',
    )
    return null
  }
  return made(LINUX_DOCS, folder => {
    const stdio = ['ignore', 'ignore', 'inherit']
    const { status, error } = spawnSync('bash', [CORPUS_SCRIPT, folder], { stdio })
    if (status !== 0) throw new Error(`${CORPUS_SCRIPT} failed (${error?.message ?? `code ${status}`})`)
  })
}

/** The folder that was made under a name; else makes it. */
function made(name, make) {
  const folder = join(MADE, name)
  if (existsSync(join(folder, COMPLETE))) return folder
  console.error(`making the corpus in ${folder} ...`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  make(folder)
  writeFileSync(join(folder, COMPLETE), '')
  return folder
}

/** How many files and bytes a corpus has. */
export function sizeOf(corpus) {
  const files = filesOf(corpus)
  return { files: files.length, bytes: files.reduce((sum, file) => sum + statSync(file).size, 0) }
}

/** Absolute paths of all files under a folder but hidden ones, sorted. */
export function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.startsWith('.'))
    .map(entry => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}
