/**
 * How many clients can ask `glean serve` at once? autocannon holds so many connections open for so long on loopback and
 * asks queries as they stand in the corpus: never the same twice, so that each is searched for; then a few hundred in
 * turn, then one alone, which are mostly answered from memory. Told are requests a second, latencies, and whatever was
 * not answered with 200.
 */
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { parseArgs } from 'node:util'
import { CORPUS_OPTIONS, findCorpus } from './corpus.mjs'
import { buildAll, withHomes } from './homes.mjs'
import { gleanQuery, sampleQueries } from './queries.mjs'
import { figure, machine, printTable, saveResults } from './results.mjs'
import { CLI, GLEAN } from './tool.mjs'

const OPTIONS = {
  ...CORPUS_OPTIONS,
  connections: { type: 'string', default: '64' },
  seconds: { type: 'string', default: '30' },
}

/** Another number of hits makes another question of a query. */
const LIMITS = 50

export async function run(args) {
  const { values } = parseArgs({ args, options: OPTIONS })
  const corpus = findCorpus(values)
  if (corpus === null) return
  const autocannon = installed()
  if (!autocannon) return console.log('Skipped: autocannon is not installed; npm ci --prefix bench')
  const [connections, duration] = [Number(values.connections), Number(values.seconds)]
  await withHomes(async homeOf => {
    console.error('building the index ...')
    buildAll([GLEAN], corpus, homeOf)
    const server = await serve(homeOf(GLEAN.name))
    try {
      const paths = sampleQueries(corpus)
        .filter(({ form }) => form === 'any' || form === 'phrase')
        .map(query => `/api/search?q=${encodeURIComponent(gleanQuery(query))}`)
      const loads = {
        'never twice': Array.from({ length: LIMITS }, (_, more) =>
          paths.map(path => `${path}&limit=${10 + more}`),
        ).flat(),
        [`${paths.length} queries`]: paths,
        'one query': [paths[0]],
        stats: ['/api/stats'],
      }
      const figures = {}
      for (const [name, requests] of Object.entries(loads)) {
        console.error(`${name}: ${duration} s ...`)
        figures[name] = await autocannon({
          url: server.url,
          connections,
          duration,
          requests: requests.map(path => ({ path })),
        })
      }
      print(figures, connections)
      saveResults('serve', { machine: machine(), connections, duration, figures })
    } finally {
      server.child.kill('SIGTERM')
    }
  })
}

function installed() {
  try {
    return createRequire(import.meta.url)('autocannon')
  } catch {
    return undefined
  }
}

function serve(index) {
  const child = spawn(process.execPath, [CLI, 'serve', '--index', index, '--port', '0', '--quiet'])
  return new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', url => resolve({ child, url: url.trim() }))
    child.once('exit', code => reject(new Error(`glean serve ended with ${code}`)))
  })
}

function print(figures, connections) {
  console.log(`${connections} connections on loopback\n`)
  printTable(
    ['', 'requests', 'a second', 'p50 ms', 'p99 ms', 'most ms', 'errors', 'not 200'],
    Object.entries(figures).map(([name, { requests, latency, errors, timeouts, non2xx }]) => [
      name,
      requests.total,
      figure(requests.average, 1),
      latency.p50,
      latency.p99,
      latency.max,
      errors + timeouts,
      non2xx,
    ]),
  )
}
