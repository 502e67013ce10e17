#!/usr/bin/env node
/**
 * Starts the command. What runs is `cli/main.ts`; it stands, with all that a search needs, in one script that is
 * compiled from the code cache where there is one (`cli/script.ts`). This file and that become `glean.cjs`, no module:
 * Node is there sooner with what it can load at once.
 */
import { roomOf } from './channel.ts'
import { setBack, setForShortRun } from './engine.ts'
import { keepCode, keepScript, script } from './script.ts'

/** What the script gives is found here by what is loaded later. */
export default script

void start(process.argv.slice(2))

async function start(args: readonly string[]): Promise<void> {
  // Node loads what it writes to a terminal with when it is first asked for: before the engine is set.
  if (roomOf(1) === 0) void process.stdout
  // Not at the end, as a search does: other commands set the engine otherwise, and what they kept then would not be taken.
  if (args[0] !== 'search') keepScript()
  setForShortRun()
  const exitCode = await script.main(args)
  process.exitCode = exitCode
  // Only a search has had done to it what the next one needs. Whoever waits has the answer by then.
  if (args[0] === 'search' && exitCode < 2) process.once('beforeExit', keepForNext)
}

function keepForNext(): void {
  setBack()
  keepCode()
}
