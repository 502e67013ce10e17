/**
 * What does a search cost in a process that stays? Two hundred queries of words as the corpus has them go to each
 * engine in turn, three times over; an engine's time for a query is the median of its three. gleaner and the engines in
 * memory time themselves; SQLite is timed from outside, through a pipe.
 */
import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { CORPUS_OPTIONS, findCorpus } from './corpus.mjs'
import { buildAll, withHomes } from './homes.mjs'
import { summary } from './measure.mjs'
import { sampleQueries } from './queries.mjs'
import { figure, machine, megabytes, printTable, saveResults } from './results.mjs'
import { searchScript, sqliteQuery } from './rivals/sqlite.mjs'
import { rivals } from './rivals.mjs'
import { GLEAN } from './tool.mjs'

const OPTIONS = {
  ...CORPUS_OPTIONS,
  rounds: { type: 'string', default: '3' },
  rivals: { type: 'string' },
}

export async function run(args) {
  const { values } = parseArgs({ args, options: OPTIONS })
  const corpus = findCorpus(values)
  if (corpus === null) return
  await withHomes(async homeOf => {
    const system = machine()
    const queries = sampleQueries(corpus)
    const engines = [GLEAN, ...rivals(values.rivals)].filter(({ warm }) => warm)
    console.error('building the indexes ...')
    const built = buildAll(engines, corpus, homeOf)
    const asked = []
    for (const { name, warm } of engines) {
      if (built[name].failed) continue
      console.error(`starting ${name} ...`)
      asked.push(Object.assign(await started(warm(homeOf(name))), { name }))
    }
    try {
      const times = await askAll(asked, queries, Number(values.rounds))
      printResults(asked, queries, times)
      saveResults('warm', { machine: system, queries, times })
    } finally {
      for (const { stop } of asked) stop()
    }
  })
}

/** A process that answers: `ask(query)` gives its time in ms (undefined where it cannot be asked), `memory` its last size. */
async function started(command) {
  return command.program ? piped(command) : await forked(command)
}

async function forked({ args: [...args] }) {
  const script = args.findIndex(each => !each.startsWith('--'))
  const child = fork(args[script], args.slice(script + 1), { execArgv: args.slice(0, script) })
  await once(child, 'message')
  const engine = { memory: undefined, stop: () => child.kill() }
  engine.ask = async query => {
    child.send(query)
    const [{ ms, memory }] = await once(child, 'message')
    engine.memory = memory
    return ms
  }
  return engine
}

/** SQLite: what it prints ends with a line of our own. */
function piped({ program, args }) {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  const ask = async query => {
    const own = sqliteQuery(query)
    if (own === undefined) return undefined
    const began = performance.now()
    child.stdin.write(`${searchScript(own)}.print end of answer\n`)
    await new Promise(resolve => {
      lines.on('line', function look(line) {
        if (line !== 'end of answer') return
        lines.off('line', look)
        resolve()
      })
    })
    return performance.now() - began
  }
  return { ask, stop: () => child.kill() }
}

/** By engine, the time of each query. */
async function askAll(engines, queries, rounds) {
  const samples = Object.fromEntries(engines.map(({ name }) => [name, queries.map(() => [])]))
  for (let round = 0; round < rounds; round++) {
    for (const [number, query] of queries.entries()) {
      for (const { name, ask } of engines) {
        const ms = await ask(query)
        if (ms !== undefined && ms !== null) samples[name][number].push(ms)
      }
    }
  }
  const medians = of => of.map(each => (each.length > 0 ? summary(each).median : undefined))
  return Object.fromEntries(Object.entries(samples).map(([name, of]) => [name, medians(of)]))
}

function printResults(engines, queries, times) {
  const kinds = [...new Set(queries.map(({ kind }) => kind))].sort()
  const timesOf = (name, kind) =>
    times[name].filter((ms, number) => ms !== undefined && (!kind || queries[number].kind === kind))
  const row = (shown, value) => [shown, ...engines.map(({ name }) => value(name))]
  printTable(
    ['ms', ...engines.map(({ name }) => name)],
    [
      ...kinds.map(kind => row(kind, name => figure(summary(timesOf(name, kind)).median, 2))),
      row('all', name => figure(summary(timesOf(name)).median, 2)),
      row('one in 20 over', name => figure(quantile(timesOf(name), 0.95), 2)),
      row('most', name => figure(summary(timesOf(name)).max, 2)),
      ['memory MB', ...engines.map(({ memory }) => (memory ? megabytes(memory, 0) : '-'))],
    ],
  )
}

function quantile(samples, share) {
  return [...samples].sort((a, b) => a - b)[Math.floor(samples.length * share)] ?? Number.NaN
}
