/**
 * What the command runs, as one script that is compiled from the code cache: `search.cjs`, which scripts/gather.mjs makes of
 * `cli/main.ts` and of all that a search loads, and MiniSearch as it is installed. Whatever is loaded later finds in it
 * what it shares with a search.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import vm from 'node:vm'
import { crc32 } from 'node:zlib'
import { CodeCache } from './code-cache.ts'

/** Hash of the text of `search.cjs`; put in its place when it is bundled. */
declare const SCRIPT_HASH: string

/** Both are functions: what they have no words for, they are handed. */
type Script = readonly [
  search: (
    load: (name: string) => unknown,
    module: { exports: unknown },
    importChunk: (file: string) => Promise<unknown>,
    url: string,
  ) => void,
  library: (module: { exports: unknown }) => void,
]

const path = join(__dirname, 'search.cjs')
const library = readFileSync(libraryPath(), 'utf8')
const cache = CodeCache.open(`${SCRIPT_HASH}-${crc32(library).toString(16)}`, process.env)
const text = `[${readFileSync(path, 'latin1')},function(module){${library}\n}]`
const compiled = new vm.Script(text, { filename: path, cachedData: cache?.code })
const isKept = cache?.code !== undefined && compiled.cachedDataRejected === false && cache.isDone

/** What the script gives: the command, and by names of their own the modules in it. */
export const script = run()

/** Keeps what has been compiled by now for the next run, until enough runs have. */
export function keepCode(): void {
  if (!isKept) cache?.keep(compiled.createCachedData(), { counts: true })
}

/** Keeps what there is before anything was done, where nothing is kept: to read the script takes longest. */
export function keepScript(): void {
  if (cache?.code === undefined) cache?.keep(compiled.createCachedData(), { counts: false })
}

/**
 * Where MiniSearch is: in one of the two folders where installing puts it, the nearer first, as Node looks for it, which
 * has to open several files to be told the same; anywhere else Node finds it.
 */
function libraryPath(): string {
  const nearest = ['../node_modules', '../..'].map(folder =>
    join(__dirname, folder, 'minisearch/dist/cjs/index.cjs'),
  )
  return nearest.find(path => existsSync(path)) ?? require.resolve('minisearch')
}

function run(): typeof import('./main.ts') {
  const [search, library] = compiled.runInThisContext() as Script
  const minisearch = { exports: {} }
  library(minisearch)
  const module = { exports: {} }
  const load = (name: string): unknown => (name === 'minisearch' ? minisearch.exports : require(name))
  search(load, module, file => import(file), pathToFileURL(path).href)
  return module.exports as typeof import('./main.ts')
}
