/**
 * YAML front matter: between a line `---` at the very start of a text and the next line `---` or `...`. In comes the
 * text, out come its metadata and where the body begins. What is not a YAML mapping, does not parse, or is longer than
 * {@link FRONT_MATTER_LIMIT} is no front matter but body: nothing is lost, nothing thrown.
 */
import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { Metadata, MetadataValue } from './document.ts'
import { isSpace, LineCursor } from './line.ts'

/** UTF-16 units between the two rules, at most. */
const FRONT_MATTER_LIMIT = 65_536
/** Values an alias may repeat, nested ones multiplied: a few shared blocks, no bomb. */
const ALIAS_LIMIT = 16
/** Depth of values that are kept; deeper ones are no metadata a person wrote. */
const DEPTH_LIMIT = 32
/** What is parsed at all: brackets in all, columns of indentation, dashes and tags on one line. */
const BRACKETS_LIMIT = 256
const INDENT_LIMIT = 128
const SIGNS_LIMIT = 16

/** Metadata and where what follows them starts, in UTF-16 units. */
export interface Preamble {
  readonly metadata: Metadata
  readonly end: number
}

/** The front matter of a text; undefined where it has none. */
export function readFrontMatter(text: string): Preamble | undefined {
  if (!text.startsWith('---')) return undefined
  const line = new LineCursor(text)
  line.advance()
  if (!isRule(text, line, '---')) return undefined
  const from = line.next
  while (line.advance() && line.start - from <= FRONT_MATTER_LIMIT) {
    if (!isRule(text, line, '---') && !isRule(text, line, '...')) continue
    const metadata = parseMapping(text.slice(from, line.start))
    return metadata && { metadata, end: line.next }
  }
  return undefined
}

function isRule(text: string, line: LineCursor, rule: string): boolean {
  return line.end - line.start <= 80 && text.slice(line.start, line.end).trimEnd() === rule
}

/** A mapping's values by lower-cased key; undefined where the source is none. Of equal keys the last counts. */
function parseMapping(source: string): Metadata | undefined {
  if (source.trim() === '') return {}
  if (isTooDeep(source)) return undefined
  try {
    // The parser of YAML knows no lone carriage return.
    const document = parseDocument(source.replace(/\r\n?/gu, '\n'), {
      schema: 'core', // dates stay strings
      resolveKnownTags: false,
      uniqueKeys: false,
      logLevel: 'silent',
    })
    if (document.errors.length > 0 || !isMap(document.contents) || !isPlain(document.contents, 0))
      return undefined
    const value: object = document.toJS({ maxAliasCount: ALIAS_LIMIT })
    return Object.fromEntries(
      Object.entries(value).map(([key, own]) => [key.toLowerCase(), plainValue(own, 1)]),
    )
  } catch {
    // An alias too many, or one inside its own anchor: whatever it is, it stays body text.
    return undefined
  }
}

/**
 * Whether parsing might nest deeper than a stack allows. Asked first, because the parser is recursive, and an engine
 * that runs out of stack in the wrong place ends the process instead of throwing.
 */
function isTooDeep(source: string): boolean {
  let brackets = 0
  let signs = 0
  let indent = 0
  let lineStart = true
  for (let at = 0; at < source.length; at++) {
    const sign = source.charAt(at)
    if (sign === '\n' || sign === '\r') {
      signs = indent = 0
      lineStart = true
    } else if (sign === ' ' || sign === '\t') {
      if (lineStart && ++indent > INDENT_LIMIT) return true
    } else {
      if ((sign === '[' || sign === '{') && ++brackets > BRACKETS_LIMIT) return true
      if ('-?!&'.includes(sign) && isSpace(source.charCodeAt(at - 1)) && ++signs > SIGNS_LIMIT) return true
      lineStart = false
    }
  }
  return false
}

/** Whether a node nests no deeper than allowed, and all of its keys are plain ones. */
function isPlain(node: unknown, depth: number): boolean {
  if (depth > DEPTH_LIMIT) return false
  if (isSeq(node)) return node.items.every(item => isPlain(item, depth + 1))
  if (!isMap(node)) return true
  return node.items.every(({ key, value }) => isScalar(key) && isPlain(value, depth + 1))
}

/** A value as JSON can hold it. A number that is not finite has no place there. */
function plainValue(value: unknown, depth: number): MetadataValue {
  if (depth > DEPTH_LIMIT) throw new RangeError('front matter nested too deep')
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (Array.isArray(value)) return value.map(item => plainValue(item, depth + 1))
  if (typeof value !== 'object' || value === null) return null
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, plainValue(own, depth + 1)]))
}
