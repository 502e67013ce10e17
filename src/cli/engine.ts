/**
 * Settings of the engine for a short run, made before anything else is loaded: V8 compiles a function to fast code once
 * it has run for a while, and in a process that lives a tenth of a second most of that work comes too late to pay. Four
 * times the patience costs a long search nothing that can be measured, and saves a short one a fifth of its time
 * (`npm run bench -- cold`). Only the engine of Node 20 is known to take these settings; others are left as they are.
 */
import { setFlagsFromString } from 'node:v8'

if (process.versions.v8.startsWith('11.')) {
  setFlagsFromString('--sparkplug')
  setFlagsFromString('--interrupt-budget=500000')
}
