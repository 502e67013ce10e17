/**
 * Settings of the engine for a build, which keeps all processors busy for seconds or minutes. Helpers that collect the
 * garbage of what is new only take turns with the threads they help: without them those wait half as long for it. And code
 * is made fast as soon as it is by default, which engine.ts puts off. A build that goes on for long is of a large corpus:
 * from then on old garbage is collected more often, so that it takes less memory. Only the engine of Node 20 is known to
 * take these settings; others are left as they are.
 */
import { setFlagsFromString } from 'node:v8'
import { setBack } from './engine.ts'

/** Milliseconds from which on a build goes on for long. */
const LONG = 15_000

export function setEngineForBuild(): void {
  if (!process.versions.v8.startsWith('11.')) return
  setFlagsFromString('--no-parallel-scavenge')
  setBack()
  setTimeout(() => setFlagsFromString('--heap-growing-percent=30'), LONG).unref()
}
