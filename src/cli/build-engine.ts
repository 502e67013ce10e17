/**
 * Settings of the engine for a build, which keeps all processors busy for seconds or minutes. Helpers that collect the
 * garbage of what is new only take turns with the threads they help: without them those wait half as long for it. And code
 * is made fast as soon as it is by default, which engine.ts puts off. A build that goes on for long is of a large corpus:
 * from then on old garbage is collected more often, so that it takes less memory. The engines of Node 20 to 24 are known to
 * take these settings; others are left as they are.
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

/** Milliseconds from which on a build goes on for long. */
const LONG = 15_000

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
    worker.once('online', () => setTimeout(keepYoung, GROWN).unref())
  })
  setTimeout(() => setFlagsFromString('--heap-growing-percent=30'), LONG).unref()
}

/** Has the memory for what is new stay as large as it is. */
function keepYoung(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}
