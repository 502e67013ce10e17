/**
 * The line that is typed: Node's own line editor, which knows the keys people are used to, without its output. Keys that
 * mean something else here are taken from it: what it has done with them is undone.
 */
import { createInterface, type Interface } from 'node:readline'
import { Writable } from 'node:stream'
import type { ReadStream } from 'node:tty'

/** A key as Node's readline names it. */
export interface Key {
  readonly name?: string
  readonly ctrl?: boolean
  readonly meta?: boolean
  readonly sequence?: string
}

/** What is done with keys. */
export interface KeyListener {
  /** A key; true where it is not for the line. */
  taken(key: Key): boolean
  /** The line, or the place in it, has changed. */
  typed(): void
  /** Ctrl-C; Ctrl-D in an empty line; the end of the input. */
  interrupted(): void
  ended(): void
  /** Ctrl-Z. */
  suspended(): void
}

/** Keys that stand for the white space of a pasted text. */
const SPACES: readonly string[] = ['return', 'enter', 'tab']

/** A line editor writes to nobody; a wide nobody, or it would count rows. */
class Nowhere extends Writable {
  readonly columns = 1_000_000

  override _write(_chunk: unknown, _encoding: unknown, done: () => void): void {
    done()
  }
}

export class LineEditor {
  readonly #input: ReadStream
  readonly #listener: KeyListener
  #readline: Interface | undefined
  #line = ''
  #cursor = 0
  #pasting = false

  constructor(input: ReadStream, listener: KeyListener) {
    this.#input = input
    this.#listener = listener
  }

  get line(): string {
    return this.#line
  }

  /** In UTF-16 units. */
  get cursor(): number {
    return this.#cursor
  }

  /** Puts another text in its place, with the cursor at the end. */
  set(line: string): void {
    this.#line = line
    this.#cursor = line.length
    this.#putBack()
  }

  /** Takes the keyboard. */
  open(): void {
    const readline = createInterface({
      input: this.#input,
      output: new Nowhere(),
      terminal: true,
      historySize: 0,
      escapeCodeTimeout: 50,
    })
    this.#readline = readline
    this.#putBack()
    readline.on('SIGINT', () => this.#listener.interrupted())
    readline.on('SIGTSTP', () => this.#listener.suspended())
    readline.on('close', () => {
      if (this.#readline === readline) this.#listener.ended()
    })
    this.#input.on('keypress', this.#press)
  }

  /** Gives the keyboard back. */
  close(): void {
    const readline = this.#readline
    this.#readline = undefined
    this.#input.off('keypress', this.#press)
    readline?.close()
  }

  /** The editor has had the key already. */
  readonly #press = (_text: string | undefined, key: Key): void => {
    if (!this.#readline) return
    if (key.name === 'paste-start' || key.name === 'paste-end') {
      this.#pasting = key.name === 'paste-start'
      this.#putBack()
      return
    }
    if (this.#pasting && isNoLetter(key)) {
      const isSpace = SPACES.includes(key.name ?? '')
      if (isSpace) {
        this.#line = `${this.#line.slice(0, this.#cursor)} ${this.#line.slice(this.#cursor)}`
        this.#cursor++
      }
      this.#putBack()
      if (isSpace) this.#listener.typed()
      return
    }
    if (this.#listener.taken(key)) {
      this.#putBack()
      return
    }
    const { line, cursor } = this.#readline
    const changed = line !== this.#line || cursor !== this.#cursor
    this.#line = line
    this.#cursor = cursor
    if (changed) this.#listener.typed()
  }

  #putBack(): void {
    if (!this.#readline) return
    // Both are plain properties of Node's editor; its type says they are not to be written.
    Object.assign(this.#readline, { line: this.#line, cursor: this.#cursor })
  }
}

/** Whether a key is one that does something: pasted, it is no more than a character, and none of a query. */
function isNoLetter({ name = '', ctrl, meta, sequence = '' }: Key): boolean {
  const isControl = sequence < ' ' || sequence === '\u007f'
  return ctrl === true || meta === true || SPACES.includes(name) || isControl
}
