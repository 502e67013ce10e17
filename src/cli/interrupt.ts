/**
 * What Ctrl-C, a polite kill and a terminal that is closed do. A command that has something to leave in order asks for
 * the signal and ends by itself; all others, and a second Ctrl-C, end at once. Either way the exit code says by what.
 */
import { EXIT, type ExitCode } from './exit-code.ts'

const CODES = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated, SIGHUP: EXIT.hungUp } as const

export class Interrupt {
  /** The code to exit with, once the run is being stopped. */
  exitCode: ExitCode | undefined
  readonly #process: NodeJS.Process
  #controller: AbortController | undefined
  #left = false

  constructor(process: NodeJS.Process) {
    this.#process = process
    for (const name of Object.keys(CODES) as (keyof typeof CODES)[])
      process.on(name, () => this.#stop(CODES[name]))
  }

  /** Aborts when the user wants to stop. Whoever takes it has to end soon after. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    return this.#controller.signal
  }

  /** Lets Ctrl-C be the business of a program that was started and has the terminal; until what it gives is called. */
  leaveTo(): () => void {
    this.#left = true
    return () => {
      this.#left = false
    }
  }

  #stop(code: ExitCode): void {
    if (this.#left && code === EXIT.interrupted) return
    if (this.#controller === undefined || this.exitCode !== undefined) this.#process.exit(code)
    this.exitCode = code
    this.#controller.abort()
  }
}
