/** What a command gets to work with, and what it gives back. */
import type { ExitCode } from './exit-code.ts'
import type { Interrupt } from './interrupt.ts'
import type { Output } from './output.ts'
import type { Typed } from './typed.ts'

export interface CommandContext {
  readonly line: Typed
  readonly output: Output
  readonly interrupt: Interrupt
  readonly env: NodeJS.ProcessEnv
  /** Absolute folder that relative paths start from. */
  readonly cwd: string
}

/** Runs a command to its end. Throws GleanError for what the user can mend. */
export type RunCommand = (context: CommandContext) => Promise<ExitCode>
