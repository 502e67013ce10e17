/**
 * YAML as metadata: in comes the source of a mapping, out come its values. What is no mapping, does not parse, or would
 * cost more than it is worth gives nothing. Dates stay strings; nothing is thrown.
 */
import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { Metadata } from './document.ts'
import { isSpace } from './line.ts'
import { DEPTH_LIMIT, metadataOf } from './plain-value.ts'

/** Values an alias may repeat, nested ones multiplied: a few shared blocks, no bomb. */
const ALIAS_LIMIT = 16
/** What is parsed at all: brackets in all, columns of indentation, dashes and tags on one line. */
const BRACKETS_LIMIT = 256
const INDENT_LIMIT = 128
const SIGNS_LIMIT = 16

/** A mapping's values by lower-cased key; undefined where the source is none. Of equal keys the last counts. */
export function parseYamlMapping(source: string): Metadata | undefined {
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
    return metadataOf(document.toJS({ maxAliasCount: ALIAS_LIMIT }) as object)
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
