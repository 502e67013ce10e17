/**
 * Do readers ever see anything but whole answers? One writer brings an index up to date in a loop, and several processes
 * search it, some with an index that they keep open, some opening it for each query. Every generation of the documents
 * says its number in many of them at once, so that an answer out of two generations would show. Prints what the readers
 * got done with the writer and without.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { figure, machine, printTable, saveResults } from './results.mjs'
import { library } from './tool.mjs'
import { writeZipfCorpus } from './zipf.mjs'

const READER = fileURLToPath(new URL('./reader.mjs', import.meta.url))

const OPTIONS = {
  seconds: { type: 'string', default: '60' },
  readers: { type: 'string', default: '8' },
  zipf: { type: 'string', default: '1' },
}

/** Documents that say the number of their generation. */
const TAGGED = 24

/** Share of the time that the readers have for themselves. */
const ALONE = 0.25

export async function run(args) {
  const { values } = parseArgs({ args, options: OPTIONS })
  const [seconds, readers, megabytes] = [values.seconds, values.readers, values.zipf].map(Number)
  if (!(seconds > 0 && readers >= 1 && megabytes > 0)) {
    throw new Error('--seconds and --zipf are numbers over 0, --readers is 1 or more')
  }
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-readers-'))
  try {
    const index = await prepare(folder, megabytes)
    const alone = await read(index, readers, seconds * ALONE)
    const stop = new AbortController()
    const writing = write(folder, stop.signal)
    const beside = await read(index, readers, seconds)
    stop.abort()
    const generations = await writing
    report(alone, beside, generations)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The first generation; gives the index as readers see it, without its documents: what it holds is what it says. */
async function prepare(folder, megabytes) {
  const { buildIndex } = await library()
  mkdirSync(join(folder, 'docs/tagged'), { recursive: true })
  mkdirSync(join(folder, 'elsewhere'))
  writeZipfCorpus(join(folder, 'docs'), megabytes * 1e6)
  tag(folder, 0)
  await buildIndex({ paths: ['docs'], index: 'index', cwd: folder })
  symlinkSync('../index', join(folder, 'elsewhere/index'))
  return join(folder, 'elsewhere/index')
}

/** Each generation also comes and goes under names of its own. */
function tag(folder, generation) {
  rmSync(join(folder, 'docs/tagged'), { recursive: true })
  mkdirSync(join(folder, 'docs/tagged'))
  for (let number = 0; number < TAGGED; number++) {
    const name = number % 3 === 0 ? `own-${generation}-${number}` : number
    const text = `# Tagged ${number}\n\nThis tagged text is of generation${generation}, and no other.\n`
    writeFileSync(join(folder, `docs/tagged/${name}.md`), text)
  }
}

/** Writes one generation after another; gives how many. */
async function write(folder, signal) {
  const { buildIndex } = await library()
  for (let generation = 1; ; generation++) {
    tag(folder, generation)
    await buildIndex({ paths: ['docs'], index: 'index', cwd: folder })
    await sleep(1)
    if (signal.aborted) return generation
  }
}

/** Has so many processes search for a while; gives what they got done, added up. */
async function read(index, readers, seconds) {
  const began = performance.now()
  const outcomes = await Promise.all(
    Array.from({ length: readers }, (_, number) => {
      const stays = number % 2 === 0
      return outcomeOf(spawn(process.execPath, [READER, index, seconds, TAGGED, stays ? 'stays' : 'opens']))
    }),
  )
  const elapsed = (performance.now() - began) / 1000
  const sum = name => outcomes.reduce((total, outcome) => total + outcome[name], 0)
  for (const { complaints } of outcomes) for (const complaint of complaints) console.error(complaint)
  const seen = new Set(outcomes.flatMap(({ generations }) => generations)).size
  return { queries: sum('queries'), errors: sum('errors'), wrong: sum('wrong'), elapsed, seen }
}

function outcomeOf(child) {
  return new Promise((resolve, reject) => {
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', piece => {
      stdout += piece
    })
    child.stderr.on('data', piece => {
      stderr += piece
    })
    child.on('close', code =>
      code === 0 ? resolve(JSON.parse(stdout)) : reject(new Error(`a reader ended with ${code}: ${stderr}`)),
    )
  })
}

function report(alone, beside, generations) {
  const row = (name, { queries, errors, wrong, elapsed, seen }) => [
    name,
    queries,
    figure(queries / elapsed),
    seen,
    errors,
    wrong,
  ]
  printTable(
    ['', 'queries', 'a second', 'generations seen', 'errors', 'wrong answers'],
    [row('without the writer', alone), row('with the writer', beside)],
  )
  console.log(`\n${generations} generations written`)
  saveResults('readers', { machine: machine(), alone, beside, generations })
  const bad = alone.errors + alone.wrong + beside.errors + beside.wrong
  if (bad > 0) throw new Error(`${bad} queries failed or were answered wrongly`)
}
