/**
 * What does each command take that people, editors and agents call again and again? Whole processes over an index of the
 * folder `seeds/`, in turn with `node -e 0`, the least a Node program can cost. The file system's cache is warm, and so is
 * the code cache.
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { buildAll, withHomes } from './homes.mjs'
import { measure, summary } from './measure.mjs'
import { figure, machine, megabytes, printTable, saveResults } from './results.mjs'
import { CLI, GLEAN } from './tool.mjs'

const SEEDS = fileURLToPath(new URL('../seeds', import.meta.url))
const BARE = 'node -e 0'

/** Command lines, but for `--index`. */
const LINES = {
  search: ['search', 'passage'],
  show: ['show', 'manual/searching.md:3'],
  stats: ['stats'],
  check: ['check'],
  'index, nothing changed': ['index', SEEDS],
}

export async function run(args) {
  const { values } = parseArgs({ args, options: { runs: { type: 'string', default: '15' } } })
  await withHomes(homeOf => {
    const system = machine()
    const index = homeOf(GLEAN.name)
    buildAll([GLEAN], SEEDS, homeOf)
    const commands = Object.entries(LINES).map(([name, line]) => ({
      name: `glean ${name}`,
      args: [CLI, ...line, '--index', index],
    }))
    const figures = measure([{ name: BARE, args: ['-e', '0'] }, ...commands], { runs: Number(values.runs) })
    printResults(figures)
    saveResults('commands', { machine: system, figures })
  })
}

function printResults(figures) {
  const bare = summary(figures[BARE].wall).median
  printTable(
    ['', 'ms over node -e 0', 'ms', 'least', 'most', 'CPU ms', 'peak MB'],
    Object.entries(figures).map(([name, { wall, cpu, memory }]) => {
      const { median, min, max } = summary(wall)
      return [
        name,
        figure(median - bare),
        ...[median, min, max, summary(cpu).median].map(ms => figure(ms)),
        megabytes(summary(memory).median, 0),
      ]
    }),
  )
}
