/**
 * What does a whole process cost, from start to end? Commands are run in turn (A B A B ...), so that whatever else the
 * machine does meets them alike. The wall clock is ours; processor time and peak memory are the operating system's,
 * through GNU time (Debian's package `time`). Without it the wall clock is all there is, and that is said once.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'

const GNU_TIME = '/usr/bin/time'
const MOST_OUTPUT = 1 << 30

/**
 * Runs each command `runs` times, interleaved, after `warmups` rounds that do not count. A command is
 * `{ name, program?, args, input?, cwd?, env?, before?, most?, rival? }`: the program is Node unless another is named,
 * `input` its standard input, `before` is called ahead of each run and not timed, `most` limits its runs. Gives
 * `{ [name]: { wall, cpu, memory, stdout, failed? } }`: samples in ms, ms and bytes (cpu and memory empty without GNU
 * time), and the last run's output. Throws where a command ends with another code than 0 or 1 (1: no hits), or `runs`
 * is none; a rival that fails is asked no more and has `failed`, its reason.
 */
export function measure(commands, { runs, warmups = 1 }) {
  if (!(runs >= 1)) throw new Error('--runs is a number, 1 or more')
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-time-'))
  const figures = Object.fromEntries(
    commands.map(({ name }) => [name, { wall: [], cpu: [], memory: [], stdout: '' }]),
  )
  try {
    for (let round = -warmups; round < runs; round++) {
      for (const command of commands) {
        const own = figures[command.name]
        const isWarmup = round < 0
        if (own.failed || (isWarmup ? command.most : own.wall.length >= (command.most ?? runs))) continue
        const sample = tryOnce(command, join(folder, 'time'))
        if (sample.failed) own.failed = sample.failed
        else if (!isWarmup) add(own, sample)
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return figures
}

function tryOnce(command, file) {
  if (!command.rival) return runOnce(command, file)
  try {
    return runOnce(command, file)
  } catch (thrown) {
    console.error(thrown.message)
    return { failed: thrown.message.match(/^.*Error: .*$/m)?.[0] ?? thrown.message.split('\n')[0] }
  }
}

/**
 * What programs inherit. A file of further certificates every Node reads before anything else: where it is large that
 * takes as long as Node's own start, and would make any multiple of that look small.
 */
const { NODE_EXTRA_CA_CERTS: _certificates, ...inherited } = process.env

/** Runs one command; the file is where GNU time may write. */
function runOnce({ name, program: own = process.execPath, args, input = '', cwd, env, before }, file) {
  before?.()
  const line = [own, ...args]
  const [program, ...rest] = hasGnuTime() ? [GNU_TIME, '-f', '%U %S %M', '-o', file, ...line] : line
  const began = performance.now()
  const { status, signal, error, stdout, stderr } = spawnSync(program, rest, {
    cwd,
    env: { ...inherited, ...env },
    input,
    maxBuffer: MOST_OUTPUT,
    encoding: 'utf8',
  })
  const wall = performance.now() - began
  if (status !== 0 && status !== 1) {
    throw new Error(`${name} failed (${error?.message ?? signal ?? `code ${status}`}): ${stderr}`)
  }
  return { wall, stdout, ...(hasGnuTime() && readTime(file)) }
}

/** User and system seconds and peak kilobytes; GNU time puts a line of its own first where the code was not 0. */
function readTime(file) {
  const [user, system, kilobytes] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .at(-1)
    .split(' ')
    .map(Number)
  return { cpu: (user + system) * 1000, memory: kilobytes * 1024 }
}

function add(figures, { wall, cpu, memory, stdout }) {
  figures.wall.push(wall)
  if (cpu !== undefined) figures.cpu.push(cpu)
  if (memory !== undefined) figures.memory.push(memory)
  figures.stdout = stdout
}

let gnuTime
function hasGnuTime() {
  if (gnuTime === undefined) {
    gnuTime = existsSync(GNU_TIME)
    if (!gnuTime) console.error(`no ${GNU_TIME} (Debian: apt install time): the wall clock only`)
  }
  return gnuTime
}

/** Median, least and most of samples; NaN of none. */
export function summary(samples) {
  const sorted = [...samples].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  return { median: median ?? Number.NaN, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN }
}
