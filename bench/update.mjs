/**
 * What does it cost to bring an index up to date? With nothing changed and after one file has, as whole processes in
 * turn with a bare fast-glob that looks at every file, and with building anew: what there is elsewhere. The corpus is
 * copied: files are changed.
 */
import { appendFileSync, cpSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { CORPUS_OPTIONS, filesOf, findCorpus } from './corpus.mjs'
import { buildAll, withHomes } from './homes.mjs'
import { measure, summary } from './measure.mjs'
import { figure, machine, megabytes, printTable, saveResults } from './results.mjs'
import { CLI, GLEAN } from './tool.mjs'

const WALK = fileURLToPath(new URL('./bare-walk.mjs', import.meta.url))
const BARE = 'bare fast-glob with stats'

const OPTIONS = { ...CORPUS_OPTIONS, runs: { type: 'string', default: '15' } }

export async function run(args) {
  const { values } = parseArgs({ args, options: OPTIONS })
  const original = findCorpus(values)
  if (original === null) return
  await withHomes(homeOf => {
    const system = machine()
    const corpus = homeOf('corpus')
    cpSync(original, corpus, { recursive: true })
    const files = filesOf(corpus)
    buildAll([GLEAN], corpus, homeOf)
    const figures = measure(commands(corpus, files, homeOf(GLEAN.name), homeOf('anew')), {
      runs: Number(values.runs),
    })
    console.log(`${files.length} files`)
    printResults(figures)
    saveResults('update', { machine: system, files: files.length, figures })
  })
}

function commands(corpus, files, index, anew) {
  const update = { args: [CLI, 'index', corpus, '--index', index, '--json'] }
  let change = 0
  const changeOne = () => appendFileSync(files[(change * 7919) % files.length], `\n\nChange ${++change}.\n`)
  // The change before is taken in untimed, so that "nothing changed" is what it says.
  const takeIn = () => measure([{ name: 'untimed', ...update }], { runs: 1, warmups: 0 })
  return [
    { name: BARE, args: [WALK, corpus] },
    { name: 'glean index, nothing changed', before: takeIn, ...update },
    { name: 'glean index, one file changed', before: changeOne, ...update },
    { name: 'glean index --dry-run', args: [...update.args, '--dry-run'] },
    { name: 'glean index --rebuild', most: 3, args: [CLI, 'index', corpus, '--index', anew, '--rebuild'] },
  ]
}

function printResults(figures) {
  const bare = summary(figures[BARE].wall).median
  printTable(
    ['', 'x bare', 'ms', 'least', 'most', 'CPU ms', 'peak MB'],
    Object.entries(figures).map(([name, { wall, cpu, memory }]) => {
      const { median, min, max } = summary(wall)
      return [
        name,
        figure(median / bare, 2),
        ...[median, min, max, summary(cpu).median].map(ms => figure(ms)),
        megabytes(summary(memory).median, 0),
      ]
    }),
  )
}
