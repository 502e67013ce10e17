/**
 * How does the slowest of many shards slow an answer? A simulation, not a measurement: a query goes to every shard and is
 * answered when the last one has answered. A shard takes as long as a lognormal says, and one time in a hundred ten times
 * as long, as when it writes its memory to disk. With a copy asked too where the first is late (after J. Dean and L. A.
 * Barroso, The Tail at Scale, Communications of the ACM 56(2), 2013), and with answers that are taken in part after a
 * while.
 */
import { parseArgs } from 'node:util'
import { seeded } from './random.mjs'
import { figure, percent, printTable, saveResults } from './results.mjs'

const OPTIONS = {
  queries: { type: 'string', default: '20000' },
  median: { type: 'string', default: '5' },
  seed: { type: 'string', default: '7' },
}

const FAN_OUTS = [1, 2, 4, 8, 16, 32, 64, 128, 256]

/** Spread of the logarithm; share of slow answers, and how much slower they are. */
const SIGMA = 0.5
const SLOW_SHARE = 0.01
const SLOW_FACTOR = 10

/** Milliseconds after which a copy is asked too, and after which an answer is taken in part: in medians. */
const HEDGE = 3
const CUT = 8

export async function run(args) {
  const { values } = parseArgs({ args, options: OPTIONS })
  const [queries, median] = [Number(values.queries), Number(values.median)]
  const random = seeded(Number(values.seed))
  const draw = () =>
    median * Math.exp(SIGMA * normal(random)) * (random.unit() < SLOW_SHARE ? SLOW_FACTOR : 1)
  const rows = FAN_OUTS.map(shards => {
    const plain = []
    const hedged = []
    let asked = 0
    let missing = 0
    for (let query = 0; query < queries; query++) {
      let slowest = 0
      let slowestHedged = 0
      for (let shard = 0; shard < shards; shard++) {
        const first = draw()
        slowest = Math.max(slowest, first)
        const isLate = first > HEDGE * median
        if (isLate) asked++
        if (first > CUT * median) missing++
        slowestHedged = Math.max(slowestHedged, isLate ? Math.min(first, HEDGE * median + draw()) : first)
      }
      plain.push(slowest)
      hedged.push(slowestHedged)
    }
    const all = queries * shards
    return {
      shards,
      plain: quantiles(plain),
      hedged: quantiles(hedged),
      asked: asked / all,
      missing: missing / all,
    }
  })
  console.log(
    `${queries} queries; one shard: median ${median} ms, 1 of 100 answers ten times as slow (simulated)\n`,
  )
  printTable(
    ['shards', 'p50 ms', 'p99', 'with copies p50', 'p99', 'asked twice %', `at ${CUT * median} ms missing %`],
    rows.map(({ shards, plain, hedged, asked, missing }) => [
      shards,
      figure(plain.p50, 1),
      figure(plain.p99, 1),
      figure(hedged.p50, 1),
      figure(hedged.p99, 1),
      percent(asked),
      percent(missing),
    ]),
  )
  saveResults('tail', { queries, median, rows })
}

/** Box and Muller's way from two even draws to a normal one. */
function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())
}

function quantiles(values) {
  const sorted = values.sort((a, b) => a - b)
  return { p50: sorted[Math.floor(0.5 * sorted.length)], p99: sorted[Math.floor(0.99 * sorted.length)] }
}
