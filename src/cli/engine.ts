/**
 * Settings of the engine for a short run: V8 compiles a function to fast code once it has run for a while, and in a
 * process that lives a tenth of a second most of that work comes too late to pay. Seven times the patience costs a long
 * search nothing that can be measured, and saves a short one a fifth of its time (`npm run bench -- cold`). Only the
 * engine of Node 20 is known to take these settings; others are left as they are.
 *
 * Code that was compiled under other settings V8 does not take from a cache: neither ours, nor that of Node's own modules.
 * So they are set when what is needed in any case has been loaded, and set back for what is to be kept.
 */
import { setFlagsFromString } from 'node:v8'

const isKnown = process.versions.v8.startsWith('11.')

/** Sets the engine for a short run. */
export function setForShortRun(): void {
  if (isKnown) setFlagsFromString('--interrupt-budget=500000')
}

/** Sets it back to what V8 has by itself. */
export function setBack(): void {
  if (isKnown) setFlagsFromString('--interrupt-budget=67584')
}
