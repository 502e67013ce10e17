/**
 * The whole terminal, lent to a program: entered, painted row by row, and given back on any exit as it was. Only rows
 * that have changed are written, in one piece, so that nothing flickers.
 */
import { writeSync } from 'node:fs'
import type { ReadStream, WriteStream } from 'node:tty'
import { GleanError } from '../../errors.ts'
import type { FinderScreen } from '../../render/finder.ts'

const CSI = '\u001b['

/**
 * The other screen, with pasted text marked as such. Rows are not to run over into the next, where a terminal takes a
 * character for wider than we do.
 */
const ENTER = `${CSI}?1049h${CSI}?2004h${CSI}?7l${CSI}2J`
const LEAVE = `${CSI}?7h${CSI}?2004l${CSI}?25h${CSI}?1049l`

/** The terminal of a session. */
export interface Tty {
  readonly input: ReadStream
  readonly output: WriteStream
}

/** The terminal there is: what one types, and the screen, which may be that of standard error. Throws `usage`. */
export function terminal(): Tty {
  const { stdin, stdout, stderr } = process
  const output = [stdout, stderr].find(stream => stream.isTTY)
  if (stdin.isTTY && output && process.env.TERM !== 'dumb') return { input: stdin, output }
  throw new GleanError(
    'usage',
    '--interactive needs a terminal to type in and to draw on; leave it out, and name what to search for',
  )
}

export class Screen {
  readonly #output: WriteStream
  #rows: readonly string[] = []
  #place = ''
  #inside = false

  constructor(output: WriteStream) {
    this.#output = output
  }

  get columns(): number {
    return this.#output.columns || 80
  }

  get rows(): number {
    return this.#output.rows || 24
  }

  enter(): void {
    if (this.#inside) return
    this.#inside = true
    this.#rows = []
    this.#place = ''
    process.on('exit', this.leave)
    this.#output.write(ENTER)
  }

  /** Gives the terminal back. At once, for there may be no later. */
  readonly leave = (): void => {
    if (!this.#inside) return
    this.#inside = false
    process.off('exit', this.leave)
    try {
      writeSync((this.#output as unknown as { fd: number }).fd, LEAVE)
    } catch {
      // The terminal is gone, and with it what there was to restore.
    }
  }

  /** Paints what differs from the last time. */
  paint({ rows, cursor }: FinderScreen): void {
    if (!this.#inside) return
    let text = ''
    for (const [at, row] of rows.entries()) {
      // Cleared first: after a full row the cursor still stands on its last cell.
      if (this.#rows[at] !== row) text += `${CSI}${at + 1};1H${CSI}K${row}`
    }
    const place = `${CSI}${cursor.row + 1};${cursor.column + 1}H`
    if (text === '' && place === this.#place) return
    this.#rows = rows
    this.#place = place
    this.#output.write(`${CSI}?2026h${CSI}?25l${text}${place}${CSI}?25h${CSI}?2026l`)
  }

  /** Forgets what is on it: the next time everything is painted. */
  forget(): void {
    this.#rows = []
    this.#place = ''
    if (this.#inside) this.#output.write(`${CSI}2J`)
  }

  /** Puts a text on the clipboard of the terminal (OSC 52), where that lets programs do so. */
  copy(text: string): void {
    this.#output.write(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`)
  }
}
