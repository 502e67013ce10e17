/**
 * Opens a file at a line in the editor the user has named in VISUAL or EDITOR. It is run as it is named, without a
 * shell, with the arguments by which that editor takes a line.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { basename } from 'node:path'
import { GleanError, messageOf } from '../errors.ts'
import type { Interrupt } from './interrupt.ts'

/** A place to open. */
export interface Place {
  /** Absolute. */
  readonly path: string
  /** 1-based; the column in UTF-16 units. */
  readonly line: number
  readonly column: number
}

/** A program with its arguments. */
export interface Program {
  readonly command: string
  readonly args: readonly string[]
}

/** How editors take a place, by the names of their programs. */
const WAYS: readonly (readonly [names: string, args: (place: Place) => string[]])[] = [
  [
    'vi vim nvim gvim mvim view vim.basic vim.tiny joe jed ne mg ed kilo less bbedit',
    ({ path, line }) => [`+${line}`, path],
  ],
  ['nano pico rnano', ({ path, line, column }) => [`+${line},${column}`, path]],
  [
    'emacs emacsclient micro kak gedit gnome-text-editor',
    ({ path, line, column }) => [`+${line}:${column}`, path],
  ],
  [
    'code code-insiders codium vscodium cursor windsurf positron',
    ({ path, line, column }) => ['--goto', `${path}:${line}:${column}`],
  ],
  [
    'hx helix zed zeditor subl sublime_text atom lapce',
    ({ path, line, column }) => [`${path}:${line}:${column}`],
  ],
  ['kate kwrite', ({ path, line, column }) => ['--line', `${line}`, '--column', `${column}`, path]],
  ['mate', ({ path, line, column }) => ['--line', `${line}:${column}`, path]],
  ['notepad++', ({ path, line, column }) => [`-n${line}`, `-c${column}`, path]],
  [
    'idea pycharm webstorm goland clion rider rubymine phpstorm rustrover',
    ({ path, line, column }) => ['--line', `${line}`, '--column', `${column}`, path],
  ],
]

/** The editor with the arguments for a place; one that is not known just gets the file. Throws `usage` without one. */
export function editorFor(place: Place, env: NodeJS.ProcessEnv): Program {
  const [command, ...own] = wordsOf(env.VISUAL || env.EDITOR || '')
  if (command === undefined) {
    throw new GleanError('usage', 'no editor is named: set VISUAL or EDITOR, as in EDITOR=vim')
  }
  const name = basename(command.replaceAll('\\', '/'))
    .replace(/\.(exe|cmd|bat)$/i, '')
    .toLowerCase()
  const way = WAYS.find(([names]) => names.split(' ').includes(name))
  return { command, args: [...own, ...(way ? way[1](place) : [place.path])] }
}

/** The words of a command as a shell parts them: at spaces outside quotes. */
function wordsOf(text: string): string[] {
  const words = text.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? []
  return words.map(word => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'))
}

/** Opens a place, and waits until the editor has ended. Throws `usage` without an editor, `io` where it fails. */
export async function openInEditor(
  place: Place,
  env: NodeJS.ProcessEnv,
  interrupt: Interrupt,
): Promise<void> {
  const { command, args } = editorFor(place, env)
  const done = interrupt.leaveTo()
  try {
    const child = spawn(command, args, { stdio: 'inherit' })
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
    if (code !== 0) throw new GleanError('io', `the editor ${command} ended with ${code ?? signal}`)
  } catch (thrown) {
    if (thrown instanceof GleanError) throw thrown
    throw new GleanError(
      'io',
      `cannot run the editor ${command}: ${messageOf(thrown)}; set VISUAL or EDITOR to one that is there`,
    )
  } finally {
    done()
  }
}
