/** How much memory do a build and a cold search of two words take at their peak, by the operating system's account? */
import { parseArgs } from 'node:util'
import { ask } from './cold.mjs'
import { CORPUS_OPTIONS, findCorpus, sizeOf } from './corpus.mjs'
import { buildAll, withHomes } from './homes.mjs'
import { summary } from './measure.mjs'
import { MIXED } from './queries.mjs'
import { machine, megabytes, printTable, saveResults } from './results.mjs'
import { rivals } from './rivals.mjs'
import { GLEAN } from './tool.mjs'

const OPTIONS = {
  ...CORPUS_OPTIONS,
  runs: { type: 'string', default: '5' },
  rivals: { type: 'string' },
}

export async function run(args) {
  const { values } = parseArgs({ args, options: OPTIONS })
  const corpus = findCorpus(values)
  if (corpus === null) return
  await withHomes(homeOf => {
    const system = machine()
    const engines = [GLEAN, ...rivals(values.rivals)]
    const built = buildAll(engines, corpus, homeOf)
    const query = MIXED.find(({ kind }) => kind === 'two words')
    const able = engines.filter(({ name }) => !built[name]?.failed)
    const searched = ask(query, able, corpus, homeOf, Number(values.runs))
    console.log(`${megabytes(sizeOf(corpus).bytes)} MB of text; peaks in MB`)
    const peak = figures => (figures?.memory.length ? megabytes(summary(figures.memory).max, 0) : '-')
    printTable(
      ['', 'build', 'search'],
      [...new Set([...Object.keys(built), ...Object.keys(searched)])].map(name => [
        name,
        built[name]?.failed ?? peak(built[name]),
        peak(searched[name]),
      ]),
    )
    saveResults('memory', { machine: system, built, searched })
  })
}
