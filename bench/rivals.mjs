/**
 * What gleaner is measured beside, each as the commands that build its index and ask it. A rival that is not installed
 * is left out, with a word about how to get it.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ripgrepArguments } from './queries.mjs'
import { buildScript, hasSqlite, PROGRAM, searchScript, sqliteQuery } from './rivals/sqlite.mjs'

const PROCESS = fileURLToPath(new URL('./rivals/process.mjs', import.meta.url))
const MODULES = new URL('./node_modules/', import.meta.url)

/** Three quarters of the machine: more heap than Node gives by itself, and some of these need it. */
const HEAP = `--max-old-space-size=${Math.floor((totalmem() / 1e6) * 0.75)}`

const RIVALS = {
  'fts5 unicode61': () => sqlite('unicode61'),
  'fts5 porter': () => sqlite('porter unicode61'),
  ripgrep: () => ripgrep(),
  minisearch: () => inMemory('minisearch'),
  lunr: () => inMemory('lunr'),
  flexsearch: () => inMemory('flexsearch'),
  orama: () => inMemory('orama', '@orama/orama'),
}

/**
 * The rivals that are here: all, `none`, or those whose names begin with one of the names given (commas between). Each
 * is `{ name, slow, build?(corpus, home), search?(corpus, home, query), warm?(home) }`: these give commands as
 * measure.mjs takes them, undefined for what the rival cannot be asked; `home` is a folder of its own, and `slow` says
 * that loading its index takes seconds.
 */
export function rivals(names = '') {
  const wanted = names === 'none' ? [] : names.split(',')
  return Object.entries(RIVALS)
    .filter(([name]) => wanted.some(each => name.startsWith(each)))
    .map(([name, make]) => ({ name, rival: true, ...make() }))
    .filter(({ name, missing }) => {
      if (missing) console.error(`without ${name}: ${missing}`)
      return !missing
    })
}

function sqlite(tokenize) {
  const fileIn = home => join(home, 'index.db')
  const asking = home => ({ program: PROGRAM, args: ['-readonly', fileIn(home)] })
  return {
    missing: hasSqlite() ? undefined : 'apt install sqlite3',
    slow: false,
    build: (corpus, home) => ({
      program: PROGRAM,
      args: [fileIn(home)],
      input: buildScript(corpus, tokenize),
    }),
    search: (_corpus, home, query) => {
      const own = sqliteQuery(query)
      return own && { ...asking(home), input: searchScript(own) }
    },
    warm: asking,
  }
}

function ripgrep() {
  return {
    missing: spawnSync('rg', ['--version']).status === 0 ? undefined : 'apt install ripgrep',
    slow: false,
    search: (corpus, _home, query) => {
      const own = ripgrepArguments(query)
      return own && { program: 'rg', args: ['--no-config', ...own, corpus] }
    },
  }
}

function inMemory(engine, name = engine) {
  const fileIn = home => join(home, 'index.json')
  const process = (...args) => ({ args: [HEAP, PROCESS, engine, ...args] })
  const isInstalled = engine === 'minisearch' || existsSync(new URL(`${name}/package.json`, MODULES))
  return {
    missing: isInstalled ? undefined : 'npm ci --prefix bench',
    slow: true,
    build: (corpus, home) => process('build', corpus, fileIn(home)),
    search: (_corpus, home, query) => process('search', fileIn(home), JSON.stringify(query)),
    warm: home => process('warm', fileIn(home)),
  }
}
