/**
 * Where the command writes: data to standard output, all else to standard error. Knows what may be written to each:
 * colour, width, notes. A reader that has gone away (`| head -1`) ends the run quietly.
 */
import { colorWanted } from '../render/color.ts'
import { Channel } from './channel.ts'
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
  readonly #out: Channel
  readonly #err: Channel
  /** Notes that wait for what breaks them into lines. */
  #noted: Promise<void> | undefined

  constructor(process: NodeJS.Process, line: Typed | undefined) {
    // Who would be told of an error there? The data goes on.
    this.#err = new Channel(
      2,
      () => process.stderr,
      () => {},
    )
    this.#out = new Channel(
      1,
      () => process.stdout,
      error => {
        if (error.code === 'EPIPE') process.exit(EXIT.ok)
        process.stderr.write(`glean: cannot write to standard output: ${error.message}\n`)
        process.exit(EXIT.error)
      },
    )
    const { terminal } = this.#out
    this.isTerminal = terminal !== undefined
    this.color = colorWanted((line && text(line, 'color')) ?? 'auto', this.isTerminal, process.env)
    this.width = terminal?.columns || DEFAULT_WIDTH
    this.quiet = line !== undefined && has(line, 'quiet')
  }

  /** Whether progress may be drawn: there is a terminal that has a width, and nobody asked for quiet. */
  get showsProgress(): boolean {
    return !this.quiet && (this.#err.terminal?.columns ?? 0) > 0
  }

  /** Writes data, and waits until there is room for more. */
  async print(data: string): Promise<void> {
    if (this.#noted) await this.#noted
    return this.#out.write(data)
  }

  /** Writes a sentence for the person, unless they asked for quiet; on a terminal in lines of its width. */
  note(line: string): void {
    if (this.quiet) return
    const text = `glean: ${line}`
    const width = this.#err.terminal?.columns ?? 0
    // No character takes more than two cells.
    if (width === 0 || (!this.#noted && 2 * text.length <= width)) void this.#err.write(`${text}\n`)
    else this.#noted = this.#noteBroken(text, width)
  }

  async #noteBroken(text: string, width: number): Promise<void> {
    const before = this.#noted
    const { wrapWords } = await import('../render/wrap.ts')
    await before
    await this.#err.write(`${wrapWords(text, width).join('\n')}\n`)
  }
}
