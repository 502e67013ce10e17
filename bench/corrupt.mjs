/**
 * Is every damage to an index detected, or harmless? Bytes are flipped, ranges zeroed, files cut short, and parts exchanged
 * within and between files, in copies of a small index. Then it is opened, searched, shown, counted and checked. Each
 * answer has to be the one of the sound index, or a refusal that says why; and `glean check` has to notice whatever made
 * a difference. Workers do it, with bounds to their memory and time.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { seeded } from './random.mjs'
import { machine, printTable, saveResults } from './results.mjs'
import { library } from './tool.mjs'
import { writeZipfCorpus } from './zipf.mjs'

const WORKER = fileURLToPath(new URL('./corrupt-worker.mjs', import.meta.url))

const OPTIONS = {
  runs: { type: 'string', default: '5000' },
  workers: { type: 'string', default: String(availableParallelism()) },
  seed: { type: 'string', default: String(Date.now() % 1e6) },
}

/** Milliseconds and MB that all questions together may take of a damaged index of some hundred kB. */
const MOST_TIME = 20_000
const MOST_MEMORY = 400

/** Outcomes, the good ones first. */
const OUTCOMES = ['detected', 'harmless', 'wrong', 'crashed', 'hung']

export async function run(args) {
  const { values } = parseArgs({ args, options: OPTIONS })
  const [runs, workers, seed] = [values.runs, values.workers, values.seed].map(Number)
  if (!(runs >= 1 && workers >= 1)) throw new Error('--runs and --workers are numbers, 1 or more')
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-corrupt-'))
  try {
    const sound = await soundIndexes(folder)
    const tally = {}
    let next = 0
    const damages = () => (next < runs ? damage(sound, seeded(seed + next), next++) : undefined)
    await Promise.all(
      Array.from({ length: workers }, (_, number) => work(folder, number, sound, damages, tally)),
    )
    report(tally, seed)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function report(tally, seed) {
  printTable(
    ['damage', 'runs', ...OUTCOMES],
    Object.entries(tally).map(([kind, row]) => [
      kind,
      sum(Object.values(row)),
      ...OUTCOMES.map(each => row[each] ?? 0),
    ]),
  )
  const totals = OUTCOMES.map(each => [each, sum(Object.values(tally).map(row => row[each] ?? 0))])
  console.log(`\n${totals.map(([each, count]) => `${count} ${each}`).join(', ')}`)
  saveResults('corrupt', { machine: machine(), seed, tally })
  const bad = sum(totals.slice(2).map(([, count]) => count))
  if (bad > 0) throw new Error(`${bad} damages were neither detected nor harmless (--seed ${seed})`)
}

const sum = numbers => numbers.reduce((a, b) => a + b, 0)

/** Two indexes of the same documents but one, so that what is exchanged between them may look right; one in several segments. */
async function soundIndexes(folder) {
  const { buildIndex } = await library()
  const docs = join(folder, 'docs')
  mkdirSync(docs)
  writeZipfCorpus(docs, 120_000)
  writeFileSync(
    join(docs, 'a.md'),
    '---\nlevel: 3\n---\n# A whale\n\nThe café of the naïve whale: Straße, 東京都, дом.\n',
  )
  const sound = []
  for (const [number, name] of ['first', 'second'].entries()) {
    writeFileSync(join(docs, 'b.md'), `# State ${number}\n\nThis is state${number} of the index.\n`)
    await buildIndex({ paths: ['docs'], index: name, cwd: folder })
    sound.push(filesOf(join(folder, name)))
  }
  return sound
}

/** The files that make up an index, not what is of use on this machine alone; by name. */
function filesOf(folder) {
  const names = readdirSync(folder).filter(
    name => /\.(seg|docs|json)$/.test(name) && name !== 'replaced.json',
  )
  return new Map(names.sort().map(name => [name, readFileSync(join(folder, name))]))
}

const KINDS = {
  'a byte changed': (files, random) => {
    const { name, bytes } = anyFile(files, random)
    const at = random.below(bytes.length)
    bytes[at] ^= 1 + random.below(255)
    return `${name} at ${at}`
  },
  'a bit changed in the manifest': (files, random) => {
    const bytes = files.get('manifest.json')
    const at = random.below(bytes.length)
    bytes[at] ^= 1 << random.below(8)
    return `at ${at}`
  },
  'some bytes changed': (files, random) => {
    const { name, bytes } = anyFile(files, random)
    for (let count = 2 + random.below(20); count > 0; count--)
      bytes[random.below(bytes.length)] = random.below(256)
    return name
  },
  'a range zeroed': (files, random) => {
    const { name, bytes } = anyFile(files, random)
    const [start, end] = range(bytes.length, random)
    bytes.fill(0, start, end)
    return `${name} ${start}-${end}`
  },
  'cut short': (files, random) => {
    const { name, bytes } = anyFile(files, random)
    const length = random.below(bytes.length)
    files.set(name, bytes.subarray(0, length))
    return `${name} to ${length}`
  },
  'made longer': (files, random) => {
    const { name, bytes } = anyFile(files, random)
    const more = Buffer.alloc(1 + random.below(5000), random.below(256))
    files.set(name, Buffer.concat([bytes, more]))
    return `${name} by ${more.length}`
  },
  'a part moved': (files, random) => {
    const { name, bytes } = anyFile(files, random)
    const [start, end] = range(bytes.length, random)
    const to = random.below(bytes.length - (end - start) + 1)
    bytes.copyWithin(to, start, end)
    return `${name} ${start}-${end} to ${to}`
  },
  'a part of another file': (files, random) => {
    const [one, other] = [anyFile(files, random), anyFile(files, random)]
    const [start, end] = range(Math.min(one.bytes.length, other.bytes.length), random)
    other.bytes.copy(one.bytes, start, start, end)
    return `${one.name} ${start}-${end} of ${other.name}`
  },
  'a part of another index': (files, random, others) => {
    const { name, bytes } = anyFile(files, random)
    const other =
      others.get(name) ?? [...others].find(([each]) => each.split('.')[1] === name.split('.')[1])[1]
    const [start, end] = range(Math.min(bytes.length, other.length), random)
    other.copy(bytes, start, start, end)
    return `${name} ${start}-${end}`
  },
  'files exchanged': (files, random, others) => {
    const { name } = anyFile(files, random)
    const other = random.below(2) ? anyFile(files, random).bytes : anyFile(others, random).bytes
    files.set(name, Buffer.from(other))
    return name
  },
  'a file gone': (files, random) => {
    const { name } = anyFile(files, random)
    files.delete(name)
    return name
  },
}

function anyFile(files, random) {
  const names = [...files.keys()]
  const name = names[random.below(names.length)]
  return { name, bytes: files.get(name) }
}

function range(length, random) {
  const size = 1 + random.below(Math.min(length, 1 << (1 + random.below(14))))
  const start = random.below(length - size + 1)
  return [start, start + size]
}

/** A damaged copy of one of the indexes. */
function damage(sound, random, number) {
  const which = random.below(2)
  const files = new Map([...sound[which]].map(([name, bytes]) => [name, Buffer.from(bytes)]))
  const kinds = Object.keys(KINDS)
  const kind = kinds[number % kinds.length]
  const detail = KINDS[kind](files, random, sound[1 - which])
  return { kind, detail: `${detail}, number ${number}`, which, files }
}

/** One worker after another, each until it dies or there is no more to do. */
async function work(folder, number, sound, damages, tally) {
  const own = join(folder, `worker-${number}`)
  mkdirSync(own)
  let worker = start(own, sound)
  for (let next = damages(); next; next = damages()) {
    const outcome = await ask(worker, next)
    tally[next.kind] ??= {}
    tally[next.kind][outcome.outcome] = (tally[next.kind][outcome.outcome] ?? 0) + 1
    if (OUTCOMES.indexOf(outcome.outcome) < 2) continue
    console.error(`${outcome.outcome.toUpperCase()}: ${next.kind}, ${next.detail}: ${outcome.detail}`)
    if (outcome.outcome === 'wrong') continue
    await worker.terminate()
    worker = start(own, sound)
  }
  await worker.terminate()
}

function start(folder, sound) {
  const limits = { maxOldGenerationSizeMb: MOST_MEMORY }
  return new Worker(WORKER, { workerData: { folder, sound }, resourceLimits: limits })
}

function ask(worker, { which, files }) {
  return new Promise(resolve => {
    const listeners = {
      message: outcome => settle(outcome),
      error: thrown => settle({ outcome: 'crashed', detail: thrown.stack ?? String(thrown) }),
      exit: code => settle({ outcome: 'crashed', detail: `ended with ${code}` }),
    }
    const timer = setTimeout(() => settle({ outcome: 'hung', detail: `for ${MOST_TIME} ms` }), MOST_TIME)
    const settle = outcome => {
      clearTimeout(timer)
      for (const [event, listener] of Object.entries(listeners)) worker.off(event, listener)
      resolve(outcome)
    }
    for (const [event, listener] of Object.entries(listeners)) worker.on(event, listener)
    worker.postMessage({ which, files })
  })
}
