/**
 * What does building an index of 72 MB of documentation cost? Time, processor time, peak memory and size of
 * `glean index`, each time into an empty folder; with `--minisearch` beside MiniSearch's `addAll` and
 * `JSON.stringify` of the same paragraphs, texts stored (about 40 s and 2 GB a run).
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { findCorpus } from './corpus.mjs'
import { measure, summary } from './measure.mjs'
import { figure, machine, megabytes, printTable, saveResults } from './results.mjs'
import { CLI } from './tool.mjs'

const MINISEARCH = fileURLToPath(new URL('./minisearch-build.mjs', import.meta.url))
/** Megabytes of heap: more than Node gives by itself on a small machine. */
const MINISEARCH_HEAP = 6000

const OPTIONS = {
  corpus: { type: 'string' },
  runs: { type: 'string', default: '5' },
  minisearch: { type: 'boolean', default: false },
}

export function run(args) {
  const { values } = parseArgs({ args, options: OPTIONS })
  const corpus = findCorpus(values.corpus)
  if (corpus === null) return
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-build-'))
  try {
    const system = machine()
    const figures = measure(commands(corpus, folder, values.minisearch), {
      runs: Number(values.runs),
      warmups: 0,
    })
    const outcomes = Object.entries(figures).map(([name, { stdout, ...samples }]) => {
      const { documents, chunks, textBytes, indexBytes } = JSON.parse(stdout)
      return { name, documents, chunks, textBytes, indexBytes, ...samples }
    })
    const results = { machine: system, outcomes }
    printResults(outcomes)
    saveResults('build', results)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function commands(corpus, folder, withMiniSearch) {
  const index = join(folder, 'index')
  const glean = {
    name: 'glean index',
    args: [CLI, 'index', corpus, '--index', index, '--json'],
    before: () => rmSync(index, { recursive: true, force: true }),
  }
  const minisearch = {
    name: 'MiniSearch',
    args: [`--max-old-space-size=${MINISEARCH_HEAP}`, MINISEARCH, corpus, join(folder, 'minisearch.json')],
  }
  return withMiniSearch ? [glean, minisearch] : [glean]
}

function printResults(outcomes) {
  printTable(
    [
      '',
      'documents',
      'chunks',
      's',
      'least',
      'most',
      'CPU s',
      'peak MB',
      'text MB',
      'index MB',
      'index/text',
    ],
    outcomes.map(({ name, documents, chunks, textBytes, indexBytes, wall, cpu, memory }) => {
      const { median, min, max } = summary(wall)
      return [
        name,
        documents,
        chunks,
        ...[median, min, max, summary(cpu).median].map(ms => figure(ms / 1000, 1)),
        megabytes(summary(memory).median, 0),
        megabytes(textBytes),
        megabytes(indexBytes),
        figure(indexBytes / textBytes, 2),
      ]
    }),
  )
}
