/**
 * What does one search cost, as a process from start to end? Each query is run in turn with `node -e 0`, the least a
 * Node program can cost, and by every rival that knows its kind; median times are given as multiples of that. Rivals
 * that load their index whole are asked one query, once. "Cold" is the process; the file system's cache is warm, and the
 * code cache is there, as it is for a user after the first search; "first ms" is that search.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { CORPUS_OPTIONS, findCorpus } from './corpus.mjs'
import { buildAll, withHomes } from './homes.mjs'
import { measure, summary } from './measure.mjs'
import { MIXED } from './queries.mjs'
import { figure, machine, megabytes, printTable, saveResults } from './results.mjs'
import { rivals } from './rivals.mjs'
import { GLEAN } from './tool.mjs'

const BARE = 'node -e 0'
const FIRST = 'the first search'
const COUNTER = new URL('./count-reads.mjs', import.meta.url).href
/** The query put to those that take seconds to load. */
const FOR_THE_SLOW = 'two words'

const OPTIONS = {
  ...CORPUS_OPTIONS,
  index: { type: 'string' },
  runs: { type: 'string', default: '15' },
  only: { type: 'string' },
  rivals: { type: 'string' },
  plain: { type: 'boolean', default: false },
}

export async function run(args) {
  const { values } = parseArgs({ args, options: OPTIONS })
  await withHomes(temporary => {
    const own = values.index && resolve(values.index)
    const isBuilt = own !== undefined && existsSync(join(own, 'manifest.json'))
    const others = isBuilt && values.corpus === undefined ? [] : rivals(values.rivals)
    const corpus = isBuilt && others.length === 0 ? undefined : findCorpus(values)
    if (corpus === null) return
    const homeOf = name => (name === GLEAN.name && own ? own : temporary(name))
    const system = machine()
    console.error('building the indexes ...')
    const built = buildAll(isBuilt ? others : [GLEAN, ...others], corpus, homeOf)
    if (values.plain) others.unshift(plainRanking(homeOf(GLEAN.name)))
    const first = firstSearch(homeOf(GLEAN.name), temporary('caches'))
    const engines = [GLEAN, first, ...others].filter(({ name }) => !built[name]?.failed)
    const queries = MIXED.filter(({ kind }) => values.only === undefined || kind.includes(values.only)).map(
      query => {
        console.error(`${query.kind}: ${query.words.join(' ')}`)
        const figures = ask(query, engines, corpus, homeOf, Number(values.runs))
        return { query, figures, ...count(query, homeOf(GLEAN.name), temporary('counting')) }
      },
    )
    printOwn(queries)
    if (others.length > 0) printRivals(queries, others)
    saveResults('cold', { machine: system, queries })
  })
}

/** gleaner where nothing has been kept of an earlier run: it compiles its code, and keeps it. */
function firstSearch(index, caches) {
  const search = (corpus, _home, query) => ({
    ...GLEAN.search(corpus, index, query),
    env: { XDG_CACHE_HOME: caches },
    before: () => {
      rmSync(caches, { recursive: true, force: true })
      mkdirSync(caches)
    },
  })
  return { name: FIRST, slow: false, search }
}

/** gleaner in the order of its first stage: what the second costs. */
function plainRanking(index) {
  const search = (corpus, _home, query) => {
    const { args } = GLEAN.search(corpus, index, query)
    return { args: [...args, '--rank', 'plain'] }
  }
  return { name: '--rank plain', slow: false, search }
}

/** Times a query beside a bare Node. */
export function ask(query, engines, corpus, homeOf, runs) {
  const commands = engines
    .filter(({ slow }) => !slow || query.kind === FOR_THE_SLOW)
    .map(engine => [engine, engine.search(corpus, homeOf(engine.name), query)])
    .filter(([, command]) => command !== undefined)
    .map(([{ name, rival, slow }, command]) => ({ name, rival, most: slow ? 1 : undefined, ...command }))
  const figures = measure([{ name: BARE, args: ['-e', '0'] }, ...commands], { runs })
  for (const own of Object.values(figures)) own.stdout = undefined
  return figures
}

/** What gleaner reads and finds, in a run that is not timed. */
export function count(query, index, folder) {
  mkdirSync(folder, { recursive: true })
  const reads = join(folder, 'reads')
  const env = { GLEANER_BENCH_FOLDER: index, GLEANER_BENCH_READS: reads }
  const search = GLEAN.search(undefined, index, query).args
  const { counted } = measure([{ name: 'counted', args: ['--import', COUNTER, ...search, '--json'], env }], {
    runs: 1,
    warmups: 0,
  })
  return { total: JSON.parse(counted.stdout).total, read: JSON.parse(readFileSync(reads, 'utf8')) }
}

/** A command's median as a multiple of a bare Node's. */
export const multiple = (figures, name) =>
  summary(figures[name].wall).median / summary(figures[BARE].wall).median

function printOwn(queries) {
  printTable(
    [
      'glean search',
      'hits',
      'x node -e 0',
      'ms over it',
      'ms',
      'least',
      'most',
      'first ms',
      'node ms',
      'CPU ms',
      'peak MB',
      'read kB',
      'reads',
    ],
    queries.map(({ query, figures, total, read }) => {
      const { wall, cpu, memory } = figures[GLEAN.name]
      const time = summary(wall)
      return [
        query.words.join(' '),
        total,
        figure(multiple(figures, GLEAN.name), 2),
        figure(time.median - summary(figures[BARE].wall).median),
        ...[time.median, time.min, time.max, summary(figures[FIRST].wall).median].map(ms => figure(ms)),
        figure(summary(figures[BARE].wall).median),
        figure(summary(cpu).median),
        megabytes(summary(memory).median, 0),
        figure(read.bytes / 1e3),
        read.reads,
      ]
    }),
  )
}

function printRivals(queries, others) {
  console.log('\nwhole processes, ms')
  const names = [BARE, GLEAN.name, ...others.map(({ name }) => name)]
  printTable(
    ['', ...names],
    queries.map(({ query, figures }) => [
      query.kind,
      ...names.map(name => (figures[name] ? figure(summary(figures[name].wall).median) : '')),
    ]),
  )
}
