/**
 * Settings of the engine for a build, which keeps all processors busy for seconds or minutes. Helpers that collect the
 * garbage of what is new only take turns with the threads they help: without them those wait half as long for it. And code
 * is made fast as soon as it is by default, which engine.ts puts off. In a build of a large corpus, and in one that goes on
 * for long, old garbage is collected more often, so that it takes less memory: what it took in the first seconds is never
 * given back whole. The engines of Node 20 to 24 are known to take these settings; others are left as they are.
 *
 * This thread's memory for what is new would grow to thirty megabytes, as much again would wait outside of it to be
 * collected, and little would be won. How large it may be is settled when a process starts; but by how much it grows at a
 * time can be said later: not at all. A thread that starts says something else, for all, and is given some time to grow.
 *
 * And it can be asked to collect all garbage at once, as a build does when it has read everything: `gc` is there in every
 * thread that starts from now on, and, where there are several, in this one.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { setBack } from './engine.ts'

/** V8's versions in Node 20 to 24. */
const KNOWN = /^1[123]\./

/** Milliseconds from which on a build goes on for long, and bytes of files of which it will. */
const LONG = 15_000
const MANY = 150e6

/** Milliseconds in which the memory of a new thread has grown as far as it may. */
const GROWN = 400

export function setEngineForBuild(): void {
  if (!KNOWN.test(process.versions.v8)) return
  setFlagsFromString('--no-parallel-scavenge')
  setBack()
  setFlagsFromString('--expose-gc')
  keepYoung()
  process.on('worker', worker => {
    globalThis.gc ??= runInNewContext('gc')
    // One that is given next to nothing has nothing to grow to: it is not to make the others grow in its time.
    const isSmall = worker.resourceLimits?.maxYoungGenerationSizeMb === 1
    worker.once('online', () => (isSmall ? keepYoung() : setTimeout(keepYoung, GROWN).unref()))
  })
  setTimeout(collectMore, LONG).unref()
}

/** Says how many bytes of files there are to read: a large corpus is one from the beginning. */
export function setEngineForBytes(bytes: number): void {
  if (bytes >= MANY && KNOWN.test(process.versions.v8)) collectMore()
}

/** Has old garbage collected more often. */
function collectMore(): void {
  setFlagsFromString('--heap-growing-percent=30')
}

/** Has the memory for what is new stay as large as it is. */
function keepYoung(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}
