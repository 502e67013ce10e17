/**
 * Does an index survive? Builds, updates, compactions and watches are killed at random moments, and made to fail at each
 * of their calls to the file system in turn. After each: the index opens, `glean check` finds no damage, its answers are
 * those of the state before or after, in full, and the next `glean index` succeeds and yields what building anew does. A
 * small index, which is always one segment, and a larger one, which has several.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { seeded } from './random.mjs'
import { machine, printTable, saveResults } from './results.mjs'
import { withTrial } from './trial.mjs'

const FAILING_CALLS = fileURLToPath(new URL('./failing-calls.mjs', import.meta.url))

const OPTIONS = {
  runs: { type: 'string', default: '200' },
  small: { type: 'string', default: '0.1' },
  large: { type: 'string', default: '20' },
  /** Of how many points at which a call fails one is tried. */
  stride: { type: 'string', default: '1' },
  seed: { type: 'string', default: String(Date.now() % 1e6) },
}

/** Runs between two signs of life. */
const PROGRESS = 50

const ERRORS = ['ENOSPC', 'EIO', 'EDQUOT', 'EROFS']

/** Shares of the runs that are over the large corpus, of which each takes as long as many small ones, and of watches. */
const LARGE_SHARE = 0.15
const WATCH_SHARE = 0.15

/** Milliseconds after a change within which a watch is killed: by then it has taken the change in. */
const WATCHED = 800

export async function run(args) {
  const { values } = parseArgs({ args, options: OPTIONS })
  const [runs, stride, seed] = [values.runs, values.stride, values.seed].map(Number)
  if (!(runs >= 1 && stride >= 1)) throw new Error('--runs and --stride are numbers, 1 or more')
  const random = seeded(seed)
  const tally = new Tally()
  const small = Number(values.small)
  const large = Number(values.large) > 0 ? Math.ceil(runs * LARGE_SHARE) : 0
  const watches = Math.ceil(runs * WATCH_SHARE)
  await withTrial(small, async trial => {
    await killAtRandom(trial, 'small', Math.max(1, runs - large - watches), random, tally)
    await failAtEachCall(trial, 'small', stride, tally)
  })
  await withTrial(small, trial => killWatches(trial, watches, random, tally), { atomic: true })
  if (large > 0) {
    await withTrial(Number(values.large), async trial => {
      await killAtRandom(trial, 'large', large, random, tally)
    })
  }
  tally.print()
  saveResults('crash', { machine: machine(), seed, tally })
  if (tally.lost > 0) throw new Error(`${tally.lost} of ${tally.runs} indexes were lost (--seed ${seed})`)
}

/** What is done to an index. Each begins where the index stands for the other state than the documents. */
const DEEDS = {
  build: { args: ['index', 'docs', '--index', 'index'], fromNothing: true },
  update: { args: ['index', 'docs', '--index', 'index'] },
  compact: { args: ['index', 'docs', '--index', 'index', '--compact'] },
  rebuild: { args: ['index', 'docs', '--index', 'index', '--rebuild'] },
}

async function killAtRandom(trial, size, runs, random, tally) {
  const usual = await durations(trial)
  const names = Object.keys(DEEDS)
  for (let number = 0; number < runs; number++) {
    const name = names[number % names.length]
    const before = await begin(trial, DEEDS[name])
    const { child, ended } = trial.start(DEEDS[name].args)
    await sleep(random.unit() * usual[name] * 1.1)
    child.kill('SIGKILL')
    const { code, signal } = await ended
    await tally.count(`${name}, killed (${size})`, () => verify(trial, before, signal ?? code))
  }
}

async function killWatches(trial, runs, random, tally) {
  await trial.settle()
  for (let number = 0; number < runs; number++) {
    const before = trial.state
    const { child, ended } = trial.start(['watch', 'docs', '--index', 'index', '--json'])
    await Promise.race([new Promise(next => child.stdout.once('data', next)), ended])
    trial.switchOver()
    await sleep(random.unit() * WATCHED)
    child.kill('SIGKILL')
    const { code, signal } = await ended
    await tally.count('watch, killed (small)', () => verify(trial, before, signal ?? code))
  }
}

/** Milliseconds that each deed takes when nobody is unkind. */
async function durations(trial) {
  const usual = {}
  for (const [name, deed] of Object.entries(DEEDS)) {
    await begin(trial, deed)
    const began = performance.now()
    await trial.succeed(deed.args)
    usual[name] = performance.now() - began
  }
  return usual
}

/** Makes the index one of the other state, or none; gives the state it is in. */
async function begin(trial, { fromNothing }) {
  if (fromNothing) rmSync(trial.index, { recursive: true, force: true })
  else if (!existsSync(trial.index)) await trial.settle()
  trial.switchOver()
  return fromNothing ? 'none' : trial.other
}

async function failAtEachCall(trial, size, stride, tally) {
  for (const name of ['build', 'update', 'compact']) {
    for (let point = 1, calls = point; point <= calls; point += stride) {
      for (const failure of ['KILL', 'TORN', ERRORS[point % ERRORS.length]]) {
        const before = await begin(trial, DEEDS[name])
        const outcome = await failAt(trial, DEEDS[name], point, failure)
        calls = Math.max(calls, outcome.calls ?? calls + stride)
        if (outcome.calls !== undefined && outcome.calls < point) continue
        const kind = failure === 'KILL' || failure === 'TORN' ? 'killed at a call' : 'a call fails'
        await tally.count(
          `${name}, ${kind} (${size})`,
          () => verifyFailure(trial, before, failure, outcome),
          `${failure} at ${point}`,
        )
      }
    }
  }
}

async function failAt(trial, deed, point, failure) {
  const list = join(trial.folder, 'calls')
  rmSync(list, { force: true })
  const env = {
    GLEANER_BENCH_FOLDER: trial.index,
    GLEANER_BENCH_CALL: String(point),
    GLEANER_BENCH_FAILURE: failure,
    GLEANER_BENCH_CALLS: list,
  }
  const outcome = await trial.start(deed.args, { nodeArgs: ['--import', FAILING_CALLS], env }).ended
  const calls = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : undefined
  return { ...outcome, calls: calls?.length, failed: calls?.[point - 1] }
}

/** A failure that the process lives through is told in a line, and leaves no lock unless it is the lock it was about. */
async function verifyFailure(trial, before, failure, { code, signal, stderr, failed = '' }) {
  if (signal === null) {
    if (code !== 0 && code !== 2) throw new Error(`it ended with ${code}: ${stderr}`)
    if (code === 2 && !/^glean: (?!.*should not happen)/.test(stderr))
      throw new Error(`no clear message at ${failed}: ${stderr}`)
    const isAboutLock = /[/\\]lock/.test(failed)
    if (existsSync(join(trial.index, 'lock')) && !isAboutLock)
      throw new Error(`a lock was left after ${failure} at ${failed}`)
    const cannotRemove = /^(unlink|rm|rmdir|readdir)Sync/.test(failed)
    const isLeft = existsSync(trial.index) && !existsSync(join(trial.index, 'manifest.json'))
    if (before === 'none' && code === 2 && isLeft && !cannotRemove && !isAboutLock)
      throw new Error(`a first build left ${readdirSync(trial.index)} after ${failure} at ${failed}`)
  }
  return verify(trial, before, signal ?? code)
}

/** Gives the state the index is in; throws where it is none of those that it may be in. */
async function verify(trial, before, ending) {
  const state = await trial.stateOf()
  if (state !== before && state !== trial.state)
    throw new Error(`it was ${before}, was to be ${trial.state}, is ${state}`)
  if (ending === 0 && state !== trial.state) throw new Error(`it ended well, and is still ${state}`)
  if (state !== 'none') await trial.check()
  await trial.settle()
  const after = await trial.stateOf()
  if (after !== trial.state) throw new Error(`after the next update it is ${after}`)
  const differences = trial.isSmall ? trial.differences() : []
  if (differences.length > 0)
    throw new Error(`after the next update it is not what building anew gives: ${differences}`)
  return state === trial.state ? 'after' : 'before'
}

/** How it went, deed by deed. */
class Tally {
  rows = {}

  async count(name, trial, detail = '') {
    this.rows[name] ??= { runs: 0, before: 0, after: 0, lost: 0 }
    const row = this.rows[name]
    row.runs++
    try {
      row[await trial()]++
    } catch (thrown) {
      row.lost++
      console.error(`LOST: ${name} ${detail}: ${thrown.message}`)
    }
    if (this.runs % PROGRESS === 0) console.error(`${this.runs} runs, ${this.lost} lost so far`)
  }

  get runs() {
    return Object.values(this.rows).reduce((sum, row) => sum + row.runs, 0)
  }

  get lost() {
    return Object.values(this.rows).reduce((sum, row) => sum + row.lost, 0)
  }

  print() {
    const rows = Object.entries(this.rows).map(([name, row]) => [
      name,
      row.runs,
      row.before,
      row.after,
      row.lost,
    ])
    printTable(['what was done', 'runs', 'as before', 'as after', 'lost'], rows)
    console.log(`\n${this.runs} runs, ${this.runs - this.lost} indexes survived, ${this.lost} lost`)
  }
}
