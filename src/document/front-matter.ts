/**
 * Front matter: YAML between a line `---` at the very start of a text and the next line `---` or `...`, or TOML between
 * two lines `+++`. In comes the text, out come its metadata and where the body begins. What is no mapping, does not
 * parse, or is longer than {@link FRONT_MATTER_LIMIT} is no front matter but body: nothing is lost, nothing thrown.
 */
import type { Metadata } from './document.ts'
import { LineCursor } from './line.ts'
import { parseTomlMapping } from './toml-mapping.ts'
import { parseYamlMapping } from './yaml-mapping.ts'

/** UTF-16 units between the two rules, at most. */
const FRONT_MATTER_LIMIT = 65_536

/** Metadata and where what follows them starts, in UTF-16 units. */
export interface Preamble {
  readonly metadata: Metadata
  readonly end: number
}

/** A way to write front matter: the line it opens with, those it may close with, and how it is read. */
interface Notation {
  readonly open: string
  readonly close: readonly string[]
  parse(source: string): Metadata | undefined
}

const NOTATIONS: readonly Notation[] = [
  { open: '---', close: ['---', '...'], parse: parseYamlMapping },
  { open: '+++', close: ['+++'], parse: parseTomlMapping },
]

/** The front matter of a text; undefined where it has none. */
export function readFrontMatter(text: string): Preamble | undefined {
  const notation = NOTATIONS.find(({ open }) => text.startsWith(open))
  if (!notation) return undefined
  const line = new LineCursor(text)
  line.advance()
  if (!isRule(text, line, [notation.open])) return undefined
  const from = line.next
  while (line.advance() && line.start - from <= FRONT_MATTER_LIMIT) {
    if (!isRule(text, line, notation.close)) continue
    const metadata = notation.parse(text.slice(from, line.start))
    return metadata && { metadata, end: line.next }
  }
  return undefined
}

function isRule(text: string, line: LineCursor, rules: readonly string[]): boolean {
  return line.end - line.start <= 80 && rules.includes(text.slice(line.start, line.end).trimEnd())
}
