/**
 * Links a terminal opens with a click (OSC 8), by templates and editor names of the kind ripgrep takes with
 * `--hyperlink-format`. A template holds `{path}` (absolute), `{line}`, `{column}`, `{host}` and `{wslprefix}`.
 */
import { GleanError } from '../errors.ts'

/** What a link is made of. */
export interface LinkTarget {
  /** Absolute path on this machine. */
  readonly path: string
  /** 1-based. */
  readonly line: number
  readonly column: number
}

/** What a template may name beside the target. */
export interface LinkPlace {
  readonly host: string
  /** `//wsl$/` and the name of the distribution, in a Linux that runs in Windows; else ''. */
  readonly wslPrefix: string
}

const ALIASES: Readonly<Record<string, string>> = {
  default: 'file://{host}{path}',
  none: '',
  cursor: 'cursor://file{path}:{line}:{column}',
  file: 'file://{host}{path}',
  'grep+': 'grep+://{path}:{line}',
  kitty: 'file://{host}{path}#{line}',
  macvim: 'mvim://open?url=file://{path}&line={line}&column={column}',
  textmate: 'txmt://open?url=file://{path}&line={line}&column={column}',
  vscode: 'vscode://file{path}:{line}:{column}',
  'vscode-insiders': 'vscode-insiders://file{path}:{line}:{column}',
  vscodium: 'vscodium://file{path}:{line}:{column}',
}

const VARIABLES = ['path', 'line', 'column', 'host', 'wslprefix']

/** Makes the address of a place. */
export type Linker = (target: LinkTarget) => string

/** Reads a template, or the name of one; undefined for no links. Throws `usage` for a template that cannot work. */
export function linker(format: string, { host, wslPrefix }: LinkPlace): Linker | undefined {
  const template = Object.hasOwn(ALIASES, format) ? ALIASES[format]! : format
  if (template === '') return undefined
  mustWork(template, format)
  return ({ path, line, column }) => {
    const values: Record<string, string> = {
      path: encoded(path),
      line: String(line),
      column: String(column),
      host: encoded(host),
      wslprefix: wslPrefix,
    }
    return template.replace(/\{(\w+)\}/g, (_, name: string) => values[name]!)
  }
}

function mustWork(template: string, format: string): void {
  const names = `names are ${Object.keys(ALIASES).join(', ')}`
  const fault = (what: string) =>
    new GleanError(
      'usage',
      `--hyperlink-format: ${what}; got "${format}". A template is like vscode://file{path}:{line}; ${names}`,
    )
  const unknown = [...template.matchAll(/\{([^{}]*)\}/g)].find(([, name]) => !VARIABLES.includes(name!))
  if (unknown) throw fault(`there is no ${unknown[0]}, only ${VARIABLES.map(name => `{${name}}`).join(' ')}`)
  if (!/^[a-z][a-z0-9+.-]*:/i.test(template))
    throw fault('a template begins with a scheme such as file://, or is a known name')
  if (!template.includes('{path}')) throw fault('a template must hold {path}')
  if (template.includes('{column}') && !template.includes('{line}'))
    throw fault('{column} is of no use without {line}')
  if (/[^\x21-\x7e]/.test(template)) throw fault('a template holds printable ASCII only')
}

/** Percent-encodes what has a meaning in an address; what no terminal would take for its own stays readable. */
function encoded(path: string): string {
  const slashed = /^[a-z]:\\/i.test(path) ? `/${path.replaceAll('\\', '/')}` : path
  return [...Buffer.from(slashed)]
    .map(byte => {
      const character = String.fromCharCode(byte)
      return /[\w/:.~-]/.test(character) && byte < 0x80
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')
}

/** The text as a link to an address. The text holds no line break. */
export function linked(text: string, address: string): string {
  return `\u001b]8;;${address}\u001b\\${text}\u001b]8;;\u001b\\`
}
