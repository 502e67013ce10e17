/**
 * What the command runs, as one script (`search.cjs`, which scripts/gather.mjs makes of `cli/main.ts` and of all that a
 * search loads) that is compiled from the code cache. Whatever is loaded later finds in it what it shares with a search.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Script } from 'node:vm'
import { CodeCache } from './code-cache.ts'

/** Hash of the script's text; put in its place when it is bundled. */
declare const SCRIPT_HASH: string

/** The script is a function: what it has no words for, it is handed. */
type Run = (
  load: NodeJS.Require,
  module: { exports: unknown },
  importChunk: (file: string) => Promise<unknown>,
  url: string,
) => void

const path = join(__dirname, 'search.cjs')
const cache = CodeCache.open(SCRIPT_HASH, process.env)
const compiled = new Script(readFileSync(path, 'latin1'), { filename: path, cachedData: cache?.code })
const isKept = cache?.code !== undefined && compiled.cachedDataRejected === false

/** What the script gives: the command, and by names of their own the modules in it. */
export const script = run()

/** Keeps what has been compiled by now for the next run, where nothing is kept yet. */
export function keepCode(): void {
  if (!isKept) cache?.keep(compiled.createCachedData())
}

function run(): typeof import('./main.ts') {
  const module = { exports: {} }
  const body = compiled.runInThisContext() as Run
  body(require, module, file => import(file), pathToFileURL(path).href)
  return module.exports as typeof import('./main.ts')
}
