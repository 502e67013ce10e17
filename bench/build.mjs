/**
 * What does building an index cost? Time, processor time, peak memory and size of each engine, each time into an empty
 * folder; the engines in turn, those that take minutes once. The text is stored by all of them. The system has the files in
 * memory from the second round on, but with `--from-disk`.
 */
import { parseArgs } from 'node:util'
import { CORPUS_OPTIONS, findCorpus, sizeOf } from './corpus.mjs'
import { buildAll, withHomes } from './homes.mjs'
import { summary } from './measure.mjs'
import { figure, machine, megabytes, printTable, saveResults } from './results.mjs'
import { rivals } from './rivals.mjs'
import { GLEAN } from './tool.mjs'

const OPTIONS = {
  ...CORPUS_OPTIONS,
  runs: { type: 'string', default: '5' },
  rivals: { type: 'string' },
  'from-disk': { type: 'boolean' },
}

export async function run(args) {
  const { values } = parseArgs({ args, options: OPTIONS })
  const corpus = findCorpus(values)
  if (corpus === null) return
  await withHomes(async homeOf => {
    const system = machine()
    const engines = [GLEAN, ...rivals(values.rivals)]
    const figures = buildAll(engines, corpus, homeOf, Number(values.runs), values['from-disk'])
    const { files, bytes } = sizeOf(corpus)
    console.log(`${files} files, ${megabytes(bytes)} MB of text`)
    printResults(figures, bytes)
    saveResults('build', { machine: system, corpus: { files, bytes }, figures })
  })
}

function printResults(figures, textBytes) {
  const own = summary(figures.glean.wall).median
  printTable(
    ['', 's', 'least', 'most', 'of glean', 'CPU s', 'peak MB', 'index MB', 'index/text'],
    Object.entries(figures).map(([name, { wall, cpu, memory, indexBytes, failed }]) => {
      if (failed) return [name, failed, '', '', '', '', '', '', '']
      const { median, min, max } = summary(wall)
      return [
        name,
        ...[median, min, max].map(ms => figure(ms / 1000, 1)),
        figure(median / own, 2),
        figure(summary(cpu).median / 1000, 1),
        megabytes(summary(memory).median, 0),
        megabytes(indexBytes),
        figure(indexBytes / textBytes, 2),
      ]
    }),
  )
}
