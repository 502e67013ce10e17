/**
 * How long does a keystroke take in an interactive search? The real program in a real terminal, made by script(1): each
 * letter is sent by itself, and the clock runs to the first thing it paints (the letter) and to the last before the
 * screen is quiet (the answer and the preview). A person types a letter in 100 ms or more.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { CORPUS_OPTIONS, findCorpus } from './corpus.mjs'
import { buildAll, withHomes } from './homes.mjs'
import { figure, machine, printTable, saveResults } from './results.mjs'
import { CLI, GLEAN } from './tool.mjs'

const QUERIES = [
  'page table lock',
  'memory barrier acquire release',
  'postgresql vacuum settings',
  'the kernel',
]

/** Milliseconds without output after which the screen is quiet. */
const QUIET = 250

/** Ctrl-U empties the line, Ctrl-C leaves. */
const CLEAR = '\u0015'
const LEAVE = '\u0003'

export async function run(args) {
  const { values } = parseArgs({ args, options: { ...CORPUS_OPTIONS, index: { type: 'string' } } })
  await withHomes(async temporary => {
    const given = values.index && resolve(values.index)
    const index = given ?? temporary(GLEAN.name)
    if (!existsSync(join(index, 'manifest.json'))) {
      const corpus = findCorpus(values)
      if (corpus === null) return
      console.error('building the index ...')
      buildAll([GLEAN], corpus, () => index)
    }
    const system = machine()
    const queries = []
    const terminal = await start(index)
    for (const query of QUERIES) queries.push({ query, keys: await typed(terminal, query) })
    terminal.end()
    print(queries)
    saveResults('typing', { machine: system, queries })
  })
}

/** A session, once it has drawn itself. */
async function start(index) {
  const command = `stty cols 120 rows 40; exec '${process.execPath}' '${CLI}' search --interactive --index '${index}'`
  const child = spawn('script', ['-qfc', command, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] })
  let heard = () => {}
  child.stdout.on('data', () => heard(performance.now()))
  const press = key =>
    new Promise(done => {
      const began = performance.now()
      let first
      let last = began
      let timer = setTimeout(finish, 10 * QUIET)
      function finish() {
        heard = () => {}
        done({ key, echo: (first ?? last) - began, answer: last - began })
      }
      heard = now => {
        first ??= now
        last = now
        clearTimeout(timer)
        timer = setTimeout(finish, QUIET)
      }
      if (key !== '') child.stdin.write(key)
    })
  await press('')
  return { press, end: () => child.stdin.end(LEAVE) }
}

async function typed(terminal, query) {
  const keys = []
  for (const letter of query) keys.push(await terminal.press(letter))
  await terminal.press(CLEAR)
  return keys
}

function print(queries) {
  const all = queries.flatMap(({ keys }) => keys)
  printTable(
    ['typed, ms', 'letters', 'echo', '9 in 10', 'most', 'answer', '9 in 10', 'most'],
    [...queries, { query: 'all', keys: all }].map(({ query, keys }) => [
      query,
      keys.length,
      ...['echo', 'answer'].flatMap(kind => {
        const sorted = keys.map(key => key[kind]).sort((a, b) => a - b)
        return [0.5, 0.9, 1].map(share => figure(sorted[Math.ceil(share * sorted.length) - 1]))
      }),
    ]),
  )
}
