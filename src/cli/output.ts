/**
 * Where the command writes: data to standard output, all else to standard error. Knows what may be written to each:
 * colour, width, notes. A reader that has gone away (`| head -1`) ends the run quietly.
 */
import { colorWanted } from '../render/color.ts'
import { EXIT } from './exit-code.ts'
import { has, type Typed, text } from './typed.ts'

/** Cells of a line where there is no terminal to ask. */
const DEFAULT_WIDTH = 80

export class Output {
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean
  readonly color: boolean
  /** Cells of a line. */
  readonly width: number
  readonly quiet: boolean
  readonly #process: NodeJS.Process

  constructor(process: NodeJS.Process, line: Typed | undefined) {
    const { stdout, env } = process
    this.#process = process
    this.isTerminal = stdout.isTTY === true
    this.color = colorWanted((line && text(line, 'color')) ?? 'auto', this.isTerminal, env)
    this.width = (this.isTerminal && stdout.columns) || DEFAULT_WIDTH
    this.quiet = line !== undefined && has(line, 'quiet')
    // Who would be told of that? The data goes on.
    process.stderr.on('error', () => {})
    stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(EXIT.ok)
      process.stderr.write(`glean: cannot write to standard output: ${error.message}\n`)
      process.exit(EXIT.error)
    })
  }

  /** Whether progress may be drawn: there is a terminal that has a width, and nobody asked for quiet. */
  get showsProgress(): boolean {
    const { stderr } = this.#process
    return !this.quiet && stderr.isTTY === true && stderr.columns > 0
  }

  /** Writes data, and waits until there is room for more. */
  async print(data: string): Promise<void> {
    const { stdout } = this.#process
    if (!stdout.write(data)) await new Promise(resolve => stdout.once('drain', resolve))
  }

  /** Writes a line for the person, unless they asked for quiet. */
  note(line: string): void {
    if (!this.quiet) this.#process.stderr.write(`glean: ${line}\n`)
  }
}
