/**
 * What grows how? Made corpora of several sizes: the build (time, memory, size) beside SQLite's FTS5, and cold searches
 * for words that are rare, middling and common in each, as multiples of `node -e 0`.
 */
import { parseArgs } from 'node:util'
import { ask, count, multiple } from './cold.mjs'
import { sizeOf, zipfCorpus } from './corpus.mjs'
import { buildAll, withHomes } from './homes.mjs'
import { summary } from './measure.mjs'
import { figure, machine, megabytes, printTable, saveResults } from './results.mjs'
import { rivals } from './rivals.mjs'
import { GLEAN } from './tool.mjs'
import { wordOfRank } from './zipf.mjs'

/** Words by rank: the commoner, the more there is of them as the corpus grows. */
const RANKS = { rare: 50_000, middling: 2000, common: 0 }

const OPTIONS = {
  sizes: { type: 'string', default: '72,300,1000' },
  runs: { type: 'string', default: '15' },
  rivals: { type: 'string', default: 'fts5 unicode61' },
}

export async function run(args) {
  const { values } = parseArgs({ args, options: OPTIONS })
  const system = machine()
  const steps = []
  for (const size of values.sizes.split(',')) {
    const corpus = zipfCorpus(Number(size))
    console.error(`${size} MB ...`)
    steps.push(await withHomes(homeOf => step(corpus, rivals(values.rivals), homeOf, Number(values.runs))))
  }
  printBuilds(steps)
  console.log()
  printSearches(steps)
  saveResults('scale', { machine: system, steps })
}

function step(corpus, others, homeOf, runs) {
  const { files, bytes } = sizeOf(corpus)
  const built = buildAll([GLEAN, ...others], corpus, homeOf)
  const searches = Object.entries(RANKS).map(([kind, rank]) => {
    const query = { kind, form: 'any', words: [wordOfRank(rank)] }
    const figures = ask(query, [GLEAN], corpus, homeOf, runs)
    return { kind, figures, ...count(query, homeOf(GLEAN.name), homeOf('counting')) }
  })
  return { files, bytes, built, searches }
}

function printBuilds(steps) {
  printTable(
    ['build', 'text MB', 'files', 's', 'MB/s', 'peak MB', 'index/text'],
    steps.flatMap(({ files, bytes, built }) =>
      Object.entries(built).map(([name, { wall, memory, indexBytes }]) => {
        const { median } = summary(wall)
        return [
          name,
          megabytes(bytes, 0),
          files,
          figure(median / 1e3, 1),
          figure(bytes / 1e3 / median, 1),
          megabytes(summary(memory).median, 0),
          figure(indexBytes / bytes, 2),
        ]
      }),
    ),
  )
}

function printSearches(steps) {
  printTable(
    ['search', 'text MB', 'hits', 'x node -e 0', 'ms', 'peak MB', 'read kB', 'reads'],
    steps.flatMap(({ bytes, searches }) =>
      searches.map(({ kind, figures, total, read }) => [
        kind,
        megabytes(bytes, 0),
        total,
        figure(multiple(figures, GLEAN.name), 2),
        figure(summary(figures.glean.wall).median),
        megabytes(summary(figures.glean.memory).median, 0),
        figure(read.bytes / 1e3),
        read.reads,
      ]),
    ),
  )
}
