/**
 * What does one search cost, as a process from start to end? Each query is run in turn with `node -e 0`, the least a
 * Node program can cost, and its median time is given as a multiple of that. Peak memory is the operating system's,
 * bytes of the index are counted in a run of their own. "Cold" is the process; the file system's cache is warm.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { findCorpus } from './corpus.mjs'
import { measure, summary } from './measure.mjs'
import { figure, machine, megabytes, printTable, saveResults } from './results.mjs'
import { CLI } from './tool.mjs'

const QUERIES = [
  ['rare word', 'seqlock'],
  ['two words', 'memory barrier'],
  ['common word', 'kernel'],
  ['common phrase', '"of the"'],
  ['wildcard', 'a*'],
  ['near', '"page table"~3'],
  ['fuzzy', 'intrrupt~'],
  ['regular expression', '/^mem.*y$/'],
  ['ten words', 'how does the kernel decide which page to reclaim first'],
  ['exclusion', 'kernel NOT linux'],
  ['function words', 'the of and to'],
]
const COUNTER = new URL('./count-reads.mjs', import.meta.url).href

const OPTIONS = {
  corpus: { type: 'string' },
  index: { type: 'string' },
  runs: { type: 'string', default: '15' },
  only: { type: 'string' },
}

export function run(args) {
  const { values } = parseArgs({ args, options: OPTIONS })
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-cold-'))
  try {
    const results = { machine: machine(), runs: Number(values.runs), queries: [] }
    const index = findIndex(values, folder)
    if (index === null) return
    const asked = QUERIES.filter(([kind]) => values.only === undefined || kind.includes(values.only))
    for (const [kind, query] of asked) {
      console.error(`${kind}: ${query}`)
      results.queries.push({ kind, query, ...ask(index, query, results.runs, folder) })
    }
    printResults(results.queries)
    saveResults('cold', results)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The index to ask: the one named, where there is one; else it is built, there or in the temporary folder. */
function findIndex({ index: named, corpus: folder }, temporary) {
  const index = resolve(named ?? join(temporary, 'index'))
  if (existsSync(join(index, 'manifest.json'))) return index
  const corpus = findCorpus(folder)
  if (corpus === null) return null
  console.error('building the index ...')
  const { status, stderr } = spawnSync(process.execPath, [CLI, 'index', corpus, '--index', index], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`glean index failed: ${stderr}`)
  return index
}

/** Times a query beside a bare Node, then counts what it reads and finds. */
function ask(index, query, runs, folder) {
  const search = [CLI, 'search', '--index', index, query]
  const { bare, glean } = measure(
    [
      { name: 'bare', args: ['-e', '0'], cwd: folder },
      { name: 'glean', args: search, cwd: folder },
    ],
    { runs },
  )
  const reads = join(folder, 'reads')
  const env = { GLEANER_BENCH_FOLDER: index, GLEANER_BENCH_READS: reads }
  const counted = { name: query, args: ['--import', COUNTER, ...search, '--json'], cwd: folder, env }
  const { [query]: answer } = measure([counted], { runs: 1, warmups: 0 })
  const { total } = JSON.parse(answer.stdout)
  const { stdout: _, ...figures } = glean
  return { bare: bare.wall, ...figures, read: JSON.parse(readFileSync(reads, 'utf8')), total }
}

function printResults(queries) {
  printTable(
    [
      'query',
      'hits',
      'x node -e 0',
      'ms',
      'least',
      'most',
      'node ms',
      'CPU ms',
      'peak MB',
      'read kB',
      'reads',
    ],
    queries.map(({ query, total, bare, wall, cpu, memory, read }) => {
      const time = summary(wall)
      const least = summary(bare).median
      return [
        query,
        total,
        figure(time.median / least, 2),
        ...[time.median, time.min, time.max, least, summary(cpu).median].map(ms => figure(ms)),
        megabytes(summary(memory).median, 0),
        figure(read.bytes / 1e3),
        read.reads,
      ]
    }),
  )
}
