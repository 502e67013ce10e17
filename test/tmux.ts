/** A real terminal to press keys in and to look at: tmux, with a server of its own for each test. */
import { execFileSync } from 'node:child_process'
import { onTestFinished } from 'vitest'
import type { World } from './world.ts'

export function hasTmux(): boolean {
  try {
    execFileSync('tmux', ['-V'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

let terminals = 0

export class Terminal {
  readonly #socket = `glean-${process.pid}-${++terminals}`

  /** A shell in a world. It is gone when the test is over. */
  constructor(
    here: World,
    { columns = 80, rows = 24, env = {} }: { columns?: number; rows?: number; env?: NodeJS.ProcessEnv } = {},
  ) {
    const { GLEAN_INDEX: _index, NO_COLOR: _color, CI: _ci, TMUX: _tmux, ...inherited } = process.env
    execFileSync(
      'tmux',
      [
        '-L',
        this.#socket,
        '-f',
        '/dev/null',
        'new-session',
        '-d',
        '-x',
        `${columns}`,
        '-y',
        `${rows}`,
        "env PS1='$ ' bash --norc --noprofile",
      ],
      {
        cwd: here.folder,
        env: { ...inherited, LANG: 'C.UTF-8', TERM: 'xterm-256color', ...env },
      },
    )
    onTestFinished(() => {
      try {
        this.#tmux('kill-server')
      } catch {
        // It has ended by itself.
      }
    })
  }

  /** Types text as it stands. */
  type(text: string): this {
    this.#tmux('send-keys', '-l', text)
    return this
  }

  /** Pastes text, in one piece, as terminals do. */
  paste(text: string): this {
    this.#tmux('set-buffer', text)
    this.#tmux('paste-buffer', '-p')
    return this
  }

  /** Presses keys by their tmux names: `Enter`, `C-c`, `Down`. */
  press(...keys: string[]): this {
    this.#tmux('send-keys', ...keys)
    return this
  }

  /** What is on the screen now, without trailing space. */
  screen({ colors = false }: { colors?: boolean } = {}): string {
    return this.#tmux('capture-pane', '-p', ...(colors ? ['-e'] : []))
      .replace(/[ \t]+$/gm, '')
      .trimEnd()
  }

  /** Waits until the screen shows something; fails with the screen where it does not. */
  async until(wanted: string | RegExp, ms = 50_000): Promise<string> {
    for (const end = Date.now() + ms; ; ) {
      const screen = this.screen()
      if (typeof wanted === 'string' ? screen.includes(wanted) : wanted.test(screen)) return screen
      if (Date.now() > end) throw new Error(`the screen never showed ${wanted}:\n${screen}`)
      await new Promise(next => setTimeout(next, 30))
    }
  }

  resize(columns: number, rows: number): this {
    this.#tmux('resize-window', '-x', `${columns}`, '-y', `${rows}`)
    return this
  }

  #tmux(...args: string[]): string {
    return execFileSync('tmux', ['-L', this.#socket, ...args], { encoding: 'utf8' })
  }
}
