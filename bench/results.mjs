/** What was measured, shown and kept: tables for people on standard output, raw figures in bench/results/. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('./results/', import.meta.url))

/** Prints rows under their column names: the first column to the left, the others to the right. */
export function printTable(columns, rows) {
  const lines = [columns, ...rows].map(row => row.map(String))
  const widths = columns.map((_, at) => Math.max(...lines.map(line => line[at].length)))
  const print = line =>
    console.log(
      line
        .map((cell, at) => (at ? cell.padStart(widths[at]) : cell.padEnd(widths[at])))
        .join('  ')
        .trimEnd(),
    )
  const [head, ...body] = lines
  print(head)
  print(widths.map(width => '-'.repeat(width)))
  for (const line of body) print(line)
}

/** Warns where other work shares the machine; gives the machine as results keep it. */
export function machine() {
  const load = loadavg()[0]
  const cores = availableParallelism()
  if (load > cores / 4) console.error(`load ${load.toFixed(1)} on ${cores} cores: the times below are noisy`)
  const system = `${platform()} ${release()}`
  return { node: process.version, cpu: cpus()[0]?.model, cores, memory: totalmem(), system, load }
}

/** Keeps the raw figures of a question as bench/results/NAME-TIME.json and says where. */
export function saveResults(name, figures) {
  mkdirSync(FOLDER, { recursive: true })
  const time = new Date().toISOString()
  const file = `${name}-${time.slice(0, 19).replaceAll(':', '')}.json`
  writeFileSync(FOLDER + file, `${JSON.stringify({ question: name, time, ...figures }, null, 1)}\n`)
  console.error(`raw figures: bench/results/${file}`)
}

/** A number with so many decimals; a dash for what could not be measured. */
export const figure = (number, digits = 0) => (Number.isNaN(number) ? '-' : number.toFixed(digits))

/** Bytes as megabytes, a million bytes each. */
export const megabytes = (bytes, digits = 1) => figure(bytes / 1e6, digits)

/** A share as a percentage. */
export const percent = share => figure(share * 100, 1)
