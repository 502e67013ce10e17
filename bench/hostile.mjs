/**
 * What do broken and malicious files do? Copies of whole files of every format, cut off, with bytes flipped, torn, under
 * the wrong ending or packed into one another, and some made to exhaust their reader, are indexed. A process that ends
 * badly is a crash, one file that takes longer than its limit a hang; every file has to be in the index or in the report.
 * The files are the same every time, by their seed; with --keep they stay to be looked at.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { strToU8, zipSync } from 'fflate'
import { seeded } from './random.mjs'
import { machine, printTable, saveResults } from './results.mjs'
import { bombs, samples } from './samples.mjs'

const BUILD = fileURLToPath(new URL('./hostile-build.mjs', import.meta.url))

const OPTIONS = {
  runs: { type: 'string', default: '1000' },
  seed: { type: 'string', default: '1' },
  'no-bombs': { type: 'boolean', default: false },
  keep: { type: 'boolean', default: false },
}

/** Files that are indexed by one process. */
const BATCH = 200
/** Milliseconds: the limit of a file of a few megabytes, and of a process. */
const LIMIT = 60_000
const PROCESS_LIMIT = 20 * 60_000

export async function run(args) {
  const { values } = parseArgs({ args, options: OPTIONS })
  const system = machine()
  const folder = mkdtempSync(join(tmpdir(), 'glean-hostile-'))
  try {
    const batches = [...hostileFiles(Number(values.runs), Number(values.seed))]
    if (!values['no-bombs']) batches.push(bombs())
    const outcomes = batches.map((files, number) => outcomeOf(files, join(folder, String(number))))
    const sums = sumsOf(outcomes)
    printSums(sums)
    saveResults('hostile', { machine: system, seed: values.seed, ...sums })
    if (sums.crashes + sums.hangs + sums.missing.length > 0) process.exitCode = 1
  } finally {
    if (values.keep) console.log(`the files: ${folder}`)
    else rmSync(folder, { recursive: true, force: true })
  }
}

/** Batches of files by name. */
function* hostileFiles(runs, seed) {
  const random = seeded(seed)
  const whole = [...samples()]
  const endings = [...new Set(whole.map(([name]) => extname(name)))]
  let batch = new Map()
  for (let number = 0; number < runs; number++) {
    const [name, bytes] = whole[number % whole.length]
    const way = WAYS[random.below(WAYS.length)]
    const [ending, content] = way(bytes, extname(name), { random, endings, whole })
    batch.set(`${String(number).padStart(6, '0')}-${way.name}${ending}`, content)
    if (batch.size < BATCH && number + 1 < runs) continue
    yield batch
    batch = new Map()
  }
}

const WAYS = [
  function cut(bytes, ending, { random }) {
    return [ending, bytes.subarray(0, random.below(bytes.length + 1))]
  },
  function flipped(bytes, ending, { random }) {
    const copy = Buffer.from(bytes)
    for (let flips = 1 + random.below(40); flips > 0; flips--)
      copy[random.below(copy.length)] ^= 1 << random.below(8)
    return [ending, copy]
  },
  function torn(bytes, ending, { random }) {
    const from = random.below(bytes.length)
    const to = from + random.below(bytes.length - from)
    const twice = random.below(2) === 0 ? bytes.subarray(from, to) : Buffer.alloc(to - from)
    return [
      ending,
      Buffer.concat([bytes.subarray(0, from), twice, twice, bytes.subarray(random.below(bytes.length))]),
    ]
  },
  function misnamed(bytes, _ending, { random, endings }) {
    return [endings[random.below(endings.length)], bytes]
  },
  function packed(bytes, ending, { random, whole }) {
    const broken = Buffer.from(bytes)
    for (let flips = random.below(20); flips > 0; flips--)
      broken[random.below(broken.length)] ^= 1 << random.below(8)
    let archive = zipSync({ [`a${ending}`]: broken, 'b.txt': strToU8('whole') })
    for (let depth = random.below(5); depth > 0; depth--) {
      const [name, beside] = whole[random.below(whole.length)]
      archive = zipSync({ 'in.zip': archive, [name]: beside })
    }
    return ['.zip', Buffer.from(archive)]
  },
]

function outcomeOf(files, folder) {
  const docs = join(folder, 'docs')
  mkdirSync(docs, { recursive: true })
  for (const [name, content] of files) writeFileSync(join(docs, name), content)
  const child = spawnSync(process.execPath, [BUILD, docs, join(folder, 'index')], {
    encoding: 'utf8',
    timeout: PROCESS_LIMIT,
    maxBuffer: 1 << 30,
  })
  if (child.status !== 0)
    return { files: files.size, crash: child.error?.message ?? child.stderr.slice(-2000) }
  const { report, paths, longest, memory } = JSON.parse(child.stdout)
  const met = [...paths, ...report.leftOut.map(({ path }) => path)].map(path => path.replace(/!\/.*$/s, ''))
  const known = new Set(met)
  const missing = [...files.keys()].filter(name => !known.has(name))
  return { files: files.size, report, documents: paths.length, missing, longest, memory, noise: child.stderr }
}

function sumsOf(outcomes) {
  const reasons = {}
  for (const { report } of outcomes)
    for (const [reason, count] of Object.entries(report?.leftOutCounts ?? {}))
      reasons[reason] = (reasons[reason] ?? 0) + count
  const sum = figureOf => outcomes.reduce((total, outcome) => total + figureOf(outcome), 0)
  const most = figureOf => Math.max(...outcomes.map(outcome => figureOf(outcome) ?? 0))
  return {
    files: sum(({ files }) => files),
    documents: sum(({ documents }) => documents ?? 0),
    doubts: sum(({ report }) => report?.doubts.length ?? 0),
    reasons,
    crashes: outcomes.filter(({ crash }) => crash !== undefined).length,
    hangs: outcomes.filter(({ longest }) => longest > LIMIT).length,
    missing: outcomes.flatMap(({ missing }) => missing ?? []),
    noise: outcomes.map(({ crash, noise }) => crash ?? noise).filter(Boolean),
    longest: most(({ longest }) => longest),
    memory: most(({ memory }) => memory),
  }
}

function printSums({ files, documents, doubts, reasons, crashes, hangs, missing, noise, longest, memory }) {
  printTable(
    ['', 'count'],
    [
      ['hostile files', files],
      ['documents indexed (members of archives too)', documents],
      ['of them with a doubt', doubts],
      ...Object.entries(reasons).map(([reason, count]) => [`left out: ${reason}`, count]),
      ['crashes', crashes],
      ['hangs over the limit', hangs],
      ['files neither indexed nor reported', missing.length],
    ],
  )
  console.log(
    `longest wait for a file ${(longest / 1000).toFixed(1)} s, peak memory ${Math.round(memory / 1e6)} MB`,
  )
  for (const name of missing.slice(0, 10)) console.log(`  not accounted for: ${name}`)
  for (const line of noise.slice(0, 3)) console.log(line)
}
